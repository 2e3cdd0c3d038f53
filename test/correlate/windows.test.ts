import { describe, expect, it } from 'vitest'
import { HOUR } from '../../src/bytes/filetime.ts'
import { eventOrder } from '../../src/correlate/event-order.ts'
import { correctedIntoWindow, windowHolding, windowsOf } from '../../src/correlate/windows.ts'
import type { Sighting } from '../../src/event/win-event.ts'
import { anything, LAST_DAY, numberRecords, partsOf, ticks } from '../support/events.ts'

const boots = [{ start: ticks('2026-03-12T08:00'), how: 'unknown' }] as const
const parts = partsOf(
  numberRecords([
    anything('2026-03-12T08:00'),
    anything('2026-03-12T12:00'),
    anything('2026-03-16', { channel: 'Security' }),
  ]),
)
const reference = { time: ticks('2026-03-12T12:00'), source: 'system-log' } as const

describe('windowsOf()', () => {
  it('lets the boot last to the end of all logs, unless a reference was asked for', () => {
    expect(windowsOf(reference, boots, parts, LAST_DAY).boot?.end).toBe(ticks('2026-03-16'))
    const asked = { time: reference.time, source: 'given', convictsUntil: reference.time } as const
    expect(windowsOf(asked, boots, parts, LAST_DAY).boot?.end).toBe(reference.time)
  })
})

describe('windowHolding()', () => {
  const windows = windowsOf(reference, boots, parts, LAST_DAY)

  it('takes what lies far behind the window for the boot’s', () => {
    const event = anything('2026-03-15', { channel: 'Security' })
    expect(windowHolding(event, { windows }, eventOrder([]))).toBe('boot')
    expect(windowHolding(event, { windows: { window: windows.window, log: windows.log } }, eventOrder([]))).toBe('log')
  })

  it('does not take what a clock that ran ahead wrote before the boot for something behind the window', () => {
    const jump = { recordId: 5, from: ticks('2026-03-15T01:00'), to: ticks('2026-03-10T01:00') }
    const event = anything('2026-03-15', { recordId: 4 })
    expect(windowHolding(event, { windows }, eventOrder([jump]))).toBe('log')
  })

  /** A boot whose clock is eight hours ahead for its first minute. */
  const ahead = { recordId: 20, from: ticks('2026-03-12T16:01'), to: ticks('2026-03-12T08:01') }
  const bootAhead = [{ start: ticks('2026-03-12T16:00'), recordId: 10, how: 'unknown' }] as const
  const options = { ...LAST_DAY, windowTicks: HOUR, clockJumps: [ahead] }
  const late = { time: ticks('2026-03-13T12:00'), source: 'system-log' } as const
  const ofAhead = { windows: windowsOf(late, bootAhead, parts, options) }
  const holding = (event: Sighting) => windowHolding(event, ofAhead, eventOrder([ahead]))

  it('tells a start whose clock ran ahead by the clock in force, and goes by record numbers in System', () => {
    expect(ofAhead.windows.boot?.start).toBe(ticks('2026-03-12T08:00'))
    expect(holding(anything('2026-03-12T11:00', { recordId: 30 }))).toBe('boot')
    expect(holding(anything('2026-03-12T16:00:30', { recordId: 12 }))).toBe('boot')
    expect(holding(anything('2026-03-12T11:00', { recordId: 9 }))).toBe('log')
  })

  it('goes by the clock in force at the end in other logs', () => {
    expect(holding(anything('2026-03-12T11:00', { channel: 'Security' }))).toBe('boot')
    expect(holding(anything('2026-03-12T07:00', { channel: 'Security' }))).toBe('log')
  })

  it('goes by time where a record of the boot before was flushed late', () => {
    const steady = {
      windows: windowsOf(late, [{ ...bootAhead[0], start: ticks('2026-03-12T08:00') }], parts, LAST_DAY),
    }
    expect(windowHolding(anything('2026-03-12T07:59', { recordId: 11 }), steady, eventOrder([]))).toBe('log')
  })

  const forward = { recordId: 30, from: ticks('2026-03-07T22:00'), to: ticks('2026-03-12T02:00') }
  const inForward = (start: string, recordId: number) => {
    const began = [{ start: ticks(start), recordId, how: 'unknown' }] as const
    const bounds = { windows: windowsOf(reference, began, parts, { ...LAST_DAY, clockJumps: [forward] }) }
    const trigger = anything('2026-03-07T20:00', { recordId: 20 })
    const order = eventOrder([forward])
    return [windowHolding(trigger, bounds, order), correctedIntoWindow(trigger, bounds, order)]
  }

  it('takes for the window’s what a clock set forward puts into it, unless Windows was started again since', () => {
    const corrected = ticks('2026-03-12T00:00')
    expect(inForward('2026-03-06T02:00', 1)).toEqual(['window', corrected])
    expect(inForward('2026-03-12T04:00', 40)).toEqual(['log', corrected])
  })

  it('correctedIntoWindow() says nothing of what lies there by its own time', () => {
    const bounds = { windows: windowsOf(reference, boots, parts, LAST_DAY) }
    const order = eventOrder([{ ...forward, to: ticks('2026-03-07T23:00') }])
    expect(correctedIntoWindow(anything('2026-03-12T10:00', { recordId: 20 }), bounds, order)).toBeUndefined()
    expect(correctedIntoWindow(anything('2026-03-01T10:00', { recordId: 20 }), bounds, order)).toBeUndefined()
  })
})
