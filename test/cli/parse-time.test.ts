import { describe, expect, it } from 'vitest'
import { DAY, HOUR, MINUTE, toIso } from '../../src/bytes/filetime.ts'
import { parseDuration, parseMoment } from '../../src/cli/parse-time.ts'

function refusal(parse: () => unknown): string {
  try {
    parse()
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  throw new Error('was not refused')
}

describe('parseDuration()', () => {
  it('reads a whole number and a unit', () => {
    const ticks = ['90m', '24h', '7d', '2w', ' 30s '].map((text) => parseDuration(text).ticks)
    expect(ticks).toEqual([90n * MINUTE, 24n * HOUR, 7n * DAY, 14n * DAY, MINUTE / 2n])
  })

  it.each([
    ['24', '24h'],
    ['24 hours', '24h'],
    ['1.5h', '90m'],
    ['1,5d', '36h'],
    ['7D', '7d'],
    ['1y', '365d'],
    ['2 months', '60d'],
    ['-5h', '5h'],
    ['99999999d', '36525d'],
  ])('refuses %s and offers %s', (text, offered) => {
    expect(refusal(() => parseDuration(text))).toBe(
      `"${text}" is no duration: expected a number with s, m, h, d or w, such as 24h; the nearest valid value is "${offered}"`,
    )
  })

  it.each([
    ['0h', '1h'],
    ['00d', '1d'],
  ])('says of %s that it must be more than nothing', (text, offered) => {
    expect(refusal(() => parseDuration(text))).toBe(
      `"${text}" is no time at all: it must be more than 0; the nearest valid value is "${offered}"`,
    )
  })

  it.each(['', 'yesterday', '5x', '0.001s'])('refuses "%s" and offers nothing', (text) => {
    expect(refusal(() => parseDuration(text))).not.toContain('nearest')
  })

  it.each([
    ['24', '24h'],
    ['1.5h', '90m'],
    ['7D', '7d'],
    ['0h', '1h'],
    ['0w', '1w'],
    ['1y', '365d'],
    ['99999w', '36525d'],
    ['3mo', '90d'],
  ])('offers for %s what it takes itself', (text, offered) => {
    expect(/nearest valid value is "(.*)"/.exec(refusal(() => parseDuration(text)))?.[1]).toBe(offered)
    expect(parseDuration(offered).text).toBe(offered)
  })
})

describe('parseMoment()', () => {
  it('reads ISO 8601 and says whether it had a zone', () => {
    expect(parseMoment('2026-03-14T10:41:00+01:00')).toMatchObject({ hasZone: true })
    expect(toIso(parseMoment('2026-03-14T10:41:00+01:00').ticks)).toBe('2026-03-14T09:41:00.0000000Z')
    expect(parseMoment('2026-03-14')).toMatchObject({ hasZone: false, text: '2026-03-14' })
  })

  it.each([
    ['2026-02-30', '2026-02-28'],
    ['2026-3-1', '2026-03-01'],
    ['2026-03-14T24:00', '2026-03-14T23:00:00Z'],
    ['14.03.2026 9:41', '2026-03-14T09:41:00Z'],
    ['3/14/2026', '2026-03-14'],
    ['2026/03/14', '2026-03-14'],
  ])('refuses %s and offers %s', (text, offered) => {
    expect(refusal(() => parseMoment(text))).toBe(
      `"${text}" is no time: expected ISO 8601 such as 2026-03-14T09:41:00Z; the nearest valid value is "${offered}"`,
    )
    expect(() => parseMoment(offered)).not.toThrow()
  })

  it('does not guess where day and month could be swapped', () => {
    expect(refusal(() => parseMoment('03/04/2026'))).not.toContain('nearest')
  })
})
