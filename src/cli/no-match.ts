import { compareText } from '../bytes/compare-text.ts'
import { channelOfFile } from '../evidence/channel-of-file.ts'
import type { Collection } from '../evidence/collection.ts'
import { nearest } from '../query/nearest.ts'
import { english } from '../report/language/en.ts'
import { voiceOf } from '../report/language/voice.ts'
import { plain } from '../report/plain.ts'
import { renderCount } from '../report/quantity.ts'
import type { RunStats } from '../scan/watch.ts'

const voice = voiceOf(english)

/** Channels that are named where none of them is near; of more the number is told. */
const NAMED_CHANNELS = 5

/** That no record matched, and which channel may have been meant, or which there are; nothing when one did or there was none to match. */
export function noMatchNotes(
  options: { readonly channel?: readonly string[] | undefined },
  stats: Pick<RunStats, 'records' | 'decoded'>,
  collection: Pick<Collection, 'logs'>,
): readonly string[] {
  if (stats.decoded > 0 || stats.records === 0) return []
  const channels = [...new Set(collection.logs.map(({ name }) => channelOfFile(name)))]
  const known = new Set(channels.map((channel) => channel.toLowerCase()))
  const meant = (options.channel ?? []).flatMap((channel) => {
    if (known.has(channel.toLowerCase())) return []
    const near = nearest(channel, channels)
    const hint = near === undefined ? thereAre(channels) : `did you mean "${plain(near)}"?`
    return [`No log here is named after the channel "${plain(channel)}": ${hint}`]
  })
  return [`0 of ${renderCount(stats.records, voice)} ${stats.records === 1 ? 'record' : 'records'} matched`, ...meant]
}

function thereAre(channels: readonly string[]): string {
  const names = [...channels].sort(compareText)
  const more = names.length - NAMED_CHANNELS
  const named = names.slice(0, NAMED_CHANNELS).map(plain).join(', ')
  return more > 0
    ? `there are ${named} and ${renderCount(more, voice)} more`
    : `there ${names.length === 1 ? 'is' : 'are'} ${named}`
}
