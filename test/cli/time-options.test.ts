import { describe, expect, it } from 'vitest'
import { DAY, HOUR, ticksFromUnixMs } from '../../src/bytes/filetime.ts'
import { parseDuration, parseMoment } from '../../src/cli/parse-time.ts'
import { checkTimes, fixedBounds, parseReference, windowOf, zoneNotes } from '../../src/cli/time-options.ts'

const NOW_MS = Date.UTC(2026, 2, 14, 12)
const NOON = ticksFromUnixMs(NOW_MS)

describe('parseReference()', () => {
  it('takes three words or a time', () => {
    expect(['last-event', 'last-boot', 'now'].map(parseReference)).toEqual(['last-event', 'last-boot', 'now'])
    expect(parseReference('2026-03-14T12:00:00Z')).toMatchObject({ ticks: NOON })
  })

  it('refuses another word with the nearest one', () => {
    expect(() => parseReference('last-bot')).toThrow(
      '"last-bot" is no reference: expected last-event, last-boot, now or an ISO time; the nearest valid value is "last-boot"',
    )
  })
})

describe('checkTimes()', () => {
  const since = parseMoment('2026-03-14')

  it('refuses an absolute bound beside a relative one', () => {
    expect(() => checkTimes({ since, window: parseDuration('24h') })).toThrow(
      '--since and --window cannot be given together',
    )
    expect(() => checkTimes({ until: since, reference: 'now' })).toThrow(
      '--until and --reference cannot be given together',
    )
  })

  it('refuses an end before its start, and takes one instant', () => {
    expect(() => checkTimes({ since, until: parseMoment('2026-03-13') })).toThrow('swap them')
    expect(() => checkTimes({ since, until: since })).not.toThrow()
  })
})

describe('zoneNotes()', () => {
  it('tells of each time that had no zone, and of no other', () => {
    expect(zoneNotes({ since: parseMoment('2026-03-14'), until: parseMoment('2026-03-15T00:00Z') })).toEqual([
      '--since 2026-03-14 has no zone and is taken as UTC: 2026-03-14T00:00:00.0000000Z',
    ])
  })
})

describe('windowOf()', () => {
  it('is 24 hours before the last event unless told otherwise', () => {
    expect(windowOf({}, NOW_MS)).toEqual({
      window: { windowText: '24h', windowTicks: DAY, reference: 'last-event' },
      referenceText: 'last-event',
    })
  })

  it('asks the clock only for now', () => {
    const { window, referenceText } = windowOf({ window: parseDuration('2h'), reference: 'now' }, NOW_MS)
    expect(window).toEqual({ windowText: '2h', windowTicks: 2n * HOUR, reference: { ticks: NOON, text: 'now' } })
    expect(referenceText).toBe('now')
  })

  it('hands absolute bounds on', () => {
    expect(windowOf({ since: parseMoment('2026-03-14T12:00Z') }, NOW_MS).window.since).toBe(NOON)
  })
})

describe('fixedBounds()', () => {
  it('is the whole log when nothing was asked', () => {
    expect(fixedBounds({}, NOW_MS)).toEqual({})
  })

  it('counts a window back from a time that is known', () => {
    expect(fixedBounds({ window: parseDuration('1d'), reference: 'now' }, NOW_MS)).toEqual({
      since: NOON - DAY,
      until: NOON,
    })
    expect(fixedBounds({ reference: parseMoment('2026-03-14T12:00Z') }, NOW_MS)).toEqual({ until: NOON })
  })

  it('cannot tell where the last event is', () => {
    expect(fixedBounds({ window: parseDuration('1d') }, NOW_MS)).toBeUndefined()
    expect(fixedBounds({ reference: 'last-boot' }, NOW_MS)).toBeUndefined()
  })
})
