import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flip } from '../../scripts/fuzz/flip.ts'
import { loneRecord } from '../../scripts/fuzz/lone-record.ts'
import { readLog } from '../../scripts/fuzz/read-log.ts'
import { isDamage, walkLog } from '../../src/evtx/log.ts'
import type { EventDescription } from '../../src/evtx/write/event-description.ts'
import { writeLog } from '../../src/evtx/write/log-writer.ts'
import { corpusLogs, HAS_CORPUS, readCorpus } from '../support/corpus.ts'
import { ChunkBytes, chunkOf, hex, logOf, type RawValue, utf16 } from '../support/evtx-bytes.ts'

/** One event of each structure there is: named and unnamed items, UserData, arrays, no template. */
function smallLog(): Uint8Array {
  const common = {
    provider: { name: 'P' },
    eventId: 7,
    timeCreated: '2026-03-14T09:41:00Z',
    channel: 'System',
    computer: 'H',
  }
  const events: EventDescription[] = [
    { ...common, payload: { kind: 'classic', strings: ['a', 'b'], binary: '00FF' } },
    {
      ...common,
      names: 'values',
      userId: 'S-1-5-18',
      payload: {
        kind: 'eventData',
        items: [
          { name: 'x', value: { type: 'sid', value: 'S-1-5-32-544' } },
          { name: 'y', value: { type: 'filetime', value: 1n } },
        ],
      },
    },
    {
      ...common,
      payload: { kind: 'userData', element: 'EventXML', namespace: 'N', items: [{ name: 'z', value: 'text' }] },
    },
    { ...common, form: 'plain', payload: { kind: 'eventData', items: [{ name: 'x', value: 'y' }] } },
  ]
  return writeLog(events)
}

const text = (value: string): RawValue => ({ type: 0x01, bytes: utf16(value) })

describe('walkLog() and Scanner on a log with one byte changed', () => {
  it('end, and throw nothing, for each byte of each record', () => {
    const log = smallLog()
    let flips = 0
    for (const found of walkLog(log)) {
      if (isDamage(found)) throw new Error(found.detail)
      const { log: lone, record } = loneRecord(log, found)
      for (let offset = record.offset; offset < record.offset + record.size; offset++) {
        expect(flip(lone, offset, 0xff)).toBeUndefined()
        flips++
      }
    }
    expect(flips).toBeGreaterThan(3_000)
  })

  it('end, and throw nothing, for each byte of the headers', () => {
    const log = smallLog()
    for (const [start, end] of [
      [0, 128],
      [4096, 4096 + 512],
    ] as const) {
      for (let offset = start; offset < end; offset++) expect(flip(log, offset, 0xff)).toBeUndefined()
    }
  })
})

describe('walkLog() and Scanner on a log that is cut', () => {
  it('end, throw nothing, and report it, at every byte of the first records and at every eighth behind them', () => {
    const log = smallLog()
    const whole = readLog(log).decoded
    const end = 4096 + new DataView(log.buffer).getUint32(4096 + 48, true)
    for (let length = 0; length < end; length += length < 4096 ? 64 : length < 5400 ? 1 : 8) {
      const { decoded, damages } = readLog(log.subarray(0, length))
      expect(decoded).toBeLessThanOrEqual(whole)
      if (length !== 4096) expect([length, damages > 0]).toEqual([length, true])
    }
    expect(readLog(log.subarray(0, end))).toMatchObject({ decoded: whole, damages: 1 })
  })
})

describe('walkLog() and Scanner on random bytes', () => {
  const end = { endOnFailure: true, seed: 20_260_314 }

  it('end and throw nothing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 200, maxLength: 9_000 }), (bytes) => {
        const b = new ChunkBytes()
        b.record(() => b.fragment(() => b.raw(bytes)))
        b.raw(bytes)
        readLog(logOf([b.finish()]))
      }),
      { ...end, numRuns: 150 },
    )
  })

  it.skipIf(!HAS_CORPUS)('end and throw nothing on logs of the corpus with bytes changed anywhere', () => {
    const logs = corpusLogs()
      .filter((path) => path.startsWith('evtx-rs-samples/') || path.includes('rdp'))
      .map((path) => readCorpus(path).slice(0, 4096 + 65_536))
    const change = fc.record({
      at: fc.nat(4096 + 65_535),
      bytes: fc.oneof(
        fc.uint8Array({ minLength: 1, maxLength: 8 }),
        fc.constantFrom(hex('ffffffff'), hex('00000000'), hex('2a2a0000'), hex('0c01'), hex('ff7f'), hex('0f010100')),
      ),
    })
    const cases = fc.tuple(fc.nat(logs.length - 1), fc.array(change, { minLength: 1, maxLength: 60 }))
    fc.assert(
      fc.property(cases, ([which, changes]) => {
        const log = logs[which]!.slice()
        for (const { at, bytes } of changes) log.set(bytes.subarray(0, log.length - at), Math.min(at, log.length))
        readLog(log)
      }),
      { ...end, numRuns: 150 },
    )
  })
})

