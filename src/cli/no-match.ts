import { english } from '../report/language/en.ts'
import { voiceOf } from '../report/language/voice.ts'
import { renderCount } from '../report/quantity.ts'
import type { ReadSummary } from '../scan/read-summary.ts'
import { type AskedNames, nameHints } from './name-hints.ts'

const voice = voiceOf(english)

/**
 * That no record matched, where none did though there were some; and of each name that was asked for and that no record
 * bears, what `nameHints` tells, whether others matched or not.
 */
export function noMatchNotes(
  options: AskedNames,
  { stats, seen }: Pick<ReadSummary, 'stats' | 'seen'>,
): readonly string[] {
  if (stats.records === 0) return []
  const none = `0 of ${renderCount(stats.records, voice)} ${stats.records === 1 ? 'record' : 'records'} matched`
  return [...(stats.decoded === 0 ? [none] : []), ...(seen ? nameHints(options, seen) : [])]
}
