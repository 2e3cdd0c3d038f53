import { expect, it } from 'vitest'
import { osBuild } from '../../src/correlate/os-build.ts'
import { EVENT_LOG } from '../../src/event/source.ts'
import { booted, event, matches, named, unnamed } from '../support/events.ts'

const version = (build: string) =>
  event(EVENT_LOG, 6009, '10:00', { data: unnamed('10.00.', build, '', 'Multiprocessor Free', '0') })

it('osBuild() names the build of the last start, with its source', () => {
  expect(osBuild(matches(version('14393'), version('17763')))).toEqual({
    build: 17763,
    name: 'Windows 10 1809 or Server 2019',
    source: 'EventLog 6009',
  })
  const kernel = booted('11:00', { data: named({ BuildVersion: '20348' }) })
  expect(osBuild(matches(version('14393'), kernel))).toMatchObject({ build: 20348, source: 'Kernel-General 12' })
})

it('osBuild() shows a build that it has no name for, and is undefined where no record tells one', () => {
  expect(osBuild(matches(version('31337')))?.name).toBe('Windows build 31337')
  expect(osBuild(matches(version('?')))).toBeUndefined()
})
