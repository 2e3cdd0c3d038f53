import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Damage } from '../../src/errors.ts'
import { openSource } from '../../src/evidence/open-source.ts'
import type { OpenSource } from '../../src/evidence/source.ts'
import { CHUNK_SIZE } from '../../src/evtx/chunk.ts'
import { readChunks } from '../../src/scan/chunk-reader.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** A file whose every byte tells its chunk: bytes 4096 on are slots 1, 2, 3 …, the header is 0xEE. */
async function numbered(length: number): Promise<OpenSource> {
  const path = join(temporaryFolder(), 'numbered')
  const bytes = new Uint8Array(length).fill(0xee)
  for (let at = 4096, slot = 1; at < length; at += CHUNK_SIZE, slot++) bytes.fill(slot, at, at + CHUNK_SIZE)
  writeFileSync(path, bytes)
  const source = await openSource({ kind: 'file', path })
  onTestFinished(() => source.close())
  return source
}

async function read(source: OpenSource, start: number, end: number) {
  const slots: { at: number; first: number; last: number }[] = []
  const damage: Damage[] = []
  await readChunks(
    source,
    { start, end },
    ({ bytes }, at) => slots.push({ at, first: bytes[0]!, last: bytes[CHUNK_SIZE - 1]! }),
    (found) => damage.push(found),
  )
  return { slots, damage }
}

describe('readChunks()', () => {
  it('shows each slot of a range once, with its bytes and its place', async () => {
    const source = await numbered(4096 + 40 * CHUNK_SIZE)
    const { slots, damage } = await read(source, 4096 + CHUNK_SIZE, 4096 + 37 * CHUNK_SIZE)
    const wanted = Array.from({ length: 36 }, (_, i) => ({
      at: 4096 + (i + 1) * CHUNK_SIZE,
      first: i + 2,
      last: i + 2,
    }))
    expect(slots).toEqual(wanted)
    expect(damage).toEqual([])
  })

  it('ends with the file, wherever the range ends', async () => {
    const source = await numbered(4096 + 3 * CHUNK_SIZE)
    expect((await read(source, 4096, Number.MAX_SAFE_INTEGER)).slots).toHaveLength(3)
    expect((await read(source, 4096 + 3 * CHUNK_SIZE, Number.MAX_SAFE_INTEGER)).slots).toEqual([])
    expect((await read(source, 4096 + 90 * CHUNK_SIZE, 4096 + 99 * CHUNK_SIZE)).slots).toEqual([])
    expect((await read(await numbered(100), 4096, Number.MAX_SAFE_INTEGER)).slots).toEqual([])
    expect((await read(await numbered(0), 4096, Number.MAX_SAFE_INTEGER)).slots).toEqual([])
  })

  it('fills up a last chunk that the file cuts off with zeros, and tells where it was cut', async () => {
    // The block before it leaves its bytes in the buffer: they must not show.
    const source = await numbered(4096 + 17 * CHUNK_SIZE + 1000)
    const { slots, damage } = await read(source, 4096, Number.MAX_SAFE_INTEGER)
    expect(slots.at(-1)).toEqual({ at: 4096 + 17 * CHUNK_SIZE, first: 18, last: 0 })
    expect(damage).toEqual([
      {
        kind: 'truncated',
        offset: 4096 + 17 * CHUNK_SIZE,
        length: CHUNK_SIZE - 1000,
        detail: expect.stringContaining('1000 bytes into a chunk'),
      },
    ])
  })

  it('shows the same slots and damage through ranges of any size', async () => {
    const length = 4096 + 30 * CHUNK_SIZE + 77
    const source = await numbered(length)
    const whole = await read(source, 4096, Number.MAX_SAFE_INTEGER)
    const property = fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 31 }), { maxLength: 6 }), async (cuts) => {
      const places = [...new Set(cuts)].sort((a, b) => a - b).map((slot) => 4096 + slot * CHUNK_SIZE)
      const parts = []
      for (const [i, start] of [4096, ...places].entries()) {
        parts.push(await read(source, start, places[i] ?? Number.MAX_SAFE_INTEGER))
      }
      expect(parts.flatMap(({ slots }) => slots)).toEqual(whole.slots)
      expect(parts.flatMap(({ damage }) => damage)).toEqual(whole.damage)
    })
    await fc.assert(property, { numRuns: 30 })
  })

  it('ends with what a visitor throws', async () => {
    const source = await numbered(4096 + 2 * CHUNK_SIZE)
    let shown = 0
    const reading = readChunks(
      source,
      { start: 4096, end: 1e9 },
      () => {
        shown++
        throw new Error('enough')
      },
      () => {},
    )
    await expect(reading).rejects.toThrow('enough')
    expect(shown).toBe(1)
  })
})
