import { describe, expect, it } from 'vitest'
import { filterOf } from '../../src/cli/event-output.ts'
import { fakeTerminal } from '../support/fake-terminal.ts'
import { bulkyLog, evidenceOf, SCAN, UNWATCHED } from '../support/logs.ts'

describe('filterOf()', () => {
  it('passes names on as they were given, and asks nothing where nothing was', async () => {
    const collection = await evidenceOf({ 'System.evtx': bulkyLog(1) })
    const reading = { collection, scan: SCAN, watch: UNWATCHED, terminal: fakeTerminal() }
    const filter = await filterOf({ provider: ['RdpCoreTS', 'Schannel'], channel: ['Thing'] }, reading, 0)
    expect(filter).toEqual({
      channels: ['Thing'],
      providers: ['RdpCoreTS', 'Schannel'],
      eventIds: [],
      levels: [],
      computers: [],
    })
  })
})
