import { describe, expect, it } from 'vitest'
import { channelState, coverageOf } from '../../src/correlate/coverage.ts'
import { CAPI2_OPERATIONAL, EVENT_LOG_SERVICE, SECURITY, SYSTEM } from '../../src/event/source.ts'
import type { WinEvent } from '../../src/event/win-event.ts'
import { anything, event, hostInput, matches, named, ticks } from '../support/events.ts'

const silent = (channel: string, state: 'empty' | 'unreadable') =>
  ({ file: `${channel}.evtx`, root: 0, rootKind: 'volume', rootLabel: 'disk', state, dirty: false, channel }) as const

function cover(events: readonly WinEvent[], logs: readonly ReturnType<typeof silent>[] = []) {
  return coverageOf(
    hostInput(events).parts,
    logs,
    matches(...events),
    { start: ticks('10:00'), end: ticks('20:00') },
    [],
  )
}

describe('coverageOf()', () => {
  it('tells four states apart', () => {
    const coverage = cover([anything('11:00')], [silent(CAPI2_OPERATIONAL, 'empty'), silent(SECURITY, 'unreadable')])
    expect(channelState(coverage, 'system')).toBe('present')
    expect(channelState(coverage, CAPI2_OPERATIONAL)).toBe('empty')
    expect(channelState(coverage, SECURITY)).toBe('unreadable')
    expect(channelState(coverage, 'Microsoft-Windows-TerminalServices-SessionBroker/Operational')).toBe('not-collected')
  })

  it('tells when a log starts inside the window', () => {
    expect(cover([anything('10:00')])[0]).not.toHaveProperty('startsInsideWindow')
    expect(cover([anything('10:00:00.0000001')])[0]).toMatchObject({ channel: SYSTEM, startsInsideWindow: true })
  })

  it('tells which log was cleared, and when last', () => {
    const cleared = (time: string, channel: string) =>
      event(EVENT_LOG_SERVICE, 104, time, { data: named({ Channel: channel, BackupPath: '' }) })
    const coverage = cover([
      cleared('09:00', 'Application'),
      cleared('09:30', 'application'),
      event(EVENT_LOG_SERVICE, 1102, '08:00', { channel: SECURITY }),
      anything('11:00', { channel: 'Application' }),
    ])
    expect(coverage.find(({ channel }) => channel === 'Application')?.cleared).toBe(ticks('09:30'))
    expect(coverage.find(({ channel }) => channel === SECURITY)?.cleared).toBe(ticks('08:00'))
    expect(coverage[0]).not.toHaveProperty('cleared')
  })

  it('names every other channel after those that matter for RDP', () => {
    const channels = cover([anything('10:00', { channel: 'Zebra' }), anything('10:00', { channel: 'Apple' })]).map(
      ({ channel }) => channel,
    )
    expect(channels[0]).toBe(SYSTEM)
    expect(channels.slice(-2)).toEqual(['Apple', 'Zebra'])
  })
})
