import { LITERAL_TYPE, PARTS_TYPE } from './plan.ts'
import type { PlanMemory } from './plan-memory.ts'
import * as type from './value-type.ts'

/** Writes a value of any type but BinXML and arrays. */
export type WriteAny = (valueType: number, from: number, size: number, to: number) => void

const TYPES = [
  ...Object.keys(type.FIXED_SIZE).map(Number),
  ...[type.NULL_TYPE, type.STRING_TYPE, type.ANSI_STRING_TYPE, type.BINARY_TYPE, type.SIZE_T_TYPE, type.SID_TYPE],
  ...[type.EVT_HANDLE_TYPE, type.EVT_XML_TYPE, LITERAL_TYPE],
]
/** Among them a right one and a wrong one for each type. */
const SIZES = [1, 4, 8, 16]
/**
 * A small number, a great one, and a SID; then text that is escaped, controls, UTF-8 of each length, half a pair, plain
 * text.
 */
const NUMBER = [42, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]
const GREAT = [1, 1, 0, 0, 0, 0, 0, 5, 200, 201, 202, 203, 204, 205, 206, 207]
const TEXT = '<&>"\\\t\n\u0001 \u00e9 \u20ac \u{1f600} \ud800 sixteen and more that are plain text'
/** The first lets V8 begin to take notes. */
const ROUNDS = 2

/**
 * Writes values of all types and several sizes, and text of all kinds, to where nothing stands: for V8 to see each
 * branch taken.
 *
 * What V8 never saw it leaves out when it compiles. With the first record that goes there all the same it throws its
 * work away and begins anew, a little later; of the first MiB of a log, that took most of the time.
 */
export function exerciseWriter(memory: PlanMemory, write: WriteAny): void {
  const { bytes, view, words, slotsAt, slotsEnd } = memory
  const to = (slotsAt + slotsEnd) >> 1
  const [number, great, text, parts] = [slotsAt, slotsAt + 64, slotsAt + 128, slotsAt + 1_024]
  bytes.set(NUMBER, number)
  bytes.set(GREAT, great)
  for (let i = 0; i < TEXT.length; i++) view.setUint16(text + 2 * i, TEXT.charCodeAt(i), true)
  words.set([text, (2 * TEXT.length) | (LITERAL_TYPE << 16), '&'.charCodeAt(0), 0], parts >> 2)
  for (let round = 0; round < ROUNDS; round++) {
    for (const valueType of TYPES) {
      for (const size of SIZES) {
        write(valueType, number, size, to)
        write(valueType, great, size, to)
      }
    }
    for (const valueType of [type.STRING_TYPE, LITERAL_TYPE, type.ANSI_STRING_TYPE]) {
      write(valueType, text, 2 * TEXT.length, to)
    }
    write(PARTS_TYPE, parts, 2, to)
  }
}
