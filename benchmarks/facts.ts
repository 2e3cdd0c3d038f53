import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { HIVE_MB, volumeWithBigHives } from './hives.ts'
import { type Contender, compareCommands } from './measure.ts'

/** What facts may cost `analyze`. */
const BAR = { seconds: 0.3, bytes: 50_000_000 } as const
const CONFIG = 'Windows/System32/config'
/** Written last: a volume that has it is whole. */
const STAMP = 'made-by-bench-1'

/**
 * What it costs `analyze` that hives of real size lie beside the logs: two volumes with the same logs, one without hives.
 *
 * @param keep the folder that volumes are made in, once
 * @param analyze how a volume is analysed
 * @returns lines of a section in Markdown
 */
export async function benchFacts(
  keep: string,
  analyze: (name: string, volume: string) => Contender,
  rounds: number,
): Promise<readonly string[]> {
  const { bare, whole } = madeVolumes(keep)
  const contenders = [analyze('analyze, logs alone', bare), analyze('analyze, logs and hives', whole)]
  const timings = await compareCommands(contenders, rounds)
  const [without, withHives] = timings
  const seconds = withHives!.median - without!.median
  const bytes = (withHives!.peakBytes ?? 0) - (without!.peakBytes ?? 0)
  const sizes = ['SYSTEM', 'SOFTWARE'].map((hive) => {
    return `${hive} of ${(statSync(join(whole, CONFIG, hive)).size / 1e6).toFixed(1)} MB`
  })
  const verdict = seconds < BAR.seconds && bytes < BAR.bytes ? 'within' : 'NOT within'
  const plus = (value: number, digits: number) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`
  return [
    `## Facts: the same logs without and with ${sizes.join(' and ')}`,
    '',
    '| contender | median | least–greatest | peak memory |',
    '|---|---|---|---|',
    ...timings.map(({ name, median, least, greatest, peakBytes }) => {
      const memory = peakBytes === undefined ? '–' : `${(peakBytes / 1e6).toFixed(0)} MB`
      return `| ${name} | ${median.toFixed(2)} s | ${least.toFixed(2)}–${greatest.toFixed(2)} s | ${memory} |`
    }),
    '',
    `Facts cost ${plus(seconds, 2)} s and ${plus(bytes / 1e6, 0)} MB: ${verdict} the bar of +${BAR.seconds} s and +${BAR.bytes / 1e6} MB.`,
  ]
}

function madeVolumes(keep: string): { readonly bare: string; readonly whole: string } {
  const name = `hives-${HIVE_MB.system}-${HIVE_MB.software}`
  const volumes = { bare: join(keep, name, 'bare'), whole: join(keep, name, 'whole') }
  if (existsSync(join(keep, name, STAMP))) return volumes
  for (const { path, bytes } of volumeWithBigHives()) {
    write(join(volumes.whole, path), bytes)
    if (path.endsWith('.evtx')) write(join(volumes.bare, path), bytes)
  }
  write(join(keep, name, STAMP), new Uint8Array(0))
  return volumes
}

function write(path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, bytes)
}
