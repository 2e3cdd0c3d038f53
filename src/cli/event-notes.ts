import { english } from '../report/language/en.ts'
import { voiceOf } from '../report/language/voice.ts'
import { renderCount } from '../report/quantity.ts'
import type { ReadSummary } from '../scan/read-summary.ts'
import { type AskedNames, nameHints } from './name-hints.ts'
import { damageLines } from './summary.ts'
import { type TimeOptions, zoneNotes } from './time-options.ts'

const voice = voiceOf(english)

/** What people are told of the records that a command wrote: how times were read, damage, and how many matched. */
export function eventNotes(options: AskedNames & TimeOptions, summary: ReadSummary): readonly string[] {
  return [
    ...zoneNotes(options),
    ...(summary.notes ?? []),
    ...damageLines(summary.damage, unlistedIn(summary)),
    ...matchNotes(options, summary),
  ]
}

function unlistedIn({ inputs }: ReadSummary): number {
  return inputs.reduce((sum, { unlistedDamage }) => sum + (unlistedDamage?.places ?? 0), 0)
}

/**
 * How many records matched, where anything was asked of them or none did; and of each name that was asked for and that
 * no record bears, what `nameHints` tells, whether others matched or not.
 */
export function matchNotes(
  options: AskedNames,
  { stats, seen }: Pick<ReadSummary, 'stats' | 'seen'>,
): readonly string[] {
  if (stats.records === 0) return []
  const matched = `${renderCount(stats.decoded, voice)} of ${renderCount(stats.records, voice)}`
  const isTold = seen !== undefined || stats.decoded === 0
  return [
    ...(isTold ? [`${matched} ${stats.records === 1 ? 'record' : 'records'} matched`] : []),
    ...(seen !== undefined && seen.nameless > 0 ? [namelessNote(options, seen.nameless)] : []),
    ...(seen ? nameHints(options, seen) : []),
  ]
}

function namelessNote(options: AskedNames, count: number): string {
  const asked = (['channel', 'provider', 'computer'] as const).filter((kind) => options[kind]?.length)
  const [records, them] = count === 1 ? ['1 record was', 'it'] : [`${renderCount(count, voice)} records were`, 'them']
  return `${records} left out because the ${asked.join(' or ')} is lost in ${them}`
}
