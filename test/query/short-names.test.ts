import { describe, expect, it } from 'vitest'
import { CHANNELS, PROVIDERS } from '../../src/event/source.ts'
import { isComputer, isNamed } from '../../src/query/short-names.ts'

const RDP_CORE_ADMIN = 'Microsoft-Windows-RemoteDesktopServices-RdpCoreTS/Admin'
const named = (word: string, names: readonly string[]) => names.filter((name) => isNamed(name, word))

describe('isNamed()', () => {
  it.each([
    ['RdpCoreTS', 'Microsoft-Windows-RemoteDesktopServices-RdpCoreTS'],
    ['TerminalServices-RemoteConnectionManager', 'Microsoft-Windows-TerminalServices-RemoteConnectionManager'],
    ['remoteconnectionmanager', 'Microsoft-Windows-TerminalServices-RemoteConnectionManager'],
    ['LocalSessionManager', 'Microsoft-Windows-TerminalServices-LocalSessionManager'],
    ['SessionBroker', 'Microsoft-Windows-TerminalServices-SessionBroker'],
  ])('takes %s for the provider and the channel that it ends', (word, long) => {
    expect(named(word, PROVIDERS)).toEqual([long])
    expect(named(word, CHANNELS)).toEqual([`${long}/Operational`])
    expect(named(`${word}/Operational`, CHANNELS)).toEqual([`${long}/Operational`])
  })

  it('takes all channels that a short name names', () => {
    const channels = [...CHANNELS, RDP_CORE_ADMIN]
    expect(named('RdpCoreTS', channels)).toHaveLength(2)
    expect(named('RdpCoreTS/Admin', channels)).toEqual([RDP_CORE_ADMIN])
  })

  it('takes a known whole name for itself alone', () => {
    expect(named('eventlog', PROVIDERS)).toEqual(['EventLog'])
    expect(named('schannel', [...PROVIDERS, 'Vendor-Schannel'])).toEqual(['Schannel'])
    expect(named('System', ['System', 'Vendor-System/Admin'])).toEqual(['System'])
    expect(named('CoreTS', PROVIDERS)).toEqual([])
    expect(named('', [...PROVIDERS, ''])).toEqual([''])
  })
})

describe('isComputer()', () => {
  it('takes a name without a domain for that computer in any', () => {
    expect(isComputer('RDS05.contoso.com', 'rds05')).toBe(true)
    expect(isComputer('RDS05', 'rds05')).toBe(true)
    expect(isComputer('RDS05.contoso.com', 'RDS05.contoso.com')).toBe(true)
    expect(isComputer('RDS05.contoso.com', 'RDS05.contoso')).toBe(false)
    expect(isComputer('RDS051.contoso.com', 'RDS05')).toBe(false)
    expect(isComputer('.contoso.com', '')).toBe(false)
  })
})
