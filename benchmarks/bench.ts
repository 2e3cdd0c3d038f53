/**
 * `npm run bench -- [--size MiB,MiB…] [--real FILE]… [--runs N] [--keep FOLDER] [--only facts]`
 *
 * How long does an answer take, how long a full dump, and how much memory, beside the parsers that are on the PATH? Everything
 * is measured in one run on the same files, the page cache warm, output to the null device. Writes a dated table to
 * `benchmarks/results/`; with `--only facts` it says on the terminal what hives beside the logs cost, and writes nothing.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { archive } from './archive.ts'
import { benchFacts } from './facts.ts'
import { type Contender, compareCommands, type Timing } from './measure.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const CLI = join(ROOT, 'bin/evtxray.js')
/** Whole dumps of ours are timed up to this many bytes: they take seconds for a hundred megabytes. */
const DUMP_LIMIT = 256 * 2 ** 20
/** Peers that read some MB a second are given this much. */
const SMALL_MIB = 8

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: '100,1024' },
    real: { type: 'string', multiple: true, default: [] },
    runs: { type: 'string', default: '5' },
    only: { type: 'string' },
    keep: { type: 'string', default: join(tmpdir(), 'evtxray-bench') },
  },
})

/** Records by file: every contender's must be the same. */
const counts = new Map<string, number>()
mkdirSync(values.keep, { recursive: true })
const lines: string[] = [...heading()]
if (values.only === undefined) await benchLogs()
else if (values.only !== 'facts') throw new Error(`--only "${values.only}": there is only "facts"`)
say('')
for (const line of await benchFacts(
  values.keep,
  (name, volume) => ours(name, 'analyze', volume),
  Number(values.runs),
)) {
  say(line)
}
if (values.only === undefined) {
  const results = join(ROOT, 'benchmarks/results', `${new Date().toISOString().slice(0, 10)}.md`)
  writeFileSync(results, `${lines.join('\n')}\n`)
  console.log(`\nWrote ${results}`)
}

async function benchLogs(): Promise<void> {
  for (const mib of values.size.split(',').map(Number)) {
    await bench(await madeArchive(mib), `one host's everyday logs, ${mib} MiB, made by our writer`)
  }
  for (const path of values.real) await bench(path, `${basename(path)}, chunks of real logs`)
  await benchSmall(await madeArchive(SMALL_MIB))
}

function say(line: string): void {
  lines.push(line)
  console.log(line)
}

function heading(): string[] {
  const versions = ['evtx_dump', 'evtxexport'].map((peer) => (has(peer) ? version(peer) : `${peer} not on the PATH`))
  return [
    `# Measured on ${new Date().toISOString().slice(0, 10)}`,
    '',
    `${cpus().length} cores (${cpus()[0]?.model.trim()}), Node ${process.versions.node}; ${versions.join('; ')}.`,
    `Median of ${values.runs} interleaved runs, page cache warm, output to the null device, start of the process included.`,
    `Made by \`npm run bench -- ${process.argv
      .slice(2)
      .map((arg) => basename(arg))
      .join(' ')}\`.`,
  ]
}

/** An archive of that size; made once and kept for the next run. */
async function madeArchive(mib: number): Promise<string> {
  const path = join(values.keep, `everyday-${mib}.evtx`)
  if (!existsSync(path)) await archive(path, mib)
  return path
}

function ours(name: string, ...args: string[]): Contender {
  return { name: `evtxray ${name}`, command: process.execPath, args: [CLI, ...args, '--quiet'] }
}

