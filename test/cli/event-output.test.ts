import { describe, expect, it } from 'vitest'
import { filterOf } from '../../src/cli/event-output.ts'
import { fakeTerminal } from '../support/fake-terminal.ts'
import { bulkyLog, evidenceOf, SCAN, UNWATCHED } from '../support/logs.ts'

async function filterFor(options: Parameters<typeof filterOf>[0]) {
  const notes: string[] = []
  const collection = await evidenceOf({ 'Vendor-Thing%4Admin.evtx': bulkyLog(1) })
  const watch = { ...UNWATCHED, onNote: (note: string) => void notes.push(note) }
  const filter = await filterOf(options, { collection, scan: SCAN, watch, terminal: fakeTerminal() }, 0)
  return { filter, notes }
}

describe('filterOf()', () => {
  it('adds what the short names of providers and channels stand for, and tells of it', async () => {
    const { filter, notes } = await filterFor({
      provider: ['RdpCoreTS', 'Schannel'],
      channel: ['Thing', 'SessionBroker'],
    })
    expect(filter.providers).toEqual(['RdpCoreTS', 'Microsoft-Windows-RemoteDesktopServices-RdpCoreTS', 'Schannel'])
    expect(filter.channels).toEqual([
      'Thing',
      'Vendor-Thing/Admin',
      'SessionBroker',
      'Microsoft-Windows-TerminalServices-SessionBroker/Operational',
    ])
    expect(notes[0]).toBe('"Thing" is taken for "Vendor-Thing/Admin" as well')
    expect(notes).toHaveLength(3)
  })
})
