/**
 * `npm run bench -- [--only answers,start,decode,growth,profile,peers,facts] [--size MiB,MiB…] [--real FILE]… [--runs N]
 * [--match TEXT] [--keep FOLDER]`
 *
 * How long do an answer and a full decode take beside the parsers that are on the PATH, how do time and memory grow, and where
 * does the time go? Everything is measured in one run on the same files, the page cache warm, output to the null device.
 * Writes a dated table to `benchmarks/results/`; `--match` picks what grows by its name; with `--only` it says on the terminal what was asked, and writes nothing.
 */
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { benchAnswers, benchStart } from './answers.ts'
import { archive } from './archive.ts'
import { has, ours, ROOT, version } from './contenders.ts'
import { benchDecode } from './decode.ts'
import { benchFacts } from './facts.ts'
import { benchGrowth } from './growth.ts'
import { benchSlowPeers } from './slow-peers.ts'
import { whereTimeGoes } from './where.ts'

/** Of the time of `evtx_dump -t 2 -o jsonl`, for 1 GiB and more: everyday logs, and chunks of real ones. */
const EVERYDAY_BAR = 0.35
const REAL_BAR = 0.6
const BAR_FROM_BYTES = 1_000_000_000
/** Logs that the growth is measured on, MiB, up to what `--size` names. */
const GROWTH_MIB = [10, 100, 1024, 5120, 10_240]
/** Peers that read some MB a second are given this much, once; `@ts-evtx/core` takes no more. */
const SMALL_MIB = 100
const SMALL_ROUNDS = 1

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: '128,1024' },
    real: { type: 'string', multiple: true, default: [] },
    runs: { type: 'string', default: '5' },
    only: { type: 'string' },
    match: { type: 'string', default: '' },
    keep: { type: 'string', default: join(tmpdir(), 'evtxray-bench') },
  },
})
const rounds = Number(values.runs)
const sizes = values.size.split(',').map(Number)

const sections: Readonly<Record<string, () => Promise<void>>> = {
  answers: async () => {
    for (const mib of sizes) {
      const path = await madeArchive(mib)
      section(await benchAnswers({ path, title: titleOf(mib), ...barFor(path, EVERYDAY_BAR) }, rounds))
    }
    for (const path of values.real) {
      section(await benchAnswers({ path, title: titleOfReal(path), ...barFor(path, REAL_BAR) }, rounds))
    }
  },
  start: async () => section(await benchStart(join(ROOT, 'samples'), rounds)),
  decode: async () => {
    for (const path of values.real) section(await benchDecode(path, titleOfReal(path), rounds))
    for (const mib of sizes) section(await benchDecode(await madeArchive(mib), titleOf(mib), rounds))
  },
  growth: async () => {
    const archives = GROWTH_MIB.filter((mib) => mib <= Math.max(...sizes)).map(madeArchive)
    section(await benchGrowth(await Promise.all(archives), rounds, values.match))
  },
  profile: async () => {
    const path = values.real[0] ?? (await madeArchive(Math.max(...sizes)))
    section(['## Where the time goes', '', `One thread, ${basename(path)}, as V8's own profile has it.`])
    const one = ['--threads', '1']
    section(whereTimeGoes('analyze', 'analyze', path, ...one))
    section(whereTimeGoes('dump, XML', 'dump', '--format', 'xml', path, ...one))
    section(whereTimeGoes('timeline, CSV', 'timeline', '--format', 'csv', path, ...one))
  },
  peers: async () =>
    section(await benchSlowPeers(await madeArchive(SMALL_MIB), SMALL_MIB, Math.min(SMALL_ROUNDS, rounds))),
  facts: async () => section(await benchFacts(values.keep, (name, volume) => ours(name, 'analyze', volume), rounds)),
}

const wanted = values.only?.split(',') ?? Object.keys(sections)
for (const name of wanted) {
  if (sections[name] === undefined) {
    throw new Error(`--only "${name}": expected one of ${Object.keys(sections).join(', ')}`)
  }
}
mkdirSync(values.keep, { recursive: true })
const lines: string[] = [...heading()]
for (const name of wanted) await sections[name]!()
if (values.only === undefined) {
  const results = join(ROOT, 'benchmarks/results', `${new Date().toISOString().slice(0, 10)}.md`)
  writeFileSync(results, `${lines.join('\n')}\n`)
  console.log(`\nWrote ${results}`)
}

function section(more: readonly string[]): void {
  for (const line of ['', ...more]) {
    lines.push(line)
    console.log(line)
  }
}

function heading(): string[] {
  const versions = ['evtx_dump', 'evtxexport'].map((peer) => (has(peer) ? version(peer) : `${peer} not on the PATH`))
  const args = process.argv.slice(2).map((arg) => basename(arg))
  return [
    `# Measured on ${new Date().toISOString().slice(0, 10)}`,
    '',
    `${cpus().length} cores (${cpus()[0]?.model.trim()}), Node ${process.versions.node}; ${versions.join('; ')}.`,
    `Median of ${rounds} rounds, the contenders of a table in random order in each, page cache warm, output to the null device,`,
    `start of the process included. Made by \`npm run bench -- ${args.join(' ')}\`.`,
  ]
}

/** An archive of that size; made once and kept for the next run. */
async function madeArchive(mib: number): Promise<string> {
  const path = join(values.keep, `everyday-${mib}.evtx`)
  if (!existsSync(path)) await archive(path, mib)
  return path
}

function titleOf(mib: number): string {
  return `one host's everyday logs, ${mib} MiB, made by our writer`
}

function titleOfReal(path: string): string {
  return `${basename(path)}, chunks of real logs, many templates`
}

function barFor(path: string, bar: number): { readonly bar?: number } {
  return statSync(path).size >= BAR_FROM_BYTES ? { bar } : {}
}
