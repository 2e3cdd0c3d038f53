import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findEvidence } from '../../src/evidence/find-logs.ts'
import { hiveBytes } from '../../src/evidence/hive-bytes.ts'
import { LOG_HEAD, plant, temporaryFolder } from '../support/temporary-folder.ts'
import { type EntryDescription, zipBytes, zipOf } from '../support/zip-bytes.ts'

type Files = Readonly<Record<string, Uint8Array>>

const REGF = Buffer.concat([Buffer.from('regf'), Buffer.alloc(4092, 7)])
const VOLUME: Files = { 'Windows/System32/winevt/Logs/System.evtx': LOG_HEAD }
const WHOLE: Files = { ...VOLUME, 'Windows/System32/ntdll.dll': Buffer.from('MZ') }
const CONFIG = 'Windows/System32/config'
const CRYPTO = 'ProgramData/Microsoft/Crypto'

const asFolder = (files: Files) => plant(temporaryFolder(), files)
const asZip = (files: Files) => join(plant(temporaryFolder(), { 'a.zip': zipOf(files) }), 'a.zip')

async function machineIn(place: string) {
  const { roots } = await findEvidence([place])
  const machine = roots.at(-1)?.machine
  const hive = (name: string) => machine?.hives.find((each) => each.hive === name)
  const keys = (id: string) => machine?.keyFolders.find((each) => each.id === id)
  return { roots, hive, keys }
}

describe.each([
  ['a folder', asFolder],
  ['a zip', asZip],
])('the machine beside the logs, in %s', (_, place) => {
  it('has the hives of a volume with their logs, in any letter case', async () => {
    const { hive } = await machineIn(
      place({
        ...VOLUME,
        'Windows/System32/CONFIG/system': REGF,
        'Windows/System32/CONFIG/system.log1': REGF,
        'Windows/System32/CONFIG/SYSTEM.LOG2': REGF,
        'Windows/System32/CONFIG/SOFTWARE': REGF,
        'Windows/System32/CONFIG/SOFTWARE.LOG2': REGF,
      }),
    )
    expect(hive('SYSTEM')).toMatchObject({ state: 'present', name: expect.stringMatching(/CONFIG\/system$/) })
    expect(hive('SYSTEM')?.logs).toHaveLength(2)
    expect(hive('SOFTWARE')?.logs).toHaveLength(1)
  })

  it('calls absent only what a whole volume lacks, and the rest not collected', async () => {
    for (const [files, state] of [
      [VOLUME, 'not-collected'],
      [{ ...VOLUME, [`${CONFIG}/SAM`]: REGF, [`${CRYPTO}/RSA/S-1-5-18/key`]: REGF }, 'not-collected'],
      [WHOLE, 'absent'],
      [{ ...WHOLE, [`${CONFIG}/SAM`]: REGF, [`${CRYPTO}/RSA/S-1-5-18/key`]: REGF }, 'absent'],
    ] as const) {
      const { hive, keys } = await machineIn(place(files))
      expect([hive('SYSTEM')?.state, hive('SOFTWARE')?.state]).toEqual([state, state])
      expect([keys('machine-keys')?.state, keys('crypto-keys')?.state]).toEqual([state, state])
      expect(hive('SYSTEM')?.reason).toBeTruthy()
    }
  })

  it('calls a hive unreadable that is empty or begins as something else', async () => {
    const files = { ...WHOLE, [`${CONFIG}/SYSTEM`]: Buffer.alloc(0), [`${CONFIG}/SOFTWARE`]: Buffer.from('hello') }
    const { hive } = await machineIn(place(files))
    expect(hive('SYSTEM')).toMatchObject({ state: 'unreadable', reason: expect.stringContaining('0 bytes') })
    expect(hive('SOFTWARE')).toMatchObject({ state: 'unreadable', reason: expect.stringContaining('regf') })
    expect(hive('SYSTEM')?.source).toBeUndefined()
  })

  it('lists the key files of both folders, by name, with sizes', async () => {
    const { keys } = await machineIn(
      place({
        ...VOLUME,
        [`${CRYPTO}/RSA/MachineKeys/f686aace_b`]: Buffer.alloc(20),
        [`${CRYPTO}/RSA/MachineKeys/76944fb3_a`]: Buffer.alloc(10),
        [`${CRYPTO}/Keys/x`]: Buffer.alloc(5),
      }),
    )
    expect(keys('machine-keys')).toMatchObject({
      state: 'present',
      files: [
        { name: '76944fb3_a', size: 10 },
        { name: 'f686aace_b', size: 20 },
      ],
    })
    expect(keys('crypto-keys')?.files).toEqual([{ name: 'x', size: 5 }])
  })

  it('gives loose logs and the hives in their folder a root of their own', async () => {
    const { roots, hive, keys } = await machineIn(
      place({
        'a/System.evtx': LOG_HEAD,
        'b/System.evtx': LOG_HEAD,
        'b/system.hiv': REGF,
        'b/SYSTEM.LOG1': REGF,
        'c/SOFTWARE': REGF,
      }),
    )
    expect(roots.map(({ kind, machine }) => [kind, machine !== undefined])).toEqual([
      ['loose', false],
      ['loose', true],
    ])
    expect(roots[1]?.path).toMatch(/\/b$/)
    expect(hive('SYSTEM')?.state).toBe('present')
    expect(hive('SOFTWARE')?.state).toBe('not-collected')
    expect(keys('machine-keys')?.state).toBe('not-collected')
  })

  it('takes no other file for a hive because of its name', async () => {
    const { roots } = await machineIn(place({ 'System.evtx': LOG_HEAD, SYSTEM: Buffer.from('hello') }))
    expect(roots).toEqual([{ kind: 'loose', path: expect.any(String), label: '' }])
  })

  it('gives the bytes of a hive where they are asked for', async () => {
    const { hive } = await machineIn(place({ ...VOLUME, [`${CONFIG}/SYSTEM`]: REGF }))
    const bytes = await hiveBytes(hive('SYSTEM')!.source!)
    expect(bytes.size).toBe(4096)
    expect(Buffer.from(bytes.read(2, 4))).toEqual(Buffer.from([0x67, 0x66, 7, 7]))
    expect(bytes.read(4090, 100)).toHaveLength(6)
    expect(bytes.read(5000, 100)).toHaveLength(0)
    bytes.close()
  })
})

