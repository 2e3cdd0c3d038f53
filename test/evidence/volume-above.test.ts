import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findEvidence } from '../../src/evidence/find-logs.ts'
import { LOG_HEAD, plant, temporaryFolder } from '../support/temporary-folder.ts'

const LOGS = 'WINDOWS/System32/winevt/Logs'
const SYSTEM = { 'WINDOWS/System32/config/SYSTEM': 'regf' }

async function above(...paths: string[]) {
  const { volumesAbove = [] } = await findEvidence(paths)
  return volumesAbove.map(({ given, volume }) => [given, volume])
}

describe('volumeAbove()', () => {
  it('names the volume of a part that was given, once, and not when it was given too', async () => {
    const disk = plant(temporaryFolder(), { ...SYSTEM, [`${LOGS}/System.evtx`]: LOG_HEAD })
    for (const part of [LOGS, `${LOGS}/System.evtx`, 'WINDOWS/System32', 'WINDOWS']) {
      expect(await above(`${disk}/${part}`)).toEqual([[`${disk}/${part}`, disk]])
    }
    expect(await above(`${disk}/${LOGS}`, `${disk}/WINDOWS`)).toEqual([[`${disk}/${LOGS}`, disk]])
    expect(await above(disk, `${disk}/${LOGS}`)).toEqual([])
    expect(await above(`${disk}/${LOGS}`, disk)).toEqual([])
  })

  it('calls the volume by its real path where the typed one does not lead through it', async () => {
    const disk = plant(temporaryFolder(), { ...SYSTEM, [`${LOGS}/System.evtx`]: LOG_HEAD })
    const link = join(temporaryFolder(), 'logs')
    symlinkSync(`${disk}/${LOGS}`, link)
    const [told] = await above(link)
    expect(told).toEqual([link, expect.stringContaining(disk.split('/').at(-1)!)])
  })

  it('minds neither a volume without a hive nor a case that lies beside the Windows folder of a disk', async () => {
    const bare = plant(temporaryFolder(), { [`${LOGS}/System.evtx`]: LOG_HEAD })
    expect(await above(`${bare}/${LOGS}`)).toEqual([])
    const disk = plant(temporaryFolder(), { ...SYSTEM, 'cases/System.evtx': LOG_HEAD })
    expect(await above(`${disk}/cases`)).toEqual([])
  })
})