async function bench(path: string, title: string): Promise<void> {
  const contenders: Contender[] = [
    { name: 'cat', command: 'cat', args: [path] },
    ours('analyze, 2 threads', 'analyze', path, '--threads', '2'),
    ours('analyze, 1 thread', 'analyze', path, '--threads', '1'),
  ]
  if (statSync(path).size <= DUMP_LIMIT) {
    contenders.push(ours('dump xml, 2 threads', 'dump', path, '--format', 'xml', '--threads', '2'))
    contenders.push(ours('dump jsonl, 2 threads', 'dump', path, '--threads', '2'))
  }
  if (has('evtx_dump')) {
    for (const threads of ['2', '1']) {
      const args = ['-t', threads, '-o', 'jsonl', path]
      contenders.push({ name: `evtx_dump jsonl, ${threads} threads`, command: 'evtx_dump', args })
    }
    contenders.push({ name: 'evtx_dump xml, 2 threads', command: 'evtx_dump', args: ['-t', '2', '-o', 'xml', path] })
  }
  assertCounts(path)
  const timings = await compareCommands(contenders, Number(values.runs))
  const reference = timings.find(({ name }) => name === 'evtx_dump jsonl, 2 threads')
  say('')
  say(`## ${title}`)
  say('')
  say(
    `${(statSync(path).size / 2 ** 20).toFixed(0)} MiB, ${recordsOf(path).toLocaleString('en')} records by every reader`,
  )
  say('')
  say('| contender | median | least–greatest | of evtx_dump jsonl, 2 threads | MB/s | peak memory |')
  say('|---|---|---|---|---|---|')
  for (const timing of timings) say(row(timing, reference, statSync(path).size))
  say('')
  say(scanLine(path))
}

function row(
  { name, median, least, greatest, peakBytes }: Timing,
  reference: Timing | undefined,
  bytes: number,
): string {
  const ratio = reference ? (median / reference.median).toFixed(2) : '–'
  const memory = peakBytes === undefined ? '–' : `${(peakBytes / 1e6).toFixed(0)} MB`
  const spread = `${least.toFixed(2)}–${greatest.toFixed(2)} s`
  return `| ${name} | ${median.toFixed(2)} s | ${spread} | ${ratio} | ${(bytes / median / 1e6).toFixed(0)} | ${memory} |`
}

/** The scan without the program around it: the last of some passes in one process. */
function scanLine(path: string): string {
  const out = execFileSync(process.execPath, [fileURLToPath(new URL('./scan.js', import.meta.url)), path])
  const passes = out
    .toString()
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
  const speeds = passes.map((pass) =>
    typeof pass === 'object' && pass !== null && 'gigabytesPerSecond' in pass ? Number(pass.gigabytesPerSecond) : 0,
  )
  return `Scan alone, one thread, ${passes.length} passes in one process: best ${Math.max(...speeds).toFixed(2)} GB/s, first ${speeds[0]?.toFixed(2)} GB/s.`
}

/** Peers that take seconds for megabytes. */
async function benchSmall(path: string): Promise<void> {
  const contenders = [ours('dump xml, 1 thread', 'dump', path, '--format', 'xml', '--threads', '1')]
  if (has('evtxexport')) contenders.push({ name: 'evtxexport', command: 'evtxexport', args: [path] })
  const peer = fileURLToPath(new URL('./ts-evtx-dump.js', import.meta.url))
  contenders.push({ name: '@ts-evtx/core', command: process.execPath, args: [peer, path] })
  const timings = await compareCommands(contenders, Math.min(3, Number(values.runs)))
  say('')
  say(`## ${SMALL_MIB} MiB, for the parsers that read a few MB a second`)
  say('')
  say('| contender | median | times evtxray dump |')
  say('|---|---|---|')
  for (const { name, median } of timings) {
    say(`| ${name} | ${median.toFixed(2)} s | ${(median / timings[0]!.median).toFixed(1)} |`)
  }
}

/** Every contender must read the same records, else the times mean nothing. */
function assertCounts(path: string): void {
  if (!has('evtx_dump')) return
  const theirs = Number(shell(`evtx_dump -t 2 -o jsonl "$1" | grep -c '^{'`, path))
  const mine = recordsOf(path)
  if (theirs !== mine) throw new Error(`evtx_dump reads ${theirs} records of ${path}, we ${mine}`)
}

function recordsOf(path: string): number {
  let known = counts.get(path)
  if (known === undefined) {
    const told = shell(`"$2" "$3" analyze "$1" --quiet --stats 2>&1 >/dev/null`, path, process.execPath, CLI)
    known = Number(/records=(\d+)/.exec(told)?.[1])
    counts.set(path, known)
  }
  return known
}

function shell(script: string, ...args: string[]): string {
  return execFileSync('sh', ['-c', script, 'sh', ...args], { maxBuffer: 1e6 }).toString()
}

function has(command: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${command}`], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

function version(command: string): string {
  const flag = command === 'evtxexport' ? '-V' : '--version'
  const out = execFileSync('sh', ['-c', `${command} ${flag} 2>&1 | head -1`])
    .toString()
    .trim()
  return out.replace('EVTX Parser', 'evtx_dump')
}
