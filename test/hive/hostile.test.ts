import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FormatError } from '../../src/errors.ts'
import { writeDirtyHive } from '../../src/hive/write/dirty-hive-writer.ts'
import { writeHive } from '../../src/hive/write/hive-writer.ts'
import { cellsOf, countAll, openBytes, SOME_TIME } from '../support/hives.ts'

/** One of each structure there is. */
function smallHive(n = 0): Uint8Array {
  return writeHive({
    lastWrite: SOME_TIME,
    values: { '': 'default', n, texts: ['a', 'b'], long: 'text that needs a cell' },
    keys: {
      A: { className: 'class', values: { ключ: 7n, big: new Uint8Array(17_000).fill(n) } },
      B: { keys: { B1: {}, B2: { values: { x: 1 } }, B3: {} } },
      Ω: {},
    },
    leafSize: 2,
  })
}

/** Reads all there is, as far as it can be read; how much that is. Nothing but a FormatError of `openHive` is thrown. */
function readAll(main: Uint8Array, ...logs: readonly Uint8Array[]): number {
  let hive: ReturnType<typeof openBytes>
  try {
    hive = openBytes(main, ...logs)
  } catch (error) {
    if (error instanceof FormatError) return 0
    throw error
  }
  hive.key('B\\B2')?.value('x')
  hive.key('ω\\nothing')
  return countAll(hive.root)
}

describe('a hive with one byte changed', () => {
  it('is read to its end, throws nothing, and never has more in it than it had', () => {
    const bytes = smallHive()
    const whole = readAll(bytes)
    expect(whole).toBe(7 + 7)
    // Free room, and the content of long data, lead nowhere.
    const cells = cellsOf(bytes).filter(({ isUsed }) => isUsed)
    const places = cells.flatMap(({ at, view }) =>
      Array.from({ length: Math.min(view.byteLength, 128) + 4 }, (_, i) => 4_096 + at + i),
    )
    for (const at of [...Array(512).keys(), ...Array.from({ length: 32 }, (_, i) => 4_096 + i), ...places]) {
      for (const mask of [0x01, 0x80, 0xff]) {
        bytes[at]! ^= mask
        const count = readAll(bytes)
        bytes[at]! ^= mask
        if (count > whole) expect([at, mask, count]).toEqual([at, mask, whole])
      }
    }
  })
})

describe('a hive that is cut', () => {
  it('is read as far as it goes, at every eighth byte', () => {
    const bytes = smallHive()
    const whole = readAll(bytes)
    for (let length = 0; length < bytes.length; length += 8) {
      expect(readAll(bytes.subarray(0, length))).toBeLessThanOrEqual(whole)
    }
  })
})

describe('a hive with its logs', () => {
  it.each(['entries', 'vector'] as const)('is read to its end with words of either changed, form %s', (form) => {
    const { main, logs } = writeDirtyHive([smallHive(0), smallHive(1)], { form })
    const log = logs[0]!
    const heads: readonly (readonly [Uint8Array, start: number, end: number])[] = [
      [main, 0, 64],
      [main, 4_096, 4_096 + 640],
      [log, 0, 64],
      [log, 508, 640],
    ]
    for (const [bytes, start, end] of heads) {
      for (let at = start; at < end; at += 4) {
        const view = new DataView(bytes.buffer, bytes.byteOffset + at, 4)
        const old = view.getUint32(0, true)
        for (const word of [0, 0x1000, 0x7fffffff, 0xffffffff]) {
          view.setUint32(0, word, true)
          readAll(main, log)
        }
        view.setUint32(0, old, true)
      }
    }
    expect(readAll(main, log)).toBe(14)
  })
})

describe('a hive with words changed anywhere', () => {
  it('is read to its end, soon, and throws nothing', () => {
    const whole = smallHive()
    const word = fc.oneof(
      fc.constantFrom(0, 1, 0x20, 0x80000000, 0x7fffffff, 0xffffffff, 0xfffffff8, 0x6b6e, 0x6972, 0x6264),
      fc.nat(whole.length / 8).map((n) => n * 8),
    )
    const change = fc.record({ at: fc.nat(whole.length / 4 - 1), word })
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 30 }), (changes) => {
        const bytes = whole.slice()
        const view = new DataView(bytes.buffer)
        for (const { at, word } of changes) view.setUint32(at * 4, word, true)
        const start = performance.now()
        readAll(bytes)
        expect(performance.now() - start).toBeLessThan(5_000)
      }),
      { numRuns: 3_000, seed: 20_260_314, endOnFailure: true },
    )
  })
})
