import { decodeAnsi } from '../bytes/windows-1252.ts'
import type { PlanMemory } from './plan-memory.ts'

/** How the bytes of ANSI text are written: for each of the 256, and nothing before the text ends. */
export interface AnsiForms {
  /** 1 where the byte stands as it is. */
  readonly isPlain: Uint8Array
  /** For the others, what stands instead, in UTF-8. */
  readonly forms: readonly Uint8Array[]
}

/** In each byte: a one, the high bit. */
const ONES = 0x01010101
const HIGH = 0x80808080 | 0

const encoder = new TextEncoder()

/** Makes the table of a dialect from how it escapes one character. */
export function ansiForms(formOf: (character: string) => string): AnsiForms {
  const isPlain = new Uint8Array(256)
  const forms = Array.from({ length: 256 }, (_, byte) => {
    const character = decodeAnsi(Uint8Array.of(byte), 0, 1)
    const form = encoder.encode(formOf(character))
    if (form.length === 1 && form[0] === byte) isPlain[byte] = 1
    return form
  })
  return { isPlain, forms }
}

/**
 * Writers of ANSI text into a memory, and what they look at; see `writersOf`.
 *
 * @param forms of the dialect; at most six bytes for each
 */
export function ansiWriter(memory: PlanMemory, { isPlain, forms }: AnsiForms) {
  /** Writes ANSI text; returns the position behind it. Hot: a twentieth of what a dump writes, in long texts. */
  function writeAnsi(from: number, size: number, to: number): number {
    const { bytes, view } = memory
    const plain = isPlain
    const end = (from + size) | 0
    let out = to | 0
    for (let at = from | 0; at < end; at++) {
      while (at + 4 <= end) {
        const four = view.getInt32(at, true)
        const low = plain[four & 0xff]! & plain[(four >> 8) & 0xff]!
        if ((low & plain[(four >> 16) & 0xff]! & plain[four >>> 24]!) === 0) break
        view.setInt32(out, four, true)
        out += 4
        at += 4
      }
      if (at === end) break
      const byte = bytes[at]!
      if (plain[byte] === 1) bytes[out++] = byte
      else {
        const form = forms[byte]!
        for (let i = 0; i < form.length; i++) bytes[out++] = form[i]!
      }
    }
    return out
  }

  /** Bytes of an ANSI text up to its first zero. */
  function untilZero(from: number, size: number): number {
    const { bytes, view } = memory
    let length = 0
    for (; length + 4 <= size; length += 4) {
      const four = view.getInt32(from + length, true)
      // A byte of zeros borrows from its high bit.
      if (((four - ONES) & ~four & HIGH) !== 0) break
    }
    while (length < size && bytes[from + length] !== 0) length++
    return length
  }

  /** Bytes of an ANSI text without the zeros at its end. */
  function withoutZeros(from: number, size: number): number {
    const { bytes } = memory
    let length = size
    while (length > 0 && bytes[from + length - 1] === 0) length--
    return length
  }

  return { writeAnsi, untilZero, withoutZeros }
}
