import { describe, expect, it } from 'vitest'
import { groupHosts, type HostGroup } from '../../src/correlate/hosts.ts'
import { findEvidence } from '../../src/evidence/find-logs.ts'
import { hostDisks } from '../../src/scan/host-facts.ts'
import { anything, partsOf } from '../support/events.ts'
import { hiveOf, SELECT } from '../support/machine.ts'
import { LOG_HEAD, plant, temporaryFolder } from '../support/temporary-folder.ts'

const { signal } = new AbortController()
const TCPIP = 'ControlSet001\\Services\\Tcpip\\Parameters'
const systemOf = (name: string) => hiveOf({ ...SELECT, [TCPIP]: { Hostname: name } })

/** The names of the hosts that have a disk, of computers whose logs lie in one root. */
async function owners(kind: 'volume' | 'loose', files: Readonly<Record<string, Uint8Array>>, ...computers: string[]) {
  const collection = await findEvidence([plant(temporaryFolder(), files)])
  const root = collection.roots.findIndex((each) => each.kind === kind && each.machine !== undefined)
  const parts = partsOf(
    computers.map((computer) => anything('10:00', { computer, file: `${computer}.evtx` })),
    { root, rootKind: kind, rootLabel: '' },
  )
  const groups: readonly HostGroup[] = groupHosts(parts, [], [])
  return [...(await hostDisks(groups, collection, { signal })).keys()].map(({ host }) => host)
}

const loose = (name: string) => ({ 'System.evtx': LOG_HEAD, SYSTEM: systemOf(name) })

describe('hostDisks()', () => {
  it("gives a volume's disk to the volume, whatever its records call it", async () => {
    const volume = { 'Windows/System32/winevt/Logs/System.evtx': LOG_HEAD }
    const files = { ...volume, 'Windows/System32/config/SYSTEM': systemOf('RDS02') }
    expect(await owners('volume', files, 'RDS01')).toHaveLength(1)
    expect(await owners('volume', volume, 'RDS01')).toEqual([])
  })

  it('gives loose hives to the host of that name, and to no other', async () => {
    expect(await owners('loose', loose('rds02'), 'RDS01', 'RDS02.contoso.local')).toEqual(['RDS02.contoso.local'])
    expect(await owners('loose', loose('RDS01'), 'RDS01')).toEqual(['RDS01'])
    expect(await owners('loose', loose('RDS03'), 'RDS01', 'RDS02')).toEqual([])
    expect(await owners('loose', loose('RDS03'), 'RDS01')).toEqual([])
  })

  it('takes the one host beside a hive that says no name', async () => {
    expect(await owners('loose', { 'System.evtx': LOG_HEAD, SYSTEM: hiveOf(SELECT) }, 'RDS01')).toEqual(['RDS01'])
  })

  it('ends when it is told to', async () => {
    const collection = await findEvidence([plant(temporaryFolder(), loose('RDS01'))])
    await expect(hostDisks([], collection, { signal: AbortSignal.abort(new Error('stopped')) })).rejects.toThrow(
      'stopped',
    )
  })
})
