import { describe, expect, it } from 'vitest'
import { attribute, listenerProcesses } from '../../src/correlate/listener-process.ts'
import { anything, attempt, keyUnusable, listenerStarted, matches, ticks } from '../support/events.ts'

const boots = [{ start: ticks('08:00'), how: 'unknown' }] as const
const traces = { attempts: [attempt('10:00:00')], boots, clockJumps: [], processes: new Map([[0, new Set([332])]]) }
const failure = (time: string) => keyUnusable(time)

describe('attribute()', () => {
  it('ties a failure to a connection at most two seconds before, to none earlier, and to none after', () => {
    expect(attribute(failure('10:00:02'), undefined, traces)).toMatchObject({ owner: 'listener', by: 'attempt' })
    expect(attribute(failure('10:00:00'), undefined, traces).owner).toBe('listener')
    expect(attribute(failure('10:00:02.0000001'), undefined, traces).owner).toBe('unknown')
    expect(attribute(failure('09:59:59.9999999'), undefined, traces).owner).toBe('unknown')
  })

  it('believes the caller’s process of the same boot over any connection', () => {
    expect(attribute(failure('12:00'), { processId: 332 }, traces)).toMatchObject({
      owner: 'listener',
      by: 'caller-process',
    })
    expect(attribute(failure('10:00:01'), { processId: 900, image: 'w3wp.exe' }, traces)).toMatchObject({
      owner: 'other',
      by: 'caller-image',
    })
  })

  it('leaves it open where a process of services is not known: TermService may have started again', () => {
    const caller = { processId: 900, image: 'svchost.exe' }
    expect(attribute(failure('10:00:01'), caller, traces)).toMatchObject({ owner: 'unknown', by: 'caller-process' })
    expect(attribute(failure('12:00'), { processId: 900 }, traces).owner).toBe('unknown')
  })

  it('does not compare processes of different boots', () => {
    expect(attribute(failure('07:00'), { processId: 332, image: 'svchost.exe' }, traces).owner).toBe('unknown')
  })

  it('believes a service tag, and an image that holds no services', () => {
    expect(attribute(failure('12:00'), { image: 'svchost', service: 'termservice' }, traces).owner).toBe('listener')
    expect(attribute(failure('12:00'), { image: 'svchost', service: 'W32Time' }, traces).owner).toBe('other')
    expect(attribute(failure('07:00'), { processId: 5, image: 'w3wp.exe' }, traces).owner).toBe('other')
    expect(attribute(failure('07:00'), { processId: 5, image: 'svchost.exe' }, traces).owner).toBe('unknown')
  })
})

it('attribute() names the connection that it goes by', () => {
  expect(attribute(failure('10:00:01'), undefined, traces).attempt).toBe(traces.attempts[0])
  expect(attribute(anything('12:00'), undefined, traces).attempt).toBeUndefined()
})

it('listenerProcesses() learns from connections too: the records of a start are the first to be written over', () => {
  const kept = matches(listenerStarted('08:00:10', 332), attempt('07:00', { processId: 700 }), attempt('09:00'))
  expect(listenerProcesses(kept, boots, [])).toEqual(
    new Map([
      [0, new Set([332])],
      [-1, new Set([700])],
    ]),
  )
})
