import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readZipDirectory } from '../../src/evidence/zip-directory.ts'
import { LOG_HEAD, plant, temporaryFolder } from '../support/temporary-folder.ts'
import { type EntryDescription, zipBytes, zipOf } from '../support/zip-bytes.ts'

function planted(bytes: Uint8Array): string {
  return join(plant(temporaryFolder(), { 'a.zip': bytes }), 'a.zip')
}

function directoryOf(...entries: EntryDescription[]) {
  return readZipDirectory(planted(zipBytes(entries)))
}

const data = LOG_HEAD
const sound: EntryDescription = { name: 'sound.evtx', data }

/** What is said of an entry that stands before a sound one, which is never harmed by it. */
async function refusalOf(entry: Partial<EntryDescription>): Promise<string | undefined> {
  const { entries } = await directoryOf({ name: 'bad.evtx', data, ...entry }, sound)
  expect(entries.at(-1)).toMatchObject({ name: 'sound.evtx' })
  expect(entries.at(-1)).not.toHaveProperty('refusal')
  return entries.find(({ name }) => name === 'bad.evtx')?.refusal
}

describe('readZipDirectory()', () => {
  it('names the files, not the folders, with sizes and how they are packed', async () => {
    const stored = { name: 'a/stored.evtx', data, method: 0 }
    const folder = { name: 'a/', data: new Uint8Array(0), method: 0 }
    const { entries, misplaced, complaint } = await directoryOf(folder, stored, { ...sound, name: './b//x.evtx' })
    expect(entries).toMatchObject([
      { name: 'a/stored.evtx', size: 4096, source: { kind: 'stored', packedSize: 4096 } },
      { name: 'b/x.evtx', size: 4096, source: { kind: 'deflated', size: 4096 } },
    ])
    expect([misplaced, complaint]).toEqual([[], undefined])
  })

  it('takes the backslashes of old PowerShell for what they mean', async () => {
    const { entries } = await directoryOf({ name: 'Windows\\System32\\x.evtx', data })
    expect(entries[0]?.name).toBe('Windows/System32/x.evtx')
  })

  it('reads sizes from zip64 fields and a zip64 end', async () => {
    const bytes = zipBytes(
      [
        { ...sound, zip64: true },
        { name: 'plain', data },
      ],
      { zip64: true },
    )
    const { entries } = await readZipDirectory(planted(bytes))
    expect(entries.map(({ name, size }) => [name, size])).toEqual([
      ['sound.evtx', 4096],
      ['plain', 4096],
    ])
  })

  it.each([
    ['encrypted', { flags: 1 }, 'encrypted'],
    ['packed with Deflate64', { method: 9 }, 'Deflate64'],
    ['packed in an unknown way', { method: 12 }, 'method 12'],
    ['stored with two sizes', { method: 0, says: { size: 9 } }, 'stores it as it is'],
    ['behind the end of the zip', { says: { packedSize: 1e9 } }, 'ends before'],
    ['promised larger than deflate can pack', { says: { size: 4_000_000_000 } }, 'burst'],
    ['placed on the bytes of another', { says: { headerOffset: 60 } }, 'another entry'],
    ['said to reach over the next one', { says: { packedSize: 90 } }, 'another entry'],
  ])('refuses an entry that is %s, and no other', async (_, entry, reason) => {
    expect(await refusalOf(entry)).toContain(reason)
  })

  it('lets the densest honest entry through: a log of zeros', async () => {
    expect(await refusalOf({ data: new Uint8Array(20_000_000) })).toBeUndefined()
  })

  it('refuses all but one of the entries that share their bytes', async () => {
    const share = { says: { headerOffset: 0 } }
    const { entries } = await directoryOf(sound, { name: '2', data, ...share }, { name: '3', data, ...share })
    expect(entries.map(({ refusal }) => refusal !== undefined)).toEqual([false, true, true])
  })

  it.each([
    ['../up.evtx', 'leads out'],
    ['a/../../up.evtx', 'leads out'],
    ['..\\up.evtx', 'leads out'],
    ['/etc/x.evtx', 'absolute'],
    ['C:\\x.evtx', 'absolute'],
    ['nul\0.evtx', 'no name'],
    ['./', undefined],
    [`${'a/'.repeat(200)}x.evtx`, '201 folders deep'],
  ])('gives no place to the name %j', async (name, reason) => {
    const { entries, misplaced } = await directoryOf({ name, data }, sound)
    expect(entries.map((entry) => entry.name)).toEqual(['sound.evtx'])
    expect(misplaced.map((entry) => entry.reason)).toEqual(
      reason === undefined ? [] : [expect.stringContaining(reason)],
    )
  })

  it('takes the first of two entries of one name and tells of the other', async () => {
    const { entries, misplaced } = await directoryOf(sound, { ...sound, data: Buffer.alloc(9) })
    expect(entries).toMatchObject([{ name: 'sound.evtx', size: 4096 }])
    expect(misplaced).toMatchObject([{ name: 'sound.evtx (entry 2)', size: 9 }])
  })

  it('knows links by their mode', async () => {
    const { entries } = await directoryOf(
      { name: 'link', data, mode: 0o120777 },
      { name: 'file', data, mode: 0o100644 },
    )
    expect(entries.map(({ isLink }) => isLink)).toEqual([true, false])
  })

  it('says of a zip without end that its end is missing, wherever it was cut', async () => {
    const whole = zipOf({ 'a.evtx': data, 'b.evtx': data })
    for (let length = 4; length < whole.length; length += 7) {
      await expect(readZipDirectory(planted(whole.subarray(0, length)))).rejects.toThrow('its end is missing')
    }
  })

  it('keeps what it read of a directory that breaks off, and complains', async () => {
    const bytes = Buffer.from(zipOf({ 'a.evtx': data, 'b.evtx': data }))
    bytes.writeUInt32LE(0, bytes.lastIndexOf('PK\x01\x02'))
    const { entries, complaint } = await readZipDirectory(planted(bytes))
    expect(entries.map(({ name }) => name)).toEqual(['a.evtx'])
    expect(complaint).toContain('could not be read to the end')
  })

  it('ends whatever bits are flipped, with entries or with an error', async () => {
    const whole = zipBytes([sound, { ...sound, name: 'b', method: 0 }], { zip64: true })
    const start = Buffer.from(whole).indexOf('PK\x01\x02')
    for (let at = start; at < whole.length; at++) {
      const bytes = Uint8Array.from(whole)
      bytes[at]! ^= 0xff
      const found = await readZipDirectory(planted(bytes)).catch((error) => error)
      expect(found instanceof Error || Array.isArray(found.entries)).toBe(true)
    }
  })
})
