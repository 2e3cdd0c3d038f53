import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findEvidence } from '../../src/evidence/find-logs.ts'
import type { Machine } from '../../src/evidence/machine.ts'
import { machineFacts } from '../../src/scan/machine-facts.ts'
import { hiveOf, LISTENER_KEY_FILE, MACHINE_GUID, SELECT } from '../support/machine.ts'
import { plant, temporaryFolder } from '../support/temporary-folder.ts'

const CONFIG = 'Windows/System32/config'
const KEYS = 'ProgramData/Microsoft/Crypto/RSA/MachineKeys'
const system = hiveOf({ ...SELECT, 'ControlSet001\\Services\\TermService': { Start: 4 } })
const software = hiveOf({ 'Microsoft\\Cryptography': { MachineGuid: MACHINE_GUID } })

async function machineIn(files: Readonly<Record<string, string | Uint8Array>>): Promise<Machine> {
  const folder = plant(temporaryFolder(), { 'Windows/System32/ntdll.dll': '', ...files })
  const { roots } = await findEvidence([folder])
  const machine = roots[0]?.machine
  if (!machine) throw new Error('No machine was found')
  return machine
}

describe('machineFacts()', () => {
  it('reads hives, finds the key file, and reads who may read it and its folder', async () => {
    const machine = await machineIn({
      [`${CONFIG}/SYSTEM`]: system,
      [`${CONFIG}/SOFTWARE`]: software,
      [`${KEYS}/${LISTENER_KEY_FILE}`]: 'key',
    })
    const asked: string[] = []
    const facts = await machineFacts(machine, {
      readAccess: async (path) => {
        asked.push(path)
        return { state: 'present', sddl: 'O:SYG:SYD:P(A;;FA;;;SY)' }
      },
    })
    expect(facts.number('service.TermService.start')).toBe(4)
    expect(facts.text('hive.system')).toBe('clean')
    expect(facts.text('key-file.listener.network-service')).toBe('denied')
    const folder = machine.keyFolders.find(({ id }) => id === 'machine-keys')?.path ?? ''
    expect(asked).toEqual([folder, join(folder, LISTENER_KEY_FILE)].map((path) => expect.stringContaining(path)))
    expect(facts.fact('key-folder.crypto-keys')).toMatchObject({ state: 'absent' })
  })

  it('tells a hive that cannot be read from one that is not there', async () => {
    const machine = await machineIn({ [`${CONFIG}/SYSTEM`]: Buffer.concat([Buffer.from('regf'), Buffer.alloc(100)]) })
    const facts = await machineFacts(machine)
    expect(facts.fact('hive.system')).toMatchObject({ state: 'unreadable', reason: expect.any(String) })
    expect(facts.fact('service.TermService.start')).toMatchObject({ state: 'unreadable' })
    expect(facts.fact('hive.software')).toMatchObject({ state: 'absent' })
    expect(facts.fact('machine.guid')).toMatchObject({ state: 'not-collected' })
  })

  it('ends when it is told to', async () => {
    const machine = await machineIn({ [`${CONFIG}/SYSTEM`]: system })
    await expect(machineFacts(machine, { signal: AbortSignal.abort(new Error('stopped')) })).rejects.toThrow('stopped')
  })
})
