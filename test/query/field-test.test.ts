import { describe, expect, it } from 'vitest'
import { areTicksApart, eventPasses, lowerTest, passes } from '../../src/query/field-test.ts'
import { event, named } from '../support/events.ts'

describe('passes()', () => {
  const among = { name: 'logontype', values: ['10', 'remote'] }
  const notAmong = { name: 'type', values: ['client'], negate: true }

  it('takes a value that is among those wanted, in whatever case', () => {
    expect(passes(among, '10')).toBe(true)
    expect(passes(among, 'REMOTE')).toBe(true)
    expect(passes(among, '3')).toBe(false)
    expect(passes(among, '')).toBe(false)
    expect(passes(among, undefined)).toBe(false)
  })

  it('takes any other value, and an absent one, where the test is negated', () => {
    expect(passes(notAmong, 'client')).toBe(false)
    expect(passes(notAmong, 'server')).toBe(true)
    expect(passes(notAmong, '')).toBe(true)
    expect(passes(notAmong, undefined)).toBe(true)
  })

  it('knows a network address from a word', () => {
    const test = { name: 'address', is: 'network-address' } as const
    expect(passes(test, '10.0.0.5')).toBe(true)
    expect(passes(test, 'fe80::1')).toBe(true)
    expect(passes(test, 'LOCAL')).toBe(false)
    expect(passes(test, undefined)).toBe(false)
  })
})

describe('areTicksApart()', () => {
  const minute = 600_000_000n

  it('takes two times that lie further apart than asked, whichever is the later', () => {
    expect(areTicksApart(minute + 1n, 0n, 60)).toBe(true)
    expect(areTicksApart(0n, minute + 1n, 60)).toBe(true)
    expect(areTicksApart(minute, 0n, 60)).toBe(false)
    expect(areTicksApart(0n, 2n ** 64n - 1n, 60)).toBe(true)
  })

  it('takes none where one is not known', () => {
    expect(areTicksApart(2n * minute, undefined, 60)).toBe(false)
    expect(areTicksApart(undefined, 0n, 60)).toBe(false)
  })
})

describe('lowerTest()', () => {
  it('makes names and values as the tests want them', () => {
    expect(lowerTest({ name: 'LogonType', values: ['10', 'Remote'] })).toEqual({
      name: 'logontype',
      values: ['10', 'remote'],
    })
    expect(lowerTest({ name: 'NewTime', other: 'OldTime', secondsApart: 60 })).toEqual({
      name: 'newtime',
      other: 'oldtime',
      secondsApart: 60,
    })
  })
})

describe('eventPasses()', () => {
  it('finds the fields of a test in whatever case', () => {
    const test = lowerTest({ name: 'NEWTIME', other: 'oldTime', secondsApart: 60 })
    const times = (NewTime: string) =>
      event('Clock', 1, '10:00', { data: named({ OldTime: '2026-03-14T12:00:00Z', NewTime }) })
    expect(eventPasses(test, times('2026-03-14T09:00:00Z'))).toBe(true)
    expect(eventPasses(test, times('2026-03-14T12:00:30Z'))).toBe(false)
    expect(eventPasses(test, times('2026-03-14T12:01:00.0000001Z'))).toBe(true)
    expect(eventPasses(test, times('2026-03-14T12:01:00Z'))).toBe(false)
    expect(eventPasses(test, times('yesterday'))).toBe(false)
  })
})
