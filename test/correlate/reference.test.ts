import { describe, expect, it } from 'vitest'
import { HOUR } from '../../src/bytes/filetime.ts'
import { bootRecords, bootsOf } from '../../src/correlate/boots.ts'
import type { WindowOptions } from '../../src/correlate/host-input.ts'
import { referenceOf } from '../../src/correlate/reference.ts'
import { windowsOf } from '../../src/correlate/windows.ts'
import type { WinEvent } from '../../src/event/win-event.ts'
import { anything, booted, hostInput, LAST_DAY, matches, ticks } from '../support/events.ts'

function referenceIn(events: readonly WinEvent[], options: Partial<WindowOptions> = {}) {
  const boots = bootsOf(bootRecords(matches(...events)))
  const { parts } = hostInput(events)
  const reference = referenceOf(parts, boots, () => events, { ...LAST_DAY, ...options })
  return { reference, windows: reference && windowsOf(reference, boots, parts, { ...LAST_DAY, ...options }) }
}

describe('referenceOf()', () => {
  it('is the time of the highest record number in System, not the latest time, and not another log’s', () => {
    const events = [
      anything('11:00', { recordId: 7 }),
      anything('10:00', { recordId: 8 }),
      anything('15:00', { channel: 'Security' }),
    ]
    expect(referenceIn(events).reference).toMatchObject({ time: ticks('10:00'), source: 'system-log' })
  })

  it('is the latest of the last records of other logs without a System log', () => {
    const events = [
      anything('11:00', { channel: 'Security' }),
      anything('12:00', { channel: 'Application', recordId: 2 }),
    ]
    expect(referenceIn(events).reference).toMatchObject({ time: ticks('12:00'), source: 'other-logs' })
  })

  it('tells that the clock was moved when the log holds a time more than a window later', () => {
    const later = (time: string) =>
      referenceIn([anything(time, { recordId: 1 }), anything('10:00', { recordId: 2 })]).reference
    expect(later('2026-03-15T10:00:00')?.latest).toBeUndefined()
    expect(later('2026-03-15T10:00:00.0000001')?.latest).toBe(ticks('2026-03-15T10:00:00.0000001'))
  })

  it('is the last record before the last boot when asked for', () => {
    const events = [booted('08:00'), anything('09:30'), booted('10:00'), anything('11:00')]
    expect(referenceIn(events, { reference: 'last-boot' }).reference).toEqual({
      time: ticks('09:30'),
      source: 'last-boot',
      convictsUntil: ticks('09:30'),
    })
  })

  it('lies just before all that is left where nothing from before the last boot is', () => {
    const begins = [booted('10:00'), anything('11:00')]
    const { reference, windows } = referenceIn(begins, { reference: 'last-boot' })
    const before = ticks('10:00') - 1n
    expect(reference).toEqual({ time: before, source: 'nothing-before-boot', convictsUntil: before })
    expect(windows?.boot).toBeUndefined()
    const elsewhere = anything('09:00', { channel: 'Security' })
    expect(referenceIn([elsewhere, ...begins], { reference: 'last-boot' }).reference).toEqual({
      time: before,
      source: 'before-boot',
      convictsUntil: before,
    })
    const earlier = anything('09:59', { recordId: 1 })
    const wrapped = [earlier, booted('10:00', { recordId: 2 })]
    expect(referenceIn(wrapped, { reference: 'last-boot' }).reference?.time).toBe(ticks('09:59'))
  })

  it('says so when no record tells of a boot', () => {
    const { reference } = referenceIn([anything('09:30')], { reference: 'last-boot' })
    expect(reference).toMatchObject({ time: ticks('09:30'), source: 'no-boot' })
  })

  it('is undefined without a record', () => {
    expect(referenceIn([]).reference).toBeUndefined()
  })
})

describe('windowsOf()', () => {
  const events = [anything('2026-03-01'), booted('2026-03-10'), anything('10:00')]

  it('ends the window at the reference and starts the boot at the last start', () => {
    expect(referenceIn(events).windows).toEqual({
      window: { start: ticks('10:00') - 24n * HOUR, end: ticks('10:00') },
      boot: { start: ticks('2026-03-10'), recordId: 2, end: ticks('10:00') },
      log: { start: ticks('2026-03-01'), end: ticks('10:00') },
    })
  })

  it('takes absolute bounds as they are, and an open one from the log', () => {
    const since = ticks('2026-03-05')
    const until = ticks('2026-03-06')
    expect(referenceIn(events, { since, until }).windows?.window).toEqual({ start: since, end: until })
    expect(referenceIn(events, { until }).windows?.window).toEqual({ start: ticks('2026-03-01'), end: until })
    expect(referenceIn(events, { since }).windows?.window).toEqual({ start: since, end: ticks('10:00') })
  })

  it('has no boot before the reference that was asked for', () => {
    const reference = { ticks: ticks('2026-03-09'), text: '2026-03-09' }
    expect(referenceIn(events, { reference }).windows?.boot).toBeUndefined()
  })
})