/**
 * A chunk full of records of one template that holds the same slot over and over; the slot's value is an instance of a
 * second template of that kind, and so on.
 *
 * @param fill what the innermost slot holds
 */
function bomb({ width, depth, fill }: { width: number; depth: number; fill: RawValue }): Uint8Array {
  const guid = (level: number) => `{${(0xa000_0000 + level).toString(16)}-0000-0000-0000-000000000000}`
  const offsets: number[] = []
  return logOf([
    chunkOf((b) => {
      // The definitions stand in records of their own.
      for (let level = 0; level <= depth; level++) {
        b.record(() =>
          b.fragment(() => {
            offsets.push(b.at + 10)
            const body = () => {
              for (let i = 0; i < width; i++) b.slot(0)
            }
            b.instance(() => b.element('E', { content: body }), [], guid(level))
          }),
        )
      }
      const nested = (level: number): RawValue[] => [
        level === depth
          ? fill
          : { type: 0x21, bytes: () => b.instance(offsets[level + 1]!, nested(level + 1), guid(level + 1)) },
      ]
      while (b.at < 60_000) b.record(() => b.fragment(() => b.instance(offsets[0]!, nested(0), guid(0))))
    }),
  ])
}

describe('walkLog() on templates that explode (quirk 42)', () => {
  it.each([
    ['many levels', { width: 16, depth: 12, fill: text('x') }],
    ['wide levels', { width: 1000, depth: 2, fill: text('x') }],
    ['levels of nothing', { width: 1000, depth: 3, fill: { type: 0x00, bytes: hex('') } }],
    ['long texts', { width: 1000, depth: 1, fill: text('x'.repeat(200)) }],
    ['texts of zeros', { width: 1000, depth: 1, fill: { type: 0x01, bytes: new Uint8Array(2_000) } }],
    ['arrays', { width: 1000, depth: 1, fill: { type: 0x84, bytes: new Uint8Array(2_000) } }],
  ])('gives up each record that grows beyond reason, soon: %s', (_, shape) => {
    const log = bomb(shape)
    let longest = 0
    let last = performance.now()
    let refused = 0
    for (const found of walkLog(log)) {
      longest = Math.max(longest, performance.now() - last)
      last = performance.now()
      if (isDamage(found) && found.detail.includes('grows beyond all reason')) refused++
    }
    expect(refused).toBeGreaterThan(10)
    expect(longest).toBeLessThan(1_000)
  })

  it('still decodes a record that is large for good reason', () => {
    // A binary value that fills its chunk, and an array of as many items as fit.
    for (const [type, size] of [
      [0x0e, 60_000],
      [0x84, 30_000],
    ] as const) {
      const b = chunkOf((c) =>
        c.record(() =>
          c.fragment(() =>
            c.instance(
              () => c.element('E', { content: () => c.element('V', { content: () => c.slot(0) }) }),
              [{ type, bytes: new Uint8Array(size).fill(7) }],
            ),
          ),
        ),
      )
      expect([...walkLog(logOf([b]))].map(isDamage)).toEqual([false])
    }
  })

  it('gives up a template that holds itself', () => {
    const b = chunkOf((c) =>
      c.record(() =>
        c.fragment(() => {
          const at = c.at
          c.instance(() => c.element('E', { content: () => c.slot(0) }), [{ type: 0x21, bytes: hex('00'.repeat(10)) }])
          // The value begins anew where the instance does.
          c.at -= 10
          c.raw(hex('0c0144332211')).u32(at + 10)
        }),
      ),
    )
    const [found] = walkLog(logOf([b]))
    expect(found && isDamage(found)).toBe(true)
  })
})
