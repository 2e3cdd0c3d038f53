import { describe, expect, it } from 'vitest'
import { bootRecords, bootsOf } from '../../src/correlate/boots.ts'
import { osBuild } from '../../src/correlate/os-build.ts'
import { EVENT_LOG } from '../../src/event/source.ts'
import type { WinEvent } from '../../src/event/win-event.ts'
import { booted, event, matches, named, unnamed } from '../support/events.ts'

const buildOf = (...events: readonly WinEvent[]) => {
  const kept = matches(...events)
  return osBuild(kept, bootsOf(bootRecords(kept)))
}

const version = (build: string) =>
  event(EVENT_LOG, 6009, '10:00', { data: unnamed('10.00.', build, '', 'Multiprocessor Free', '0') })

it('osBuild() names the build of the last start, with its source', () => {
  expect(buildOf(version('14393'), version('17763'))).toEqual({
    build: 17763,
    name: 'Windows 10 1809 or Server 2019',
    source: 'EventLog 6009',
  })
  const kernel = booted('11:00', { data: named({ BuildVersion: '20348' }), recordId: 900 })
  expect(buildOf(version('14393'), kernel)).toMatchObject({ build: 20348, source: 'Kernel-General 12' })
})

it('osBuild() shows a build that it has no name for, and is undefined where no record tells one', () => {
  expect(buildOf(version('31337'))?.name).toBe('Windows build 31337')
  expect(buildOf(version('?'))).toBeUndefined()
})

/** A start of Windows: what Kernel-General 12 and 6009 say. */
const started = (hour: number, kernel: string, log: string) => [
  booted(`${hour}:00:00`, { data: named({ BuildVersion: kernel }) }),
  event(EVENT_LOG, 6009, `${hour}:00:01`, { data: unnamed('10.00.', log, '', 'Multiprocessor Free', '0') }),
]

describe('osBuild() of damaged records', () => {
  it('takes no number for a build that is smaller than Vista’s', () => {
    expect(buildOf(...started(10, '3708', '17763'))).toMatchObject({ build: 17763, source: 'EventLog 6009' })
    expect(buildOf(...started(10, '20348', '5999'))).toMatchObject({ build: 20348 })
    expect(buildOf(...started(10, '5999', '?'))).toBeUndefined()
    expect(buildOf(...started(10, '6000', '?'))?.build).toBe(6000)
  })

  it('believes the one of two that disagree that Windows is known to have had', () => {
    expect(buildOf(...started(10, '30051', '17763'))?.build).toBe(17763)
    expect(buildOf(...started(10, '17763', '17768'))?.build).toBe(17763)
  })

  it('believes the one of two that another start repeats, and without one the text of 6009', () => {
    expect(buildOf(...started(10, '19044', '19044'), ...started(11, '19044', '19045'))?.build).toBe(19044)
    expect(buildOf(...started(11, '19045', '19044'))?.build).toBe(19044)
    expect(buildOf(...started(11, '31337', '31338'))?.build).toBe(31338)
  })

  it('goes back to an earlier start where the last tells nothing certain, and not where Windows was upgraded', () => {
    expect(buildOf(...started(10, '17763', '17763'), ...started(11, '30051', '?'))?.build).toBe(17763)
    expect(buildOf(...started(10, '22631', '22631'), ...started(11, '26100', '26100'))?.build).toBe(26100)
    expect(buildOf(...started(10, '22631', '22631'), ...started(11, '26100', '?'))?.build).toBe(26100)
    expect(buildOf(...started(10, '22631', '22631'), ...started(11, '30051', '26100'))?.build).toBe(26100)
  })
})
