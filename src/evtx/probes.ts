import { int32At } from '../bytes/little-endian.ts'

/**
 * Stretches of a definition that what is known of it stands on, as the skim kernel takes them:
 *
 *     offset  size  field
 *          0     4  count; then for each:
 *          0     4  where it begins, bytes from the definition's start
 *          4     4  bytes
 *          8     …  the bytes, filled up to a multiple of four
 *
 * Little-endian.
 */
export type Probes = Uint8Array

/** Bytes in front of each. */
const HEAD_SIZE = 8
/** Where the bytes of the first begin. */
export const FIRST_PROBE_AT = 4 + HEAD_SIZE

/**
 * Takes the probes of a definition.
 *
 * @param definition where it stands in `bytes`
 * @param ranges start and end of each, bytes from the start of `bytes`
 */
export function takeProbes(bytes: Uint8Array, definition: number, ranges: readonly number[]): Probes {
  let size = 4
  for (let i = 0; i < ranges.length; i += 2) size += HEAD_SIZE + padded(ranges[i + 1]! - ranges[i]!)
  const probes = allocate(size)
  put(probes, 0, ranges.length >> 1)
  let at = 4
  for (let i = 0; i < ranges.length; i += 2) {
    const start = ranges[i]!
    const length = ranges[i + 1]! - start
    put(probes, at, start - definition)
    put(probes, at + 4, length)
    at += HEAD_SIZE
    for (let k = 0; k < length; k++) probes[at + k] = bytes[start + k]!
    at += padded(length)
  }
  return probes
}

/** Zeros out of one piece: a run over many computers takes thousands, and each of its own costs more than to fill it. */
let piece = new Uint8Array(0)
const PIECE_SIZE = 32_768

function allocate(size: number): Uint8Array {
  if (size > piece.length) piece = new Uint8Array(Math.max(PIECE_SIZE, size))
  const taken = piece.subarray(0, size)
  piece = piece.subarray(size)
  return taken
}

/** True when the bytes of a definition are those of the probes. */
export function probesHold(probes: Probes, bytes: Uint8Array, definition: number): boolean {
  let at = 4
  for (let left = int32At(probes, 0); left > 0; left--) {
    const start = definition + int32At(probes, at)
    const length = int32At(probes, at + 4)
    at += HEAD_SIZE
    for (let k = 0; k < length; k++) if (probes[at + k] !== bytes[start + k]) return false
    at += padded(length)
  }
  return true
}

function put(into: Uint8Array, at: number, value: number): void {
  into[at] = value
  into[at + 1] = value >> 8
  into[at + 2] = value >> 16
  into[at + 3] = value >> 24
}

function padded(size: number): number {
  return (size + 3) & ~3
}
