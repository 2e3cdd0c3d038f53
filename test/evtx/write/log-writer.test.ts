import { describe, expect, it } from 'vitest'
import { crc32Plain } from '../../../src/bytes/crc32.ts'
import { FormatError } from '../../../src/errors.ts'
import type { EventDescription } from '../../../src/evtx/write/event-description.ts'
import { fileHeaderBytes, renderFileHeader, walkChunks, writeLog } from '../../../src/evtx/write/log-writer.ts'

function event(text: string): EventDescription {
  return {
    provider: { name: 'Test' },
    eventId: 7,
    timeCreated: '2026-03-14T09:41:00Z',
    channel: 'System',
    computer: 'HOST',
    payload: { kind: 'classic', strings: [text] },
  }
}

const big = Array.from({ length: 5 }, () => event('x'.repeat(20_000)))

describe('renderFileHeader()', () => {
  it('lays out every field where the format has it', () => {
    const bytes = renderFileHeader({
      chunkCount: 3,
      nextRecordId: 0x1_0000_0002,
      dirty: false,
      full: true,
      minorVersion: 2,
    })
    const expected = new Uint8Array(4096)
    expected.set([0x45, 0x6c, 0x66, 0x46, 0x69, 0x6c, 0x65, 0])
    expected.set([2], 16)
    expected.set([2, 0, 0, 0, 1], 24)
    expected.set([128, 0, 0, 0, 2, 0, 3, 0, 0, 0x10, 3, 0], 32)
    expected.set([2], 120)
    new DataView(expected.buffer).setUint32(124, crc32Plain(expected.subarray(0, 120)), true)
    expect(bytes).toEqual(expected)
  })

  it('keeps the low 16 bits of a chunk count that has more', () => {
    const fields = { chunkCount: 65_536 + 5, nextRecordId: 1, dirty: false, full: false, minorVersion: 1 }
    const view = new DataView(renderFileHeader(fields).buffer)
    expect(view.getUint16(42, true)).toBe(5)
    expect(view.getBigUint64(16, true)).toBe(65_540n)
  })
})

describe('fileHeaderBytes()', () => {
  it('states what a dirty log was begun with, and says that it is dirty', () => {
    const view = new DataView(
      fileHeaderBytes({ chunkCount: 9, nextRecordId: 900 }, { dirty: true, firstRecordId: 500 }).buffer,
    )
    expect(view.getUint16(42, true)).toBe(1)
    expect(view.getBigUint64(16, true)).toBe(0n)
    expect(view.getBigUint64(24, true)).toBe(500n)
    expect(view.getUint32(120, true)).toBe(1)
  })
})

describe('writeLog()', () => {
  it('gives the same bytes for the same events', () => {
    const again = writeLog(big.map((one) => structuredClone(one)))
    expect(Buffer.compare(writeLog(big), again)).toBe(0)
  })

  it('is the header and the chunks of walkChunks() behind it', () => {
    const log = writeLog(big, { firstRecordId: 10 })
    const chunks = Array.from(walkChunks(big, { firstRecordId: 10 }), (chunk) => Buffer.from(chunk))
    expect(chunks.length).toBe(5)
    expect(Buffer.concat([fileHeaderBytes({ chunkCount: 5, nextRecordId: 15 }), ...chunks]).equals(log)).toBe(true)
  })

  it('numbers records on from chunk to chunk', () => {
    const view = new DataView(writeLog(big, { firstRecordId: 10 }).buffer)
    for (let chunk = 0; chunk < 5; chunk++) {
      const start = 4096 + 65_536 * chunk
      expect(view.getBigUint64(start + 8, true)).toBe(BigInt(10 + chunk))
      expect(view.getBigUint64(start + 512 + 8, true)).toBe(BigInt(10 + chunk))
    }
  })

  it('writes one empty chunk for no events', () => {
    const log = writeLog([])
    const view = new DataView(log.buffer)
    expect(log.length).toBe(4096 + 65_536)
    expect(view.getBigInt64(4096 + 24, true)).toBe(-1n)
    expect(view.getBigInt64(4096 + 32, true)).toBe(-1n)
    expect(view.getUint32(4096 + 48, true)).toBe(512)
  })

  it('leaves the chunks of a dirty log as they are', () => {
    const [dirty, clean] = [writeLog(big, { dirty: true }), writeLog(big)]
    expect(Buffer.compare(dirty.subarray(4096), clean.subarray(4096))).toBe(0)
    expect(Buffer.compare(dirty, clean)).not.toBe(0)
  })

  it('refuses a record that no chunk can hold, behind others too', () => {
    const huge = event('x'.repeat(32_700))
    expect(() => writeLog([huge])).toThrow(FormatError)
    expect(() => writeLog([event('a'), huge])).toThrow(/^A record of \d+ bytes does not fit the 65016 of a chunk$/)
  })
})

describe('walkChunks()', () => {
  it('returns what the header has to know', () => {
    const chunks = walkChunks(big, { firstRecordId: 3 })
    let step = chunks.next()
    while (!step.done) step = chunks.next()
    expect(step.value).toEqual({ chunkCount: 5, nextRecordId: 8 })
  })

  it('asks for no more events than the chunk at hand needs', () => {
    let asked = 0
    function* endless(): Generator<EventDescription> {
      for (;;) {
        asked++
        yield big[0]!
      }
    }
    const chunks = walkChunks(endless())
    chunks.next()
    expect(asked).toBe(2)
  })
})
