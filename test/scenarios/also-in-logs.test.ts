import { describe, expect, it } from 'vitest'
import { SERVICE_FAILURE_NEEDS } from '../../src/correlate/service-failures.ts'
import { LOCAL_SESSION_MANAGER, SERVICE_CONTROL_MANAGER, SESSION_MANAGER_OPERATIONAL } from '../../src/event/source.ts'
import type { WinEvent } from '../../src/event/win-event.ts'
import { allNeeds } from '../../src/scenarios/catalogue.ts'
import { tlsPolicyBlocksServer } from '../../src/scenarios/tls-policy-blocks-server.ts'
import { anything, authenticated, event, judge, replaceFailed, ticks, utf16Hex } from '../support/events.ts'

const end = anything('20:00')
const notStarted = (time: string) => event(LOCAL_SESSION_MANAGER, 17, time, { channel: SESSION_MANAGER_OPERATIONAL })
const stopped = (time: string, service = 'TermService') =>
  event(SERVICE_CONTROL_MANAGER, 7031, time, { binary: utf16Hex(`${service}\0`) })
const seen = (...events: readonly WinEvent[]) => judge([...events, end]).alsoSeen

describe('alsoInLogs()', () => {
  it('tells how often the service failed after RDP last worked, and when last', () => {
    expect(seen(stopped('09:00'), authenticated('10:00'), stopped('11:00'), notStarted('12:00'))).toEqual([
      { id: 'also.service-failed', params: { count: 2, last: ticks('12:00') } },
    ])
  })

  it('says nothing of other services, nor of failures that RDP outlived', () => {
    expect(seen(stopped('11:00', 'SharedAccess'))).toBeUndefined()
    expect(seen(stopped('09:00'), authenticated('10:00'))).toBeUndefined()
  })

  it('says nothing where a finding explains them', () => {
    expect(seen(replaceFailed('11:00'), stopped('11:00'), notStarted('12:00'))).toBeUndefined()
  })

  it('is scanned for whichever scenarios are asked', () => {
    const ids = allNeeds([tlsPolicyBlocksServer]).map(({ id }) => id)
    expect(ids).toEqual(expect.arrayContaining(SERVICE_FAILURE_NEEDS.map(({ id }) => id)))
  })
})
