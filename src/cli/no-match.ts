import { channelOfFile } from '../evidence/channel-of-file.ts'
import type { Collection } from '../evidence/collection.ts'
import { nearest } from '../query/nearest.ts'
import { english } from '../report/language/en.ts'
import { voiceOf } from '../report/language/voice.ts'
import { plain } from '../report/plain.ts'
import { renderCount } from '../report/quantity.ts'
import type { RunStats } from '../scan/watch.ts'

const voice = voiceOf(english)

/** That no record matched, and which channel may have been meant; nothing when one did or there was none to match. */
export function noMatchNotes(
  options: { readonly channel?: readonly string[] | undefined },
  stats: Pick<RunStats, 'records' | 'decoded'>,
  collection: Pick<Collection, 'logs'>,
): readonly string[] {
  if (stats.decoded > 0 || stats.records === 0) return []
  const channels = [...new Set(collection.logs.map(({ name }) => channelOfFile(name)))]
  const known = new Set(channels.map((channel) => channel.toLowerCase()))
  const meant = (options.channel ?? []).flatMap((channel) => {
    const near = known.has(channel.toLowerCase()) ? undefined : nearest(channel, channels)
    return near === undefined
      ? []
      : [`No log here is named after the channel "${plain(channel)}": did you mean "${plain(near)}"?`]
  })
  return [`0 of ${renderCount(stats.records, voice)} ${stats.records === 1 ? 'record' : 'records'} matched`, ...meant]
}
