import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crc32Plain } from '../../../src/bytes/crc32.ts'
import { decodeUtf16 } from '../../../src/bytes/utf16.ts'
import type { DescribedPayload, DescribedValue, EventDescription } from '../../../src/evtx/write/event-description.ts'
import { walkChunks } from '../../../src/evtx/write/log-writer.ts'

function event(payload: DescribedPayload, rest: Partial<EventDescription> = {}): EventDescription {
  return {
    provider: { name: 'Microsoft-Windows-Test', guid: '{00112233-4455-6677-8899-aabbccddeeff}' },
    eventId: 7,
    timeCreated: 133_000_000_000_000_001n,
    channel: 'System',
    computer: 'HOST',
    payload,
    ...rest,
  }
}

function named(name: string, value: DescribedValue): DescribedPayload {
  return { kind: 'eventData', items: [{ name, value }] }
}

function chunksOf(events: readonly EventDescription[]): DataView[] {
  return Array.from(walkChunks(events), (chunk) => new DataView(chunk.slice().buffer))
}

function onlyChunk(events: readonly EventDescription[]): DataView {
  const [chunk, ...more] = chunksOf(events)
  expect(more).toEqual([])
  return chunk!
}

interface Frame {
  readonly offset: number
  readonly size: number
}

/** The records of a chunk by their sizes alone, up to its free space. */
function framesOf(chunk: DataView): Frame[] {
  const frames: Frame[] = []
  const end = chunk.getUint32(48, true)
  for (let offset = 512; offset < end; offset += frames.at(-1)!.size) {
    expect(chunk.getUint32(offset, true)).toBe(0x2a2a)
    const size = chunk.getUint32(offset + 4, true)
    expect(chunk.getUint32(offset + size - 4, true)).toBe(size)
    frames.push({ offset, size })
  }
  expect((frames.at(-1)?.offset ?? 512) + (frames.at(-1)?.size ?? 0)).toBe(end)
  return frames
}

function bytesOf(chunk: DataView, start = 0, end = chunk.byteLength): Uint8Array {
  return new Uint8Array(chunk.buffer, start, end - start)
}

/** A list of a chunk's header, followed from its head. */
function listFrom(chunk: DataView, head: number): number[] {
  const offsets: number[] = []
  for (let at = chunk.getUint32(head, true); at !== 0; at = chunk.getUint32(at, true)) offsets.push(at)
  return offsets
}

function nameAt(chunk: DataView, offset: number): string {
  return decodeUtf16(bytesOf(chunk), offset + 8, 2 * chunk.getUint16(offset + 6, true))
}

describe('a chunk', () => {
  const chunk = onlyChunk([event(named('A', 'one')), event(named('A', 'two')), event(named('B', 3))])
  const frames = framesOf(chunk)

  it('states its records, its last record and its free space', () => {
    expect(Buffer.from(bytesOf(chunk, 0, 8)).toString('latin1')).toBe('ElfChnk\0')
    expect([8, 16, 24, 32].map((at) => chunk.getBigUint64(at, true))).toEqual([1n, 3n, 1n, 3n])
    expect(chunk.getUint32(40, true)).toBe(128)
    expect(chunk.getUint32(44, true)).toBe(frames[2]!.offset)
    expect(chunk.getUint32(48, true)).toBe(frames[2]!.offset + frames[2]!.size)
    expect(chunk.getUint32(120, true)).toBe(1)
  })

  it('has the checksums of its header and of its records', () => {
    expect(chunk.getUint32(52, true)).toBe(crc32Plain(bytesOf(chunk, 512, chunk.getUint32(48, true))))
    expect(chunk.getUint32(124, true)).toBe(crc32Plain(bytesOf(chunk, 128, 512), crc32Plain(bytesOf(chunk, 0, 120))))
  })

  it('holds each name once, in the list of its hash, newest first', () => {
    const names: string[] = []
    for (let list = 0; list < 64; list++) {
      const offsets = listFrom(chunk, 128 + 4 * list)
      expect(offsets).toEqual(offsets.toSorted((a, b) => b - a))
      for (const offset of offsets) {
        expect(chunk.getUint16(offset + 4, true) % 64).toBe(list)
        names.push(nameAt(chunk, offset))
      }
    }
    expect(names.toSorted()).toEqual([
      ...['ActivityID', 'Channel', 'Computer', 'Correlation', 'Data', 'Event', 'EventData', 'EventID', 'EventRecordID'],
      ...['Execution', 'Guid', 'Keywords', 'Level', 'Name', 'Opcode', 'ProcessID', 'Provider', 'Qualifiers'],
      ...[
        'RelatedActivityID',
        'Security',
        'System',
        'SystemTime',
        'Task',
        'ThreadID',
        'TimeCreated',
        'UserID',
        'Version',
      ],
      'xmlns',
    ])
  })

  it('holds each template definition once, in the list of its GUID, and instances that name it by id and offset', () => {
    const heads = Array.from({ length: 32 }, (_, list) => listFrom(chunk, 384 + 4 * list)).flat()
    expect(heads.length).toBe(3)
    for (const { offset } of frames) {
      const instance = offset + 28
      expect([...bytesOf(chunk, offset + 24, instance + 2)]).toEqual([0x0f, 1, 1, 0, 0x0c, 1])
      const definition = chunk.getUint32(instance + 6, true)
      expect(heads).toContain(definition)
      expect(chunk.getUint32(instance + 2, true)).toBe(chunk.getUint32(definition + 4, true))
    }
    const roots = frames.map(({ offset }) => chunk.getUint32(offset + 34, true))
    expect(roots).toEqual(Array(3).fill(frames[0]!.offset + 38))
  })

  it('ends each record with the end of the fragment, zeros and the size', () => {
    for (const { offset, size } of frames) {
      const tail = [...bytesOf(chunk, offset + size - 12, offset + size - 4)]
      expect(tail.at(-1)).toBe(0)
      expect(size % 8).toBe(0)
    }
  })

  it('has nothing behind its records', () => {
    expect(bytesOf(chunk, chunk.getUint32(48, true)).every((byte) => byte === 0)).toBe(true)
  })
})

