import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  DAY,
  isSameSecond,
  parseFiletime,
  parseIso,
  renderFiletime,
  SECOND,
  ticksFrom,
  ticksFromUnixMs,
  toIso,
  toUnixMs,
} from '../../src/bytes/filetime.ts'

const LAST = 0xffffffffffffffffn
const anyTicks = fc.bigInt({ min: 0n, max: LAST })

/** Ticks of a calendar day at midnight, by a count of days that knows nothing of eras. */
function ticksOfDay(year: number, month: number, day: number): bigint {
  let days = 0n
  for (let y = 1601; y < year; y++) days += isLeap(y) ? 366n : 365n
  const lengths = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  for (let m = 1; m < month; m++) days += BigInt(lengths[m - 1]!)
  return (days + BigInt(day - 1)) * DAY
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

describe('renderFiletime()', () => {
  it('writes zero as the first moment of 1601', () => {
    expect(renderFiletime(0, 0)).toBe('1601-01-01T00:00:00.0000000Z')
  })

  it('writes all ones, in the year 60056', () => {
    expect(renderFiletime(0xffffffff, 0xffffffff)).toBe('60056-05-28T05:36:10.9551615Z')
  })

  it('takes halves as unsigned when they come as signed words', () => {
    expect(renderFiletime(-1, -1)).toBe('60056-05-28T05:36:10.9551615Z')
  })

  it.each([
    [1970, 1, 1],
    [1999, 12, 31],
    [2000, 2, 29],
    [2000, 3, 1],
    [2026, 3, 14],
    [2100, 2, 28],
    [2400, 2, 29],
    [10_000, 1, 1],
  ])('has the last tick before %i-%i-%i on the day before, and that midnight on the day', (year, month, day) => {
    const midnight = ticksOfDay(year, month, day)
    const text = [String(year).padStart(4, '0'), ...[month, day].map((n) => String(n).padStart(2, '0'))].join('-')
    expect(toIso(midnight)).toBe(`${text}T00:00:00.0000000Z`)
    expect(toIso(midnight - 1n)).toMatch(/T23:59:59\.9999999Z$/)
    expect(toIso(midnight - 1n)).not.toContain(text)
  })

  it('agrees with Date wherever a Date reaches', () => {
    fc.assert(
      fc.property(anyTicks, (ticks) => {
        const date = new Date(toUnixMs(ticks)).toISOString().replace(/^\+0(?=\d{5})/, '')
        expect(toIso(ticks).slice(0, -5)).toBe(date.slice(0, -1))
      }),
    )
  })

  it('forgets no day when times jump to and fro', () => {
    const [early, late] = [ticksOfDay(2026, 3, 14), ticksOfDay(2026, 3, 15)]
    expect([early, late, early, early + 1n].map(toIso)).toEqual([
      '2026-03-14T00:00:00.0000000Z',
      '2026-03-15T00:00:00.0000000Z',
      '2026-03-14T00:00:00.0000000Z',
      '2026-03-14T00:00:00.0000001Z',
    ])
  })
})

describe('ticksFrom()', () => {
  it('joins two halves, signed or not', () => {
    expect(ticksFrom(1, 2)).toBe(0x2_0000_0001n)
    expect(ticksFrom(-1, -1)).toBe(LAST)
  })
})

describe('ticksFromUnixMs()', () => {
  it('is undone by toUnixMs()', () => {
    expect(ticksFromUnixMs(0)).toBe(116_444_736_000_000_000n)
    expect(toUnixMs(ticksFromUnixMs(1_773_481_260_123))).toBe(1_773_481_260_123)
  })
})

describe('parseFiletime()', () => {
  it('reads back every time that is written', () => {
    fc.assert(
      fc.property(anyTicks, (ticks) => {
        expect(parseFiletime(toIso(ticks))).toBe(ticks)
      }),
    )
  })

  it.each([
    ['2026-03-14T09:41:00Z', 0n],
    ['2026-03-14T09:41:00.5Z', 5_000_000n],
    ['2026-03-14T09:41:00.123Z', 1_230_000n],
    ['2026-03-14T09:41:00.1234567Z', 1_234_567n],
    ['2026-03-14T09:41:00.123456789Z', 1_234_567n],
  ])('reads the fraction of %s', (text, fraction) => {
    expect(parseFiletime(text)).toBe(ticksOfDay(2026, 3, 14) + 34_860n * SECOND + fraction)
  })

  it('takes the last tick there is, and not the one behind it', () => {
    expect(parseFiletime('60056-05-28T05:36:10.9551615Z')).toBe(LAST)
    expect(parseFiletime('60056-05-28T05:36:10.9551616Z')).toBeUndefined()
  })

  it('takes the first tick there is, and nothing before 1601', () => {
    expect(parseFiletime('1601-01-01T00:00:00.0000000Z')).toBe(0n)
    expect(parseFiletime('1600-12-31T23:59:59.9999999Z')).toBeUndefined()
    expect(parseFiletime('0099-01-01T00:00:00Z')).toBeUndefined()
  })

  it.each([
    '',
    '2026-03-14',
    '2026-03-14T09:41:00',
    '2026-03-14 09:41:00Z',
    '2026-03-14T09:41:00+01:00',
    '2026-3-14T09:41:00Z',
    ' 2026-03-14T09:41:00Z',
    '2026-03-14T09:41:00.Z',
    '2026-03-14T09:41:00.1234567890Z',
    '2026-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-04-31T00:00:00Z',
    '2026-03-14T24:00:00Z',
    '2026-03-14T09:60:00Z',
    '2026-03-14T09:41:60Z',
  ])('refuses "%s"', (text) => {
    expect(parseFiletime(text)).toBeUndefined()
  })
})

describe('parseIso()', () => {
  const morning = ticksOfDay(2026, 3, 14) + 34_860n * SECOND

  it.each([
    ['2026-03-14', ticksOfDay(2026, 3, 14), false],
    ['2026-03-14T09:41', morning, false],
    ['2026-03-14 09:41', morning, false],
    ['2026-03-14T09:41:00Z', morning, true],
    ['2026-03-14t09:41:00z', morning, true],
    [' 2026-03-14T09:41:00Z ', morning, true],
    ['2026-03-14T10:41:00+01:00', morning, true],
    ['2026-03-14T05:11-0430', morning, true],
    ['2026-03-14T10:41:00 +0100', morning, true],
    ['2026-03-14T09:41:00,5', morning + 5_000_000n, false],
    ['2026-03-14T09:41:00.123456789Z', morning + 1_234_567n, true],
    ['2024-02-29', ticksOfDay(2024, 2, 29), false],
    ['10000-01-01', ticksOfDay(10_000, 1, 1), false],
  ])('reads "%s"', (text, ticks, hasZone) => {
    expect(parseIso(text)).toEqual({ ticks, hasZone })
  })

  it.each([
    'yesterday',
    '14.03.2026',
    '2026-03',
    '2026-00-14',
    '2026-13-14',
    '2026-03-00',
    '2026-03-32',
    '2026-02-30',
    '2025-02-29',
    '1900-02-29',
    '2026-03-14T24:00',
    '2026-03-14T09:60',
    '2026-03-14T09:41:60',
    '2026-03-14T09',
    '2026-03-14T09:41:00+1',
    '2026-03-14T09:41:00+24:00',
    '2026-03-14T09:41:00+01:60',
    '2026-03-14Z',
    '1600-12-31T23:59:59Z',
    '1601-01-01T00:00+00:01',
    '60056-05-28T05:36:10.9551616Z',
    '99999-01-01',
  ])('refuses "%s"', (text) => {
    expect(parseIso(text)).toBeUndefined()
  })

  it('takes the edges of what a FILETIME holds', () => {
    expect(parseIso('1601-01-01')?.ticks).toBe(0n)
    expect(parseIso('60056-05-28T05:36:10.9551615Z')?.ticks).toBe(LAST)
  })
})

describe('isSameSecond()', () => {
  it('goes by what is read, not by what lies between', () => {
    expect(isSameSecond(SECOND, 2n * SECOND - 1n)).toBe(true)
    expect(isSameSecond(2n * SECOND - 1n, 2n * SECOND)).toBe(false)
  })
})
