import { toIso } from '../../bytes/filetime.ts'
import type { Language } from './language.ts'

/** How much of a time is shown: `day` is a date without its year. */
export type Precision = 'date' | 'day' | 'minute' | 'second' | 'millisecond'

/** A whole number with the mark between groups of three digits: `205,812`. */
export function groupDigits(count: number, mark: string): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, mark)
}

/** A time in UTC as the language writes it, cut and not rounded: `2026-03-13 16:02:10`, `13/03/2026 16:02:10`. */
export function renderTime(ticks: bigint, precision: Precision, words: Language['words']): string {
  const iso = toIso(ticks)
  const [year = '', month = '', day = ''] = iso.slice(0, iso.indexOf('T')).split('-')
  const parts: Readonly<Record<string, string>> = { year, month, day }
  const template = words[precision === 'day' ? 'time.day' : 'time.date'] ?? ''
  const date = template.replace(/\{(\w+)\}/g, (_, name: string) => parts[name] ?? '')
  const clock = iso.slice(iso.indexOf('T') + 1)
  switch (precision) {
    case 'date':
    case 'day':
      return date
    case 'minute':
      return `${date} ${clock.slice(0, 5)}`
    case 'second':
      return `${date} ${clock.slice(0, 8)}`
    case 'millisecond':
      return `${date} ${clock.slice(0, 8)}${words['decimal-point']}${clock.slice(9, 12)}`
  }
}
