import { groupDigits } from './language/numerals.ts'
import type { Voice } from './language/voice.ts'

/**
 * A whole number with the language's mark between groups of three digits: `205,812`. Never for record ids, which are
 * searched for.
 */
export function renderCount(count: number, voice: Voice): string {
  return groupDigits(count, voice.word('digit-group'))
}

const SIZE_UNITS = ['unit.byte', 'unit.kilobyte', 'unit.megabyte', 'unit.gigabyte', 'unit.terabyte']

/** Bytes in the largest unit that leaves at least 1, in powers of 1000 as the units say: `182 MB`, `1.4 GB`. */
export function renderSize(bytes: number, voice: Voice): string {
  let unit = 0
  let size = bytes
  while (size >= 1000 && unit < SIZE_UNITS.length - 1) {
    size /= 1000
    unit++
  }
  const digits = unit > 0 && size < 10 ? size.toFixed(1) : String(Math.round(size))
  const n = digits.replace('.', voice.word('decimal-point'))
  return voice.word('quantity', { n, unit: voice.word(SIZE_UNITS[unit] ?? '') })
}
