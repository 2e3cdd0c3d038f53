import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EVERY_EVENT, type Filter, matcherOf } from '../../src/query/filter.ts'
import { asksNothing, gateOf } from '../../src/query/filter-gate.ts'

const NAMES = [
  'Thing',
  'A-Thing',
  'A-Thing/B',
  'System',
  'SYSTEM',
  'system ',
  'Schannel',
  'schannel',
  'straße',
  'STRASSE',
  'İ',
  'i̇',
  '',
]
const name = fc.constantFrom(...NAMES)
const id = fc.constantFrom(0, 1, 2, 7, 1000, 65_534, 65_535)
const time = fc.option(fc.bigInt({ min: 0n, max: 4n }), { nil: undefined })

const filters: fc.Arbitrary<Filter> = fc
  .record({
    channels: fc.array(name, { maxLength: 2 }),
    providers: fc.array(name, { maxLength: 2 }),
    eventIds: fc.array(
      fc.tuple(id, id).map(([a, b]) => ({ first: Math.min(a, b), last: Math.max(a, b) })),
      { maxLength: 2 },
    ),
    levels: fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 1 }),
    computers: fc.array(name, { maxLength: 1 }),
    since: time,
    until: time,
  })
  .map(({ since, until, ...lists }) => {
    return { ...lists, ...(since !== undefined && { since }), ...(until !== undefined && { until }) }
  })

const events = fc.record({
  channel: name,
  provider: name,
  eventId: id,
  computer: name,
  timeCreated: fc.bigInt({ min: 0n, max: 4n }),
  level: fc.integer({ min: 0, max: 2 }),
})

describe('gateOf()', () => {
  it('skips no event that the filter lets through', () => {
    let [skipped, matched] = [0, 0]
    const property = fc.property(filters, events, (filter, event) => {
      const gate = gateOf(filter)
      const { eventId, provider, channel } = event
      const skip = !gate.anyProvider[eventId] || !gate.eventIds(provider)?.[eventId] || !gate.mayHold(channel)
      const wanted = matcherOf(filter)(event)
      if (skip) expect(wanted).toBe(false)
      skipped += Number(skip)
      matched += Number(wanted)
    })
    fc.assert(property, { numRuns: 5_000 })
    expect(skipped).toBeGreaterThan(100)
    expect(matched).toBeGreaterThan(100)
  })

  it('skips other providers, ids and channels', () => {
    const range = { first: 1000, last: 1002 }
    const gate = gateOf({ ...EVERY_EVENT, providers: ['A'], eventIds: [range], channels: ['System'] })
    expect(gate.eventIds('B')).toBeUndefined()
    expect([999, 1000, 1002, 1003].map((each) => gate.eventIds('a')?.[each])).toEqual([0, 1, 1, 0])
    expect([999, 1000, 1002, 1003].map((each) => gate.anyProvider[each])).toEqual([0, 1, 1, 0])
    expect([gate.mayHold('Security'), gate.mayHold('SYSTEM')]).toEqual([false, true])
  })
})

describe('asksNothing()', () => {
  it('is true of the filter that lets every event through, and of no other', () => {
    expect(asksNothing(EVERY_EVENT)).toBe(true)
    expect(asksNothing({ ...EVERY_EVENT, levels: [0] })).toBe(false)
    expect(asksNothing({ ...EVERY_EVENT, since: 0n })).toBe(false)
    expect(asksNothing({ ...EVERY_EVENT, until: 0n })).toBe(false)
    expect(asksNothing({ ...EVERY_EVENT, eventIds: [{ first: 0, last: 65_535 }] })).toBe(false)
  })
})