describe('the machine beside the logs', () => {
  it('has the path of a key folder on this file system, and none in a zip', async () => {
    const files = { ...VOLUME, [`${CRYPTO}/Keys/x`]: Buffer.alloc(5) }
    const folder = asFolder(files)
    expect((await machineIn(folder)).keys('crypto-keys')?.path).toBe(join(folder, CRYPTO, 'Keys'))
    expect((await machineIn(asZip(files))).keys('crypto-keys')).not.toHaveProperty('path')
  })

  it('lists so many key files and says how many there are', async () => {
    const entries: EntryDescription[] = [{ name: Object.keys(VOLUME)[0]!, data: LOG_HEAD }]
    const data = Buffer.alloc(1)
    for (let i = 0; i < 20_001; i++)
      entries.push({ name: `${CRYPTO}/Keys/${String(i).padStart(5, '0')}`, data, method: 0 })
    const place = join(plant(temporaryFolder(), { 'a.zip': zipBytes(entries) }), 'a.zip')
    const keys = (await machineIn(place)).keys('crypto-keys')
    expect(keys?.files).toHaveLength(20_000)
    expect(keys?.reason).toContain('20001 files')
  })

  it("always lists the listener's key, however many files there are", async () => {
    const own = 'F686aace6942fb7f7ceb231212eef4a4_0cd83c84-1b0c-4b5a-8f4b-7f8b1c2d3e4f'
    const entries: EntryDescription[] = [{ name: Object.keys(VOLUME)[0]!, data: LOG_HEAD }]
    const names = [...Array.from({ length: 20_000 }, (_, i) => String(i).padStart(5, '0')), own]
    for (const name of names)
      entries.push({ name: `${CRYPTO}/RSA/MachineKeys/${name}`, data: Buffer.alloc(1), method: 0 })
    const place = join(plant(temporaryFolder(), { 'a.zip': zipBytes(entries) }), 'a.zip')
    const keys = (await machineIn(place)).keys('machine-keys')
    expect(keys?.files).toHaveLength(20_000)
    expect(keys?.files.map(({ name }) => name)).toContain(own)
  })

  it('takes an empty key folder of a copy for one that was not collected, and that of a whole volume as it is', async () => {
    for (const [files, state] of [
      [VOLUME, 'not-collected'],
      [WHOLE, 'present'],
    ] as const) {
      const folder = asFolder(files)
      mkdirSync(join(folder, CRYPTO, 'RSA/MachineKeys'), { recursive: true })
      expect((await machineIn(folder)).keys('machine-keys')).toMatchObject({ state, files: [] })
    }
  })

  it.skipIf(process.getuid?.() === 0)('calls unreadable what may not be listed', async () => {
    const folder = asFolder({ ...WHOLE, [`${CRYPTO}/Keys/x`]: Buffer.alloc(5) })
    chmodSync(join(folder, CRYPTO), 0)
    const { keys } = await machineIn(folder)
    chmodSync(join(folder, CRYPTO), 0o755)
    expect(keys('crypto-keys')).toMatchObject({
      state: 'unreadable',
      reason: expect.stringContaining('access is denied'),
    })
  })

  it('gives no bytes of a hive that does not come out whole', async () => {
    const name = `${CONFIG}/SYSTEM`
    const entries = [
      { name: Object.keys(VOLUME)[0]!, data: LOG_HEAD },
      { name, data: REGF, says: { crc32: 1 } },
    ]
    const place = join(plant(temporaryFolder(), { 'a.zip': zipBytes(entries) }), 'a.zip')
    const { hive } = await machineIn(place)
    await expect(hiveBytes(hive('SYSTEM')!.source!)).rejects.toThrow('checksum')
  })
})
