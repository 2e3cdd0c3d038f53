import { english } from '../report/language/en.ts'
import { voiceOf } from '../report/language/voice.ts'
import { plain } from '../report/plain.ts'
import { renderCount, renderSize } from '../report/quantity.ts'
import type { RunStats } from '../scan/watch.ts'

const voice = voiceOf(english)

/** What could not be read, each with its reason; nothing when all could. */
export function unreadLines(unread: readonly { readonly name: string; readonly reason: string }[]): readonly string[] {
  if (unread.length === 0) return []
  const count = unread.length === 1 ? '1 file or folder' : `${renderCount(unread.length, voice)} files or folders`
  return [`${count} could not be read:`, ...unread.map(({ name, reason }) => `  ${plain(name)}: ${plain(reason)}`)]
}

/** `Read 14 logs, 182 MB, 205,812 records in 0.42 s`. */
export function summaryLine(stats: RunStats, seconds: number): string {
  const logs = `${renderCount(stats.files, voice)} ${stats.files === 1 ? 'log' : 'logs'}`
  const records = `${renderCount(stats.records, voice)} ${stats.records === 1 ? 'record' : 'records'}`
  return `Read ${logs}, ${renderSize(stats.bytes, voice)}, ${records} in ${seconds.toFixed(2)} s`
}

/** One line of `name=value` for `--stats`: bytes as they are, peak memory of the whole process in MB. */
export function statsLine(stats: RunStats, seconds: number): string {
  const speed = stats.bytes / 1e6 / Math.max(seconds, 1e-3)
  // The system counts in kilobytes of 1024.
  const peakMb = (process.resourceUsage().maxRSS * 1024) / 1e6
  return [
    `stats: bytes=${stats.bytes} records=${stats.records} decoded=${stats.decoded} threads=${stats.threads}`,
    `engine=${stats.engine ?? 'plain'} seconds=${seconds.toFixed(3)} mb_per_s=${speed.toFixed(0)} peak_mb=${peakMb.toFixed(0)}`,
  ].join(' ')
}
