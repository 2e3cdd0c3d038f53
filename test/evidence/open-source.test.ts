import { truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openSource } from '../../src/evidence/open-source.ts'
import type { OpenSource, ZipSource } from '../../src/evidence/source.ts'
import { readZipDirectory } from '../../src/evidence/zip-directory.ts'
import { plant, temporaryFolder } from '../support/temporary-folder.ts'
import { type EntryDescription, zipBytes } from '../support/zip-bytes.ts'

/** Bytes that are nowhere alike and do not pack well, so that many pieces are needed. */
function noise(length: number): Buffer {
  const bytes = Buffer.alloc(length)
  let state = 1
  for (let at = 0; at < length; at++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    bytes[at] = state >>> 24
  }
  return bytes
}

const data = noise(3_000_000)

/** The entry of a zip in which others stand before and behind it. */
async function entryOf(entry: Partial<EntryDescription>): Promise<ZipSource> {
  const others = [1, 2].map((n): EntryDescription => ({ name: `${n}`, data: noise(100) }))
  const bytes = zipBytes([others[0]!, { name: 'it', data, ...entry }, others[1]!])
  const path = join(plant(temporaryFolder(), { 'a.zip': bytes }), 'a.zip')
  const { entries } = await readZipDirectory(path)
  return entries.find(({ name }) => name === 'it')!.source
}

async function opened(entry: Partial<EntryDescription> = {}): Promise<OpenSource> {
  const open = await openSource(await entryOf(entry))
  onTestFinished(() => open.close())
  return open
}

/** All there is, read forward. */
async function whole(open: OpenSource, step = 700_000): Promise<Buffer> {
  const parts: Buffer[] = []
  for (let at = 0; at < open.size; at += step) {
    const into = Buffer.alloc(Math.min(step, open.size - at))
    const coming = open.prepare(at, into.length)
    if (coming) await coming
    parts.push(into.subarray(0, open.read(into, at)))
  }
  return Buffer.concat(parts)
}

describe('openSource()', () => {
  it.each([
    ['stored', { method: 0 }],
    ['deflated', {}],
    ['stored with its sizes behind it', { method: 0, descriptor: true }],
    ['deflated with its sizes behind it', { descriptor: true }],
    ['deflated with zip64 sizes', { zip64: true }],
  ])('reads an entry that is %s', async (_, entry) => {
    const open = await opened(entry)
    expect(open.size).toBe(data.length)
    expect((await whole(open)).equals(data)).toBe(true)
    expect(open.flaw).toBeUndefined()
  })

  it('reads any place in any order alike from a file, a stored and a deflated entry', async () => {
    const path = join(plant(temporaryFolder(), { data }), 'data')
    const sources = [await openSource({ kind: 'file', path }), await opened({ method: 0 }), await opened()]
    onTestFinished(() => sources[0]!.close())
    const places = fc.array(fc.tuple(fc.nat(data.length + 9), fc.nat(400_000)), { minLength: 1, maxLength: 5 })
    const property = fc.asyncProperty(places, async (asked) => {
      for (const [at, length] of asked) {
        for (const source of sources) {
          const into = Buffer.alloc(length)
          const got = await source.readSoon(into, at)
          expect(into.subarray(0, got).equals(data.subarray(at, at + length))).toBe(true)
        }
      }
    })
    await fc.assert(property, { numRuns: 15 })
  })

  it('waits for nothing where bytes stand as they are', async () => {
    const open = await opened({ method: 0 })
    expect(open.prepare(0, 1_000_000)).toBeUndefined()
  })

  it('reads an entry of no bytes', async () => {
    for (const method of [0, 8]) {
      const open = await opened({ data: Buffer.alloc(0), method })
      expect([open.size, await open.readSoon(Buffer.alloc(9), 0)]).toEqual([0, 0])
    }
  })

  it('gives what there is of an entry that is shorter than promised, and says so', async () => {
    const open = await opened({ says: { size: data.length + 500 } })
    expect((await whole(open)).equals(data)).toBe(true)
    expect(open.flaw).toMatchObject({ at: data.length, lost: 500, reason: expect.stringContaining('promises') })
  })

  it('reads no further than promised of an entry that is longer, and says so', async () => {
    const open = await opened({ says: { size: 1_000_000 } })
    expect((await whole(open)).equals(data.subarray(0, 1_000_000))).toBe(true)
    expect(open.flaw).toMatchObject({ at: 1_000_000, lost: 0, reason: expect.stringContaining('more') })
  })

  it('gives the beginning of an entry whose packed bytes break off or make no sense', async () => {
    const packed = deflateRawSync(data)
    const cut = await opened({ packed: packed.subarray(0, 2_000_000) })
    expect((await whole(cut)).length).toBeGreaterThan(1_900_000)
    expect(cut.flaw).toMatchObject({ reason: expect.stringContaining('promises') })
    const torn = await opened({ packed: Buffer.concat([packed.subarray(0, 2_000_000), Buffer.alloc(900_000, 0xff)]) })
    const got = await whole(torn)
    expect(got.length).toBeGreaterThan(1_000_000)
    expect(got.equals(data.subarray(0, got.length))).toBe(true)
    expect(torn.flaw).toMatchObject({ at: got.length, lost: data.length - got.length })
  })

  it('tells a checksum that does not match, and gives the bytes', async () => {
    const open = await opened({ says: { crc32: 1 } })
    expect((await whole(open)).equals(data)).toBe(true)
    expect(open.flaw).toMatchObject({ at: data.length, lost: 0, reason: expect.stringContaining('checksum') })
  })

  it('refuses a zip that is no longer what it was when its directory was read', async () => {
    const source = await entryOf({})
    truncateSync(source.path, source.headerOffset + 1000)
    await expect(openSource(source)).rejects.toThrow('ends before the end')
    writeFileSync(source.path, 'something else')
    await expect(openSource(source)).rejects.toThrow('no entry where its directory says')
  })

  it('may be closed in the middle, and twice', async () => {
    const open = await openSource(await entryOf({}))
    await open.readSoon(Buffer.alloc(10), 0)
    open.close()
    expect(() => open.close()).not.toThrow()
  })

  it('takes no memory for what a dense entry would come to', async () => {
    const open = await opened({ data: Buffer.alloc(200_000_000) })
    const before = process.memoryUsage().arrayBuffers
    let most = 0
    for (let at = 0; at < open.size; at += 1_000_000) {
      await open.readSoon(Buffer.alloc(10), at)
      most = Math.max(most, process.memoryUsage().arrayBuffers - before)
    }
    expect(open.flaw).toBeUndefined()
    expect(most).toBeLessThan(150_000_000)
  })
})
