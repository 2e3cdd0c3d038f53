import { describe, expect, it } from 'vitest'
import { bootIndexOf, bootRecords, bootsOf } from '../../src/correlate/boots.ts'
import { EVENT_LOG, KERNEL_GENERAL, KERNEL_POWER } from '../../src/event/source.ts'
import type { WinEvent } from '../../src/event/win-event.ts'
import { anything, booted, event, matches, ticks } from '../support/events.ts'

const bootsIn = (...events: readonly WinEvent[]) => bootsOf(bootRecords(matches(...events)))
const log = (eventId: number, time: string) => event(EVENT_LOG, eventId, time)
const stopped = (time: string) => event(KERNEL_GENERAL, 13, time)

describe('bootsOf()', () => {
  it('takes 12, 6009 and 6005 of one start for one boot that begins with the kernel', () => {
    expect(bootsIn(log(6009, '10:00:20'), log(6005, '10:00:20'), booted('10:00:05'))).toEqual([
      { start: ticks('10:00:05'), recordId: 1, how: 'unknown' },
    ])
  })

  it('ends a boot with its goodbye', () => {
    const boots = bootsIn(
      booted('10:00'),
      log(6005, '10:00:20'),
      log(6006, '11:00'),
      stopped('11:00:03'),
      booted('11:01'),
    )
    expect(boots).toMatchObject([{ how: 'clean', end: ticks('11:00:03') }, { how: 'unknown' }])
  })

  it('gives a goodbye that stands after the next start to the boot before', () => {
    const boots = bootsIn(booted('10:00'), log(6005, '11:01:20'), stopped('11:00:03'), booted('11:01'))
    expect(boots).toHaveLength(2)
    expect(boots[0]).toMatchObject({ start: ticks('10:00'), end: ticks('11:00:03'), how: 'clean' })
  })

  it('calls an end unexpected that the next start complains of', () => {
    const boots = bootsIn(booted('10:00'), booted('11:00'), event(KERNEL_POWER, 41, '11:00:04'), log(6008, '11:00:20'))
    expect(boots.map(({ how }) => how)).toEqual(['unexpected', 'unknown'])
  })

  it('takes two starts of one kind for two boots, however near', () => {
    expect(bootsIn(booted('10:00'), booted('10:01'))).toHaveLength(2)
  })

  it('knows of no boot without a record of a start', () => {
    expect(bootsIn(stopped('10:00'), anything('10:01'))).toEqual([])
  })
})

it('bootIndexOf() goes by time, and by record number in System once the clock was moved', () => {
  const boots = bootsIn(booted('10:00', { recordId: 10 }), booted('11:00', { recordId: 20 }))
  expect(bootIndexOf(anything('10:59'), boots, [])).toBe(0)
  expect(bootIndexOf(anything('11:00'), boots, [])).toBe(1)
  expect(bootIndexOf(anything('09:59'), boots, [])).toBe(-1)
  const jumps = [{ recordId: 15, from: ticks('12:00'), to: ticks('10:30') }]
  expect(bootIndexOf(anything('11:50', { recordId: 12 }), boots, jumps)).toBe(0)
  const ahead = [{ recordId: 21, from: ticks('11:01'), to: ticks('03:01') }]
  const elsewhere = (time: string) => anything(time, { channel: 'Security' })
  expect(bootIndexOf(elsewhere('05:00'), boots, ahead)).toBe(1)
  expect(bootIndexOf(elsewhere('02:00'), boots, ahead)).toBe(-1)
})

it('bootIndexOf() finds the last start at or before a time, also where later starts carry earlier times', () => {
  const minutes = [30, 10, 20, 50, 40, 40, 15]
  const boots = minutes.map((minute) => ({ start: ticks(`10:${minute}`), how: 'unknown' as const }))
  for (const time of ['10:05', '10:10', '10:12', '10:15', '10:25', '10:40', '10:45', '10:59']) {
    const last = boots.findLastIndex(({ start }) => start <= ticks(time))
    expect([time, bootIndexOf(anything(time), boots, [])]).toEqual([time, last])
  }
})
