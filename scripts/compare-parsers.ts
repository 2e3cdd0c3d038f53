/**
 * Compares logs of our writer with what independent parsers read in them: `npm run compare [-- FOLDER]`.
 *
 * Every record, id, provider, time, computer and value of a set of described logs must come out of each parser as it was
 * described, except for what the parser is known not to read in Windows' own logs either (`compare/limits.ts`). With a
 * folder, each parser must also read every .evtx below it without error and find as many records as are framed there.
 *
 * Exit code 1 on a difference. A parser that is not on the PATH is skipped, and the output says so.
 */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { countFrames } from './compare/count-frames.ts'
import { type DescribedLog, describedLogs } from './compare/described-logs.ts'
import { readDumpLine } from './compare/evtx-dump.ts'
import { readExport } from './compare/evtxexport.ts'
import { expectedFacts, type PrintedEvent, sameTexts } from './compare/facts.ts'
import { LIMITS } from './compare/limits.ts'
import { tellDifferences } from './compare/tell-differences.ts'

/** Bytes of output taken from a parser. */
const MAX_OUTPUT = 2 ** 30

interface Printed {
  readonly events: readonly PrintedEvent[]
  /** The first line of its complaint, where it had one. */
  readonly complaint: string | undefined
}

interface Parser {
  readonly name: string
  readonly versionFlag: string
  readonly print: (path: string) => Printed
}

const PARSERS: readonly Parser[] = [
  {
    name: 'evtx_dump',
    versionFlag: '--version',
    print: (path) => {
      const { output, complaint } = run('evtx_dump', ['-o', 'jsonl', path])
      return {
        events: output
          .split('\n')
          .filter((line) => line.startsWith('{'))
          .map(readDumpLine),
        complaint,
      }
    },
  },
  {
    name: 'evtxexport',
    versionFlag: '-V',
    print: (path) => {
      const { output, complaint } = run('evtxexport', ['-f', 'xml', path])
      return { events: readExport(output), complaint }
    },
  },
]

function run(command: string, args: readonly string[]): { output: string; complaint: string | undefined } {
  const { stdout, stderr, status, error } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: MAX_OUTPUT })
  if (error) throw error
  const said = stderr.trim().split('\n')[0]
  return { output: stdout, complaint: said || (status === 0 ? undefined : `exit code ${status}`) }
}

/** First line of a parser's version; undefined when it is not on the PATH. */
function versionOf({ name, versionFlag }: Parser): string | undefined {
  const { error, stdout } = spawnSync(name, [versionFlag], { encoding: 'utf8' })
  return error ? undefined : stdout.trim().split('\n')[0]
}

interface Tally {
  compared: number
  equal: number
  /** Differences by the limit that explains them. */
  readonly known: Map<string, number>
  readonly different: string[]
}

/** Compares what one parser made of one log with what the log was made of. */
function compareLog(parser: Parser, log: DescribedLog, path: string): Tally {
  const tally: Tally = { compared: 0, equal: 0, known: new Map(), different: [] }
  const { events: printed, complaint } = parser.print(path)
  const excused = LIMITS.filter((limit) => limit.parser === parser.name)
  const unread = log.events.length - printed.length
  if (unread !== 0 || complaint !== undefined) {
    const excuse = excused.find(({ wholeRecord }) => log.events.some((event) => wholeRecord?.(event)))
    if (excuse === undefined)
      tally.different.push(`${printed.length} of ${log.events.length} records, ${complaint ?? 'no complaint'}`)
    else tally.known.set(excuse.what, unread)
  }
  for (const [i, event] of log.events.slice(0, printed.length).entries()) {
    const facts = expectedFacts(event, log.firstRecordId + i)
    for (const path of new Set([...facts.keys(), ...printed[i]!.keys()])) {
      const fact = facts.get(path) ?? { texts: [], like: 'text', type: 'undefined' }
      const texts = printed[i]!.get(path) ?? []
      tally.compared++
      const limit = excused.find(({ oneValue }) => oneValue?.(fact, texts))
      if (sameTexts(fact, texts)) tally.equal++
      else if (limit !== undefined) tally.known.set(limit.what, (tally.known.get(limit.what) ?? 0) + 1)
      else tally.different.push(`record ${i}, ${path}: ${JSON.stringify(fact.texts)}, not ${JSON.stringify(texts)}`)
    }
  }
  return tally
}

/** Compares all described logs with what the parsers read, and prints a line for each pair. */
function compareOurs(parsers: readonly Parser[], folder: string): string[] {
  const differences: string[] = []
  console.log(row('parser', 'log', 'records', 'compared', 'equal', 'known', 'different'))
  for (const log of describedLogs()) {
    const path = join(folder, 'log.evtx')
    writeFileSync(path, log.bytes)
    for (const parser of parsers) {
      const { compared, equal, known, different } = compareLog(parser, log, path)
      const excused = [...known.values()].reduce((sum, count) => sum + count, 0)
      console.log(row(parser.name, log.name, log.events.length, compared, equal, excused, different.length))
      for (const [what, count] of known) console.log(`    known: ${parser.name} ${what} (${count})`)
      for (const difference of different) differences.push(`${parser.name}, ${log.name}: ${difference}`)
    }
  }
  return differences
}

/** Lets each parser read every log below a folder: without complaint, and as many records as are framed in it. */
function compareSamples(parsers: readonly Parser[], folder: string): string[] {
  const differences: string[] = []
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.toLowerCase().endsWith('.evtx'))
    .sort()
  console.log(`\n${paths.length} logs below ${folder}`)
  for (const parser of parsers) {
    let records = 0
    let known = 0
    let different = 0
    for (const path of paths) {
      const framed = countFrames(readFileSync(join(folder, path)))
      const { events, complaint } = parser.print(join(folder, path))
      records += events.length
      if (events.length === framed.records && complaint === undefined) continue
      if (parser.name === 'evtxexport' && framed.withoutTemplate > 0) {
        known++
        continue
      }
      different++
      differences.push(
        `${parser.name}, ${path}: ${events.length} of ${framed.records} records, ${complaint ?? 'no complaint'}`,
      )
    }
    console.log(
      `${parser.name}: ${records} records; ${known} logs with records it is known not to read; ${different} different`,
    )
  }
  return differences
}

function row(parser: string, log: string, ...counts: (string | number)[]): string {
  return parser.padEnd(12) + log.padEnd(26) + counts.map((count) => String(count).padStart(10)).join('')
}

function main(samples: string | undefined): number {
  const found = PARSERS.filter((parser) => {
    const version = versionOf(parser)
    console.log(version === undefined ? `${parser.name}: not on the PATH, skipped` : `${parser.name}: ${version}`)
    return version !== undefined
  })
  return tellDifferences(found, (others, folder) => [
    ...compareOurs(others, folder),
    ...(samples === undefined ? [] : compareSamples(others, samples)),
  ])
}

process.exitCode = main(process.argv[2])
