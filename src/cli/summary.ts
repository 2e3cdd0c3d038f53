import type { Collection } from '../evidence/collection.ts'
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

/** Zips that are named one by one. */
const SHOWN_ZIPS = 5

/** What lay in the way and was not looked into, each with what to do about it: also told to whoever wants to hear little. */
export function passedLines({
  unopened = [],
  volumesAbove = [],
}: Pick<Collection, 'unopened' | 'volumesAbove'>): readonly string[] {
  const above = volumesAbove.map(({ given, volume }) => {
    return `"${plain(given)}" lies in a Windows volume: give "${plain(volume)}" to look at its registry and key files too`
  })
  if (unopened.length === 0) return above
  const count = unopened.length === 1 ? '1 zip file was' : `${renderCount(unopened.length, voice)} zip files were`
  const more = unopened.length - SHOWN_ZIPS
  return [
    ...above,
    `${count} not opened; a zip is read when it is an argument of its own, and lies in no other zip:`,
    ...unopened.slice(0, SHOWN_ZIPS).map((name) => `  ${plain(name)}`),
    ...(more > 0 ? [`  and ${renderCount(more, voice)} more`] : []),
  ]
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
