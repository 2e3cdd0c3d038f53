import { describe, expect, it } from 'vitest'
import { eventPasses, lowerTest, passes } from '../../src/query/field-test.ts'
import { event, named } from '../support/events.ts'

describe('passes()', () => {
  const among = lowerTest({ name: 'LogonType', values: ['10', 'Remote'] })
  const notAmong = lowerTest({ name: 'Type', values: ['Client'], negate: true })

  it('takes a value that is among those wanted, in whatever case', () => {
    expect(among.name).toBe('logontype')
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

  it('takes two times that lie further apart than asked, whichever is the later', () => {
    const test = lowerTest({ name: 'NewTime', other: 'OldTime', secondsApart: 60 })
    expect(passes(test, '2026-03-14T10:01:00.0000001Z', '2026-03-14T10:00:00Z')).toBe(true)
    expect(passes(test, '2026-03-14T10:00:00Z', '2026-03-14T10:01:00.0000001Z')).toBe(true)
    expect(passes(test, '2026-03-14T10:01:00Z', '2026-03-14T10:00:00Z')).toBe(false)
    expect(passes(test, '2026-03-14T10:01:00Z', undefined)).toBe(false)
    expect(passes(test, 'yesterday', '2026-03-14T10:00:00Z')).toBe(false)
  })
})

describe('eventPasses()', () => {
  it('finds the fields of a test in whatever case', () => {
    const test = lowerTest({ name: 'NEWTIME', other: 'oldTime', secondsApart: 60 })
    const times = (NewTime: string) =>
      event('Clock', 1, '10:00', { data: named({ OldTime: '2026-03-14T12:00:00Z', NewTime }) })
    expect(eventPasses(test, times('2026-03-14T09:00:00Z'))).toBe(true)
    expect(eventPasses(test, times('2026-03-14T12:00:30Z'))).toBe(false)
  })
})
