import { meantName } from '../query/short-names.ts'
import { english } from '../report/language/en.ts'
import { voiceOf } from '../report/language/voice.ts'
import { plain } from '../report/plain.ts'
import { renderCount } from '../report/quantity.ts'
import type { ReadSummary } from '../scan/read-summary.ts'

const voice = voiceOf(english)

/** Names that are listed where none of them is near; of more the number is told. */
const NAMED = 5

/** What was asked for by name. */
interface AskedNames {
  readonly channel?: readonly string[] | undefined
  readonly provider?: readonly string[] | undefined
}

/**
 * That no record matched, and for each channel and provider that no record is of which one may have been meant, or which
 * there are; nothing when one did or there was none to match.
 */
export function noMatchNotes(
  options: AskedNames,
  { stats, seen }: Pick<ReadSummary, 'stats' | 'seen'>,
): readonly string[] {
  if (stats.decoded > 0 || stats.records === 0) return []
  const all = `0 of ${renderCount(stats.records, voice)} ${stats.records === 1 ? 'record' : 'records'} matched`
  return [
    all,
    ...hints('channel', options.channel, seen?.channels),
    ...hints('provider', options.provider, seen?.providers),
  ]
}

function hints(kind: string, asked: readonly string[] = [], seen: readonly string[] = []): readonly string[] {
  if (seen.length === 0) return []
  const known = new Set(seen.map((name) => name.toLowerCase()))
  return asked.flatMap((name) => {
    if (known.has(name.toLowerCase())) return []
    const meant = meantName(name, seen)
    const hint = meant === undefined ? thereAre(seen) : `did you mean "${plain(meant)}"?`
    return [`No record here is of the ${kind} "${plain(name)}": ${hint}`]
  })
}

/** @param names in order */
function thereAre(names: readonly string[]): string {
  const more = names.length - NAMED
  const named = names.slice(0, NAMED).map(plain).join(', ')
  return more > 0
    ? `there are ${named} and ${renderCount(more, voice)} more`
    : `there ${names.length === 1 ? 'is' : 'are'} ${named}`
}
