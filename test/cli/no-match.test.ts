import { describe, expect, it } from 'vitest'
import { noMatchNotes } from '../../src/cli/no-match.ts'

const stats = { files: 2, bytes: 1, threads: 1, records: 1200, decoded: 0 }
const seen = {
  channels: ['Microsoft-Windows-X/Operational', 'System'],
  providers: [
    'EventLog',
    'Microsoft-Windows-RemoteDesktopServices-RdpCoreTS',
    'Microsoft-Windows-TerminalServices-SessionBroker-Client',
    'Schannel',
  ],
}

describe('noMatchNotes()', () => {
  it('tells that nothing matched, of how many', () => {
    expect(noMatchNotes({}, { stats, seen })).toEqual(['0 of 1,200 records matched'])
    expect(noMatchNotes({ channel: ['system'] }, { stats: { ...stats, records: 1 }, seen })).toEqual([
      '0 of 1 record matched',
    ])
  })

  it('names the channel that was meant, or those there are', () => {
    expect(noMatchNotes({ channel: ['Systm', 'Quite-Another', 'X'] }, { stats, seen })).toEqual([
      '0 of 1,200 records matched',
      'No record here is of the channel "Systm": did you mean "System"?',
      'No record here is of the channel "Quite-Another": there are Microsoft-Windows-X/Operational, System',
      'No record here is of the channel "X": did you mean "Microsoft-Windows-X/Operational"?',
    ])
  })

  it('names the provider that was meant: by its end, a part of it, or its spelling', () => {
    const hintOf = (provider: string) => noMatchNotes({ provider: [provider] }, { stats, seen })[1]
    expect(hintOf('rdpcorets')).toMatch(/did you mean "Microsoft-Windows-RemoteDesktopServices-RdpCoreTS"\?$/)
    expect(hintOf('SessionBroker')).toMatch(/did you mean "Microsoft-Windows-TerminalServices-SessionBroker-Client"\?$/)
    expect(hintOf('Schanel')).toMatch(/did you mean "Schannel"\?$/)
    expect(hintOf('RdpCoreT')).toMatch(/RdpCoreTS"\?$/)
    expect(hintOf('schannel')).toBeUndefined()
  })

  it('is silent when a record matched, and when there was none', () => {
    expect(noMatchNotes({ channel: ['Systm'] }, { stats: { ...stats, decoded: 1 }, seen })).toEqual([])
    expect(noMatchNotes({}, { stats: { ...stats, records: 0 } })).toEqual([])
  })
})
