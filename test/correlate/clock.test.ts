import { describe, expect, it } from 'vitest'
import { clockJumps } from '../../src/correlate/clock.ts'
import { SECURITY, SECURITY_AUDITING } from '../../src/event/source.ts'
import { clockSet, event, matches, named, ticks } from '../support/events.ts'

const audited = event(SECURITY_AUDITING, 4616, '09:00', {
  channel: SECURITY,
  data: named({ PreviousTime: '2026-03-14T12:00:00Z', NewTime: '2026-03-14T09:00:00Z' }),
})

describe('clockJumps()', () => {
  it('tells of a move of more than a minute, either way, and of none shorter', () => {
    expect(clockJumps(matches(clockSet('10:00:00', '10:01:00')))).toEqual([])
    expect(clockJumps(matches(clockSet('10:00:00', '10:01:00.0000001')))).toHaveLength(1)
    expect(clockJumps(matches(clockSet('12:00:00', '09:00:00')))).toEqual([
      { recordId: 1, from: ticks('12:00'), to: ticks('09:00') },
    ])
  })

  it('knows a sleep by the reason, where the clock took over the hardware clock’s later time', () => {
    const because = (reason: string, to: string) => {
      const moved = clockSet('10:00:00', to)
      return clockJumps(matches({ ...moved, data: [...moved.data, ...named({ Reason: reason })] }))[0]?.slept
    }
    expect(because('2', '12:00:00')).toBe(true)
    expect(because('1', '12:00:00')).toBeUndefined()
    expect(because('2', '08:00:00')).toBeUndefined()
  })

  it('asks Security only when System tells of no move', () => {
    expect(clockJumps(matches(audited))).toMatchObject([{ channel: SECURITY }])
    expect(clockJumps(matches(audited, clockSet('12:00:00', '09:00:00')))).toHaveLength(1)
  })

  it('leaves out a record without times', () => {
    expect(clockJumps(matches({ ...clockSet('12:00:00', '09:00:00'), data: [] }))).toEqual([])
  })
})
