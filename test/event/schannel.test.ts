import { describe, expect, it } from 'vitest'
import { parseSchannel, renderAlert } from '../../src/event/schannel.ts'
import { credentialFailed, event, keyUnusable, named } from '../support/events.ts'

describe('parseSchannel()', () => {
  it.each([
    ['server', 'server'],
    ['Serveur', 'server'],
    ['%%36993', 'server'],
    ['サーバー', 'server'],
    ['client', 'client'],
    ['%%36992', 'client'],
    ['клиента', 'client'],
    ['palvelin', 'unknown'],
    ['', 'unknown'],
  ])('reads Type %j as %s', (type, side) => {
    expect(parseSchannel(credentialFailed('10:00', { Type: type })).side).toBe(side)
  })

  it('takes the error state of 36870 from ErrorStatus and its code from ErrorCode', () => {
    expect(parseSchannel(keyUnusable('10:00'))).toMatchObject({ state: 10001, status: { hex: '0x8009030D' } })
  })

  it('reads a caller with its path and service tag', () => {
    const fields = {
      CallerProcessId: '1234',
      CallerProcessImageName: 'C:\\Windows\\System32\\svchost.exe[TermService]',
    }
    expect(parseSchannel(credentialFailed('10:00', fields)).caller).toEqual({
      processId: 1234,
      image: 'svchost.exe',
      service: 'TermService',
    })
  })

  it('has no caller where the build writes none, or wrote process 0', () => {
    expect(parseSchannel(credentialFailed('10:00')).caller).toBeUndefined()
    expect(parseSchannel(credentialFailed('10:00', { CallerProcessId: '0' })).caller).toBeUndefined()
  })

  it('has no number where the field is none', () => {
    expect(parseSchannel(credentialFailed('10:00', { ErrorState: 'ten' })).state).toBeUndefined()
  })

  it('reads the alert of 36888', () => {
    expect(parseSchannel(event('Schannel', 36888, '10:00', { data: named({ AlertDesc: '70' }) })).alert).toBe(70)
  })
})

it('renderAlert() names an alert, and shows one without a name as a number', () => {
  expect(renderAlert(40)).toBe('40 handshake failure')
  expect(renderAlert(199)).toBe('199')
})
