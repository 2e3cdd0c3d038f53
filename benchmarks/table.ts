import type { Timing } from './measure.ts'

/** What a timing is set against, and what the ratio may be. */
export interface Against {
  readonly reference: Timing | undefined
  /** At most; undefined where there is none. */
  readonly bar?: number
}

/** A table in Markdown of how long each contender took. */
export function timingTable(
  timings: readonly Timing[],
  bytes: number,
  against: (timing: Timing) => Against,
): readonly string[] {
  return [
    '| contender | median | least–greatest | ratio | bar | MB/s | peak memory |',
    '|---|---|---|---|---|---|---|',
    ...timings.map((timing) => row(timing, bytes, against(timing))),
  ]
}

function row(timing: Timing, bytes: number, { reference, bar }: Against): string {
  const { name, median, least, greatest } = timing
  const ratio = reference && reference !== timing ? (median / reference.median).toFixed(2) : '–'
  const spread = `${least.toFixed(2)}–${greatest.toFixed(2)} s`
  const speed = (bytes / median / 1e6).toFixed(0)
  return `| ${name} | ${median.toFixed(2)} s | ${spread} | ${ratio} | ${bar?.toFixed(2) ?? '–'} | ${speed} | ${memory(timing)} |`
}

/** Peak memory, for a cell. */
export function memory({ peakBytes }: Pick<Timing, 'peakBytes'>): string {
  return peakBytes === undefined ? '–' : `${(peakBytes / 1e6).toFixed(0)} MB`
}
