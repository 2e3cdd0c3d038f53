import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { matchNotes } from '../../src/cli/event-notes.ts'
import { main } from '../../src/cli/main.ts'
import { fakeTerminal, worldOf } from '../support/fake-terminal.ts'

const stats = { files: 2, bytes: 1, threads: 1, records: 1200, decoded: 0 }
const seen = {
  computers: ['RDS05.contoso.com'],
  volumes: [],
  nameless: 0,
  channels: ['Microsoft-Windows-X/Operational', 'System'],
  providers: [
    'EventLog',
    'Microsoft-Windows-RemoteDesktopServices-RdpCoreTS',
    'Microsoft-Windows-TerminalServices-SessionBroker-Client',
    'Schannel',
  ],
}

describe('matchNotes()', () => {
  it('tells that nothing matched, of how many', () => {
    expect(matchNotes({}, { stats, seen })).toEqual(['0 of 1,200 records matched'])
    expect(matchNotes({ channel: ['system'] }, { stats: { ...stats, records: 1 }, seen })).toEqual([
      '0 of 1 record matched',
    ])
  })

  it('names the channel that was meant, or those there are', () => {
    expect(matchNotes({ channel: ['Systm', 'Quite-Another', 'Operational'] }, { stats, seen })).toEqual([
      '0 of 1,200 records matched',
      'No record here is of the channel "Systm": did you mean "System"?',
      'No record here is of the channel "Quite-Another": there are Microsoft-Windows-X/Operational, System',
      'No record here is of the channel "Operational": did you mean "Microsoft-Windows-X/Operational"?',
    ])
  })

  it('names the provider that was meant: by its end, a part of it, or its spelling', () => {
    const hintOf = (provider: string) => matchNotes({ provider: [provider] }, { stats, seen })[1]
    expect(hintOf('rdpcorets')).toBeUndefined()
    expect(hintOf('RemoteDesktopServices')).toMatch(
      /did you mean "Microsoft-Windows-RemoteDesktopServices-RdpCoreTS"\?$/,
    )
    expect(hintOf('SessionBroker')).toMatch(/did you mean "Microsoft-Windows-TerminalServices-SessionBroker-Client"\?$/)
    expect(hintOf('Schanel')).toMatch(/did you mean "Schannel"\?$/)
    expect(hintOf('RdpCoreT')).toMatch(/RdpCoreTS"\?$/)
    expect(hintOf('schannel')).toBeUndefined()
  })

  it('says nothing of providers where event ids are asked too: a scan sees those of these ids alone', () => {
    const asked = { provider: ['Another'], channel: ['Systm'], eventId: [{ first: 1, last: 1 }] }
    expect(matchNotes(asked, { stats, seen })).toEqual([
      '0 of 1,200 records matched',
      'No record here is of the channel "Systm": did you mean "System"?',
    ])
    expect(matchNotes({ ...asked, eventId: [] }, { stats, seen })).toHaveLength(3)
  })

  it('does not deny the Schannel records of a sample when none has the ids', async () => {
    const terminal = fakeTerminal()
    const sample = fileURLToPath(new URL('../../samples/key-denied/', import.meta.url))
    const args = ['dump', '--provider', 'Schannel', '--event-id', '1,12,13', sample, '--threads', '1']
    expect(await main(args, worldOf(terminal))).toBe(0)
    expect(terminal.error()).toMatch(/0 of \d+ records matched/)
    expect(terminal.error()).not.toContain('No record here')
  })

  it('tells how many records lost what was asked for', () => {
    expect(matchNotes({ computer: ['RDS05'] }, { stats, seen: { ...seen, nameless: 1_200 } })).toEqual([
      '0 of 1,200 records matched',
      '1,200 records were left out because the computer is lost in them',
    ])
    expect(
      matchNotes({ channel: ['System'], provider: ['Schannel'] }, { stats, seen: { ...seen, nameless: 1 } })[1],
    ).toBe('1 record was left out because the channel or provider is lost in it')
  })

  it('warns of a name that no record bears although others matched', () => {
    const some = { stats: { ...stats, decoded: 1 }, seen }
    expect(matchNotes({ channel: ['System', 'Systm'] }, some)).toEqual([
      '1 of 1,200 records matched',
      'No record here is of the channel "Systm": did you mean "System"?',
    ])
  })

  it('finds the records of a sample by short names of channels and computers', async () => {
    const told = async (...args: readonly string[]) => {
      const terminal = fakeTerminal()
      const sample = fileURLToPath(new URL('../../samples/key-denied/', import.meta.url))
      expect(await main(['timeline', ...args, sample, '--threads', '1'], worldOf(terminal))).toBe(0)
      return { rows: terminal.out().split('\r\n').length - 2, error: terminal.error() }
    }
    const whole = await told('--channel', 'Microsoft-Windows-TerminalServices-RemoteConnectionManager/Operational')
    const short = await told('--channel', 'RemoteConnectionManager,Systm', '--computer', 'rds05')
    expect(short.rows).toBe(whole.rows)
    expect(short.rows).toBeGreaterThan(0)
    expect(short.error).toContain('No record here is of the channel "Systm": did you mean "System"?')
    const label = await told('--computer', 'key-denied')
    expect(label.error).toMatch(/0 of \d+ records matched[\s\S]*in its records there is RDS05\.contoso\.com/)
  })

  it('is silent when nothing was asked, and when there was no record', () => {
    expect(matchNotes({}, { stats: { ...stats, decoded: 1_200 } })).toEqual([])
    expect(matchNotes({}, { stats: { ...stats, records: 0 }, seen })).toEqual([])
  })
})
