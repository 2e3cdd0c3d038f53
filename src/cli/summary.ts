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

/**
 * In how many logs there is damage, and who tells where; nothing where there is none.
 *
 * @param unlisted places besides those that are listed, in the same logs
 */
export function damageLines(damage: readonly { readonly file?: string }[], unlisted = 0): readonly string[] {
  const logs = new Set(damage.map(({ file }) => file)).size
  if (logs === 0) return []
  const count = damage.length + unlisted
  const places = count === 1 ? '1 place' : `${renderCount(count, voice)} places`
  return [
    `Damage in ${places} of ${logs === 1 ? '1 log' : `${renderCount(logs, voice)} logs`}: evtxray info tells where`,
  ]
}

/** Names of a kind that are told one by one. */
const SHOWN_NAMES = 5

/**
 * What lay in the way and was not looked into, each with what to do about it. Whoever wants results only is told where
 * there is none: it may be why.
 */
export function passedLines({
  unopened = [],
  links = [],
  volumesAbove = [],
}: Pick<Collection, 'unopened' | 'links' | 'volumesAbove'>): readonly string[] {
  const above = volumesAbove.map(({ given, volume }) => {
    return `"${plain(given)}" lies in a Windows volume: give "${plain(volume)}" to look at its registry and key files too`
  })
  const zips = unopened.length === 1 ? '1 zip file was' : `${renderCount(unopened.length, voice)} zip files were`
  const followed = links.length === 1 ? '1 link was' : `${renderCount(links.length, voice)} links were`
  return [
    ...above,
    ...named(
      `${zips} not opened; a zip is read when it is an argument of its own, and lies in no other zip:`,
      unopened,
    ),
    ...named(`${followed} not followed; what a link leads to is read when it is an argument of its own:`, links),
  ]
}

/** A line, and the first names it is about; nothing where there are none. */
function named(line: string, names: readonly string[]): readonly string[] {
  if (names.length === 0) return []
  const more = names.length - SHOWN_NAMES
  return [
    line,
    ...names.slice(0, SHOWN_NAMES).map((name) => `  ${plain(name)}`),
    ...(more > 0 ? [`  and ${renderCount(more, voice)} more`] : []),
  ]
}

/**
 * `Read 14 logs, 182 MB, 205,812 records in 0.42 s`; `Read 13 of 14 logs` where one could not be.
 *
 * @param unread logs that could not be read
 */
export function summaryLine(stats: RunStats, seconds: number, unread = 0): string {
  const all = `${renderCount(stats.files, voice)} ${stats.files === 1 ? 'log' : 'logs'}`
  const logs = unread === 0 ? all : `${renderCount(stats.files - unread, voice)} of ${all}`
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