describe('a following chunk', () => {
  it('knows nothing of the names and templates of the one before', () => {
    const long = event(named('A', 'x'.repeat(25_000)))
    const [first, second] = chunksOf([long, long])
    const sizes = [first!, second!].map((chunk) => framesOf(chunk)[0]!.size)
    expect(sizes[1]).toBe(sizes[0])
    expect(second!.getUint32(512 + 34, true)).toBe(512 + 38)
  })

  it('begins only where a record would leave fewer than 8 bytes free', () => {
    const fixed = framesOf(onlyChunk([event(named('A', ''))]))[0]!.size
    const room = 65_528 - 512
    const fits = event(named('A', 'x'.repeat((room - fixed) / 2)))
    expect(onlyChunk([fits]).getUint32(48, true)).toBe(65_528)
    const over = event(named('A', 'x'.repeat((room - fixed) / 2 + 4)))
    expect(() => chunksOf([over])).toThrow(/does not fit/)
  })
})

const text = fc.string({ unit: 'grapheme', maxLength: 40 })
const value: fc.Arbitrary<DescribedValue> = fc.oneof(
  text,
  fc.nat(),
  fc.constant({ type: 'null' } as const),
  fc.record({ type: fc.constant('strings' as const), value: fc.array(text.filter((one) => !one.includes('\0'))) }),
  // Six of these, two bytes a character, still fit a chunk; what does not is refused, and tested above.
  fc.nat({ max: 4_500 }).map((length) => 'y'.repeat(length)),
)
const items = fc.array(fc.record({ name: fc.constantFrom('A', 'B', 'C', 'Data', 'Name'), value }), { maxLength: 6 })
const payload: fc.Arbitrary<DescribedPayload> = fc.oneof(
  items.map((made) => ({ kind: 'eventData' as const, items: made })),
  items.map((made) => ({ kind: 'userData' as const, element: 'EventXML', items: made })),
  fc.constant({ kind: 'classic', strings: ['a', 'b'], binary: '00' } as const),
  fc.constant({ kind: 'none' } as const),
)
const anyEvent = fc
  .record({
    payload,
    names: fc.constantFrom('values' as const, 'literal' as const),
    form: fc.constantFrom('template' as const, 'plain' as const),
    computer: fc.constantFrom('ONE', 'TWO', ''),
  })
  .map(({ payload, ...rest }) => event(payload, rest))

describe('any log', () => {
  it('frames each event once, in 8-byte steps, and leaves 8 bytes of each chunk free', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { minLength: 1, maxLength: 40 }), (events) => {
        const frames = chunksOf(events).flatMap((chunk) => {
          expect(chunk.getUint32(48, true)).toBeLessThanOrEqual(65_528)
          return framesOf(chunk)
        })
        expect(frames.length).toBe(events.length)
        expect(frames.every(({ offset, size }) => offset % 8 === 0 && size % 8 === 0)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
})
