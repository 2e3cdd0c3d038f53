import { describe, expect, it } from 'vitest'
import { CHANNELS, PROVIDERS } from '../../src/event/source.ts'
import { longName } from '../../src/query/short-names.ts'

describe('longName()', () => {
  it.each([
    ['RdpCoreTS', 'Microsoft-Windows-RemoteDesktopServices-RdpCoreTS'],
    ['TerminalServices-RemoteConnectionManager', 'Microsoft-Windows-TerminalServices-RemoteConnectionManager'],
    ['remoteconnectionmanager', 'Microsoft-Windows-TerminalServices-RemoteConnectionManager'],
    ['LocalSessionManager', 'Microsoft-Windows-TerminalServices-LocalSessionManager'],
    ['SessionBroker', 'Microsoft-Windows-TerminalServices-SessionBroker'],
  ])('takes %s for the provider and the channel that it ends', (word, long) => {
    expect(longName(word, PROVIDERS)).toBe(long)
    expect(longName(word, CHANNELS)).toBe(`${long}/Operational`)
    expect(longName(`${word}/Operational`, CHANNELS)).toBe(`${long}/Operational`)
  })

  it('leaves a whole name, one that ends several and one that ends none as they are', () => {
    expect(longName('schannel', PROVIDERS)).toBeUndefined()
    expect(
      longName('RdpCoreTS', [...CHANNELS, 'Microsoft-Windows-RemoteDesktopServices-RdpCoreTS/Admin']),
    ).toBeUndefined()
    expect(longName('CoreTS', PROVIDERS)).toBeUndefined()
    expect(longName('', PROVIDERS)).toBeUndefined()
  })
})
