import { describe, expect, it } from 'vitest'
import { crc32 } from '../../src/bytes/crc32.ts'
import type { WinEvent } from '../../src/event/win-event.ts'
import { ParquetFrames } from '../../src/scan/parquet-frames.ts'
import { FRAME_SIZE, SAID_CRC_AT, SAID_LENGTH_AT, SHARED_AT, TIME_AT } from '../../src/scan/row-run.ts'

/** A frame as the kernel writes it for Parquet. */
function kernelFrame(group: Uint8Array, eventId: number, fields: string): Buffer {
  const said = [Buffer.from('2026-03-14T09:41:00.1234567'), group, Buffer.from(`${eventId},77${fields}`)]
  const length = Buffer.concat(said).length
  const frame = Buffer.concat([Buffer.alloc(FRAME_SIZE), ...said, Buffer.from('4096')])
  frame.writeUInt32LE(length + 4, 0)
  frame.writeUInt32LE(length, SAID_LENGTH_AT)
  frame.writeBigUInt64LE(123_456_789n, TIME_AT)
  return frame
}

function framesOf(bytes: Buffer): { text: string; shared: number }[] {
  const found = []
  for (let at = 0; at < bytes.length; ) {
    const end = at + FRAME_SIZE + bytes.readUInt32LE(at)
    const text = bytes.subarray(at + FRAME_SIZE, end)
    expect(bytes.readUInt32LE(at + SAID_LENGTH_AT)).toBe(text.length)
    expect(bytes.readUInt32LE(at + SAID_CRC_AT)).toBe(crc32(text))
    expect(bytes.readBigUInt64LE(at + TIME_AT)).toBe(123_456_789n)
    found.push({ text: text.toString(), shared: bytes.readUInt32LE(at + SHARED_AT) })
    at = end
  }
  return found
}

describe('ParquetFrames', () => {
  it('leaves the fields of each row, and asks once for what a group and an event id share', () => {
    const asked: Partial<WinEvent>[] = []
    const frames = new ParquetFrames((event) => 10 + asked.push(event))
    const a = frames.groupText('a', { provider: 'A' })
    const b = frames.groupText('b', { provider: 'B' })
    const bytes = Buffer.concat([
      kernelFrame(a, 4624, '{}'),
      kernelFrame(b, 4624, '{"é":"{"}'),
      kernelFrame(a, 1, '{"a":","}'),
      kernelFrame(a, 4624, '{"long":"long enough"}'),
    ])
    const end = frames.rewrite(bytes, 0, bytes.length)
    expect(framesOf(bytes.subarray(0, end))).toEqual([
      { text: '{}', shared: 11 },
      { text: '{"é":"{"}', shared: 12 },
      { text: '{"a":","}', shared: 13 },
      { text: '{"long":"long enough"}', shared: 11 },
    ])
    expect(asked).toEqual([
      { provider: 'A', eventId: 4624 },
      { provider: 'B', eventId: 4624 },
      { provider: 'A', eventId: 1 },
    ])
  })

  it('gives a group that is asked for again its number, and another one after it was told to forget', () => {
    let asked = 0
    const frames = new ParquetFrames(() => asked++)
    const first = frames.groupText('a', {})
    expect(frames.groupText('b', {})).not.toEqual(first)
    expect(frames.groupText('a', {})).toEqual(first)
    const row = kernelFrame(first, 1, '{}')
    frames.rewrite(Buffer.from(row), 0, row.length)
    frames.forget()
    expect(frames.groupText('b', {})).toEqual(first)
    frames.rewrite(Buffer.from(row), 0, row.length)
    expect(asked).toBe(2)
  })
})
