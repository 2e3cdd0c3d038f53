import { describe, expect, it } from 'vitest'
import { eventOrder } from '../../src/correlate/event-order.ts'
import { anything, ticks } from '../support/events.ts'

const inSystem = (time: string, recordId: number) => anything(time, { recordId })
const elsewhere = (time: string, recordId = 1) => anything(time, { recordId, channel: 'Security' })

describe('eventOrder().isLater()', () => {
  const steady = eventOrder([])

  it('goes by record number inside one file, whatever the times say', () => {
    expect(steady.isLater(inSystem('09:00', 8), inSystem('10:00', 7))).toBe(true)
    expect(steady.isLater(inSystem('10:00', 7), inSystem('09:00', 8))).toBe(false)
  })

  it('needs more than a second between two files', () => {
    expect(steady.isLater(elsewhere('10:00:01.0000001'), inSystem('10:00', 1))).toBe(true)
    expect(steady.isLater(elsewhere('10:00:01'), inSystem('10:00', 1))).toBe(false)
  })

  it('lets the stretch of clock decide where the clock was moved back between two records', () => {
    const order = eventOrder([{ recordId: 50, from: ticks('12:00'), to: ticks('09:00') }])
    const before = inSystem('11:30', 40)
    // 12:30 by the old clock cannot be: it stood at 12:00 when it was moved, so this is after.
    expect(order.isLater(elsewhere('12:30'), before)).toBe(true)
    // 10:00 was passed twice: nothing is certain.
    expect(order.isLater(elsewhere('10:00'), before)).toBe(false)
    expect(order.isLater(before, elsewhere('10:00'))).toBe(false)
  })

  it('does not call a record later because the clock stood wrong before it was set back', () => {
    const order = eventOrder([{ recordId: 50, from: ticks('2030-01-01'), to: ticks('09:00') }])
    expect(order.isLater(elsewhere('2029-12-31'), inSystem('09:30', 60))).toBe(false)
    expect(order.isLater(inSystem('09:30', 60), inSystem('2029-12-31', 40))).toBe(true)
  })
})

it('eventOrder().lastOf() goes by the order, and by the list where that tells nothing', () => {
  const steady = eventOrder([])
  const [older, newer] = [inSystem('10:00', 7), inSystem('09:00', 8)]
  expect(steady.lastOf([newer, older])).toBe(newer)
  expect(steady.lastOf([older, newer])).toBe(newer)
  const [one, other] = [inSystem('10:00', 7), elsewhere('10:00:01')]
  expect(steady.lastOf([other, one])).toBe(one)
  expect(steady.lastOf([one, other])).toBe(other)
  expect(steady.lastOf([])).toBeUndefined()
})

it('eventOrder().lastOf() lets no undecided pair hide what is later inside its own log', () => {
  const order = eventOrder([{ recordId: 50, from: ticks('2026-03-15T15:30'), to: ticks('2026-03-14T03:30') }])
  const ahead = elsewhere('2026-03-15T15:20', 7)
  const later = elsewhere('2026-03-14T06:00', 9)
  const open = anything('2026-03-14T05:00', { recordId: 3, channel: 'Application', file: 'Application.evtx' })
  for (const list of [
    [ahead, open, later],
    [open, ahead, later],
    [open, later, ahead],
  ]) {
    expect(order.lastOf(list)).toBe(later)
  }
  // Which of these two was later is open; that one wrote after the third is not.
  expect(order.lastOf([later, open, ahead])).toBe(open)
})

it('eventOrder().correctedTime() moves what the old clock wrote, and leaves what the new one wrote', () => {
  const order = eventOrder([{ recordId: 50, from: ticks('2030-01-01'), to: ticks('09:00') }])
  expect(order.correctedTime(inSystem('2029-12-31T23:50', 40))).toBe(ticks('08:50'))
  expect(order.correctedTime(inSystem('09:10', 60))).toBe(ticks('09:10'))
})

it('eventOrder().correctedTime() leaves what was written before a sleep where it was', () => {
  const slept = { recordId: 50, from: ticks('09:00'), to: ticks('2026-03-19T09:00'), slept: true } as const
  expect(eventOrder([slept]).correctedTime(inSystem('08:50', 40))).toBe(ticks('08:50'))
})
