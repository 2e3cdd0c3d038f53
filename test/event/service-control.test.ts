import { describe, expect, it } from 'vitest'
import { parseServiceEvent } from '../../src/event/service-control.ts'
import { SERVICE_CONTROL_MANAGER } from '../../src/event/source.ts'
import { event, named, utf16Hex } from '../support/events.ts'

describe('parseServiceEvent()', () => {
  it('takes key name and state of 7036 from Binary, whatever language the display name has', () => {
    const binary = utf16Hex('TermService/4\0')
    const data = named({ param1: 'Services Bureau à distance', param2: 'en cours d’exécution' })
    expect(parseServiceEvent(event(SERVICE_CONTROL_MANAGER, 7036, '10:00', { data, binary }))).toEqual({
      service: 'TermService',
      displayName: 'Services Bureau à distance',
      state: 4,
    })
  })

  it('takes the bare key name of a failure from Binary', () => {
    const binary = utf16Hex('MSSQL$MICROSOFT##WID\0')
    expect(parseServiceEvent(event(SERVICE_CONTROL_MANAGER, 7024, '10:00', { binary })).service).toBe(
      'MSSQL$MICROSOFT##WID',
    )
  })

  it('takes the error of a failure from param2, and none where that says something else', () => {
    const data = named({ param1: 'Remote Desktop Services', param2: '%%5' })
    expect(parseServiceEvent(event(SERVICE_CONTROL_MANAGER, 7023, '10:00', { data })).error).toBe('%%5')
    expect(parseServiceEvent(event(SERVICE_CONTROL_MANAGER, 7031, '10:00', { data }))).not.toHaveProperty('error')
  })

  it('takes the key name of 7040 from param4', () => {
    const data = named({
      param1: 'Remote Desktop Services',
      param2: 'demand start',
      param3: 'disabled',
      param4: 'TermService',
    })
    expect(parseServiceEvent(event(SERVICE_CONTROL_MANAGER, 7040, '10:00', { data })).service).toBe('TermService')
  })

  it('names no service without Binary, or with one that is no text', () => {
    expect(parseServiceEvent(event(SERVICE_CONTROL_MANAGER, 7031, '10:00')).service).toBeUndefined()
    expect(parseServiceEvent(event(SERVICE_CONTROL_MANAGER, 7031, '10:00', { binary: 'XYZ' })).service).toBeUndefined()
  })
})
