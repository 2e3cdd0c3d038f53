/**
 * Compares what our hive reader finds with what independent readers find: `npm run compare:hives [-- FOLDER]`.
 *
 * Every key, last write, value and byte of data of a set of described hives must come out of each reader as it comes out
 * of ours, in the same order; so must those of hives that were made whole from their logs. With a folder, so must those
 * of each clean hive below it; of a dirty one with its `.LOG1` and `.LOG2` beside it, it is told what became of it.
 *
 * Exit code 1 on a difference. A reader that is not on the PATH is skipped, and the output says so.
 */
import { spawnSync } from 'node:child_process'
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Hive, openHive } from '../src/hive/hive.ts'
import { bytesInMemory } from '../src/hive/hive-bytes.ts'
import { writeDirtyHive } from '../src/hive/write/dirty-hive-writer.ts'
import { writeHive } from '../src/hive/write/hive-writer.ts'
import { describedHives } from './compare/described-hives.ts'
import { type HiveFact, isAscii, walkFacts } from './compare/hive-facts.ts'
import { readHivexml } from './compare/hivexml.ts'
import { readReglookup } from './compare/reglookup.ts'
import { tellDifferences } from './compare/tell-differences.ts'

/** Differences that are told of one hive and reader. */
const MOST_TOLD = 50

interface Reader {
  readonly name: string
  readonly read: (output: string) => HiveFact[]
  /** Whether it prints names and texts beyond ASCII as they are. */
  readonly hasUnicode: boolean
}

const READERS: readonly Reader[] = [
  { name: 'hivexml', read: readHivexml, hasUnicode: true },
  { name: 'reglookup', read: readReglookup, hasUnicode: false },
]

interface Tally {
  readonly facts: number
  /** Facts with text beyond ASCII that a reader does not print. */
  readonly unprinted: number
  readonly different: readonly string[]
}

/** What a reader prints of a hive file. It goes to a file: hivexml opens its own output by name, which a socket has none of. */
function outputOf(reader: string, path: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'evtxray-printed-'))
  const file = join(folder, 'printed')
  const output = openSync(file, 'w')
  try {
    const { error } = spawnSync(reader, [path], { stdio: ['ignore', output, 'ignore'] })
    if (error) throw error
    return readFileSync(file, 'utf8')
  } finally {
    closeSync(output)
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Compares what one reader prints of a hive file with what ours finds in a hive. */
function compare(reader: Reader, path: string, hive: Hive): Tally {
  const printed = reader.read(outputOf(reader.name, path))
  const different: string[] = []
  let facts = 0
  let unprinted = 0
  for (const fact of walkFacts(hive.root)) {
    const other = printed[facts++]
    if (other?.path === fact.path && other.name === fact.name && other.text === fact.text) continue
    const text = `${fact.path}${fact.name ?? ''}${fact.text.replaceAll('\n', '')}`
    if (!reader.hasUnicode && !isAscii(text)) unprinted++
    else if (different.length < MOST_TOLD) different.push(`${told(fact)}, not ${told(other)}`)
  }
  if (facts !== printed.length) different.push(`${facts} keys and values, not ${printed.length}`)
  return { facts, unprinted, different }
}

function told(fact: HiveFact | undefined): string {
  if (!fact) return 'nothing'
  const name = fact.name === undefined ? '' : ` [${fact.name}]`
  return `${fact.path}${name} = ${JSON.stringify(fact.text.slice(0, 80))}`
}

/** Compares one hive file in all readers, and prints a line for each. */
function compareFile(readers: readonly Reader[], title: string, path: string, hive: Hive): string[] {
  return readers.flatMap((reader) => {
    const { facts, unprinted, different } = compare(reader, path, hive)
    console.log(row(reader.name, title, facts, facts - unprinted - different.length, unprinted, different.length))
    return different.map((difference) => `${reader.name}, ${title}: ${difference}`)
  })
}

/** Described hives, and hives made whole from logs, whose readers get what they were to become. */
function compareOurs(readers: readonly Reader[], folder: string): string[] {
  const differences: string[] = []
  const path = join(folder, 'hive')
  console.log(row('reader', 'hive', 'facts', 'equal', 'unprinted', 'different'))
  for (const [title, description] of describedHives()) {
    const bytes = writeHive(description)
    writeFileSync(path, bytes)
    differences.push(...compareFile(readers, title, path, openHive(bytesInMemory(bytes))))
  }
  const states = describedHives()
    .slice(0, 4)
    .map(([, description]) => writeHive(description))
  for (const form of ['entries', 'vector'] as const) {
    const { main, logs } = writeDirtyHive(states, { form, inFirstLog: 2 })
    const hive = openHive(bytesInMemory(main), logs.map(bytesInMemory))
    writeFileSync(path, states.at(-1)!)
    differences.push(...compareFile(readers, `${hive.state} from logs, ${form}`, path, hive))
  }
  return differences
}

/** Every hive below a folder. */
function compareFolder(readers: readonly Reader[], folder: string): string[] {
  const differences: string[] = []
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
  for (const path of paths.map((each) => join(folder, each))) {
    if (!statSync(path).isFile() || /\.LOG\d?$/i.test(path)) continue
    const bytes = readFileSync(path)
    if (bytes.toString('latin1', 0, 4) !== 'regf') continue
    const logs = ['.LOG', '.LOG1', '.LOG2'].map((ending) => path + ending).filter(existsSync)
    const hive = openHive(
      bytesInMemory(bytes),
      logs.map((log) => bytesInMemory(readFileSync(log))),
    )
    const title = path.slice(folder.length + 1)
    if (hive.state === 'clean') differences.push(...compareFile(readers, title, path, hive))
    else console.log(`${title}: ${hive.state}, ${[...walkFacts(hive.root)].length} keys and values`)
    for (const { kind, detail } of hive.damage) console.log(`    ${kind}: ${detail}`)
  }
  return differences
}

function row(reader: string, hive: string, ...counts: (string | number)[]): string {
  return reader.padEnd(12) + hive.padEnd(32) + counts.map((count) => String(count).padStart(11)).join('')
}

function main(samples: string | undefined): number {
  const found = READERS.filter(({ name }) => {
    const isThere = spawnSync(name, ['--help'], { encoding: 'utf8' }).error === undefined
    if (!isThere) console.log(`${name}: not on the PATH, skipped`)
    return isThere
  })
  return tellDifferences(found, (others, folder) => [
    ...compareOurs(others, folder),
    ...(samples === undefined ? [] : compareFolder(others, samples)),
  ])
}

process.exitCode = main(process.argv[2])
