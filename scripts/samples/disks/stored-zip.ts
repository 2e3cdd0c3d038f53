import { crc32 } from '../../../src/bytes/crc32.ts'
import { joinBytes } from '../../../src/bytes/join-bytes.ts'
import type { SampleFile } from '../sample.ts'

/** 2026-03-30 06:20:00 in the form of MS-DOS: when the collector wrote all of it. */
const TIME = (6 << 11) | (20 << 5)
const DATE = ((2026 - 1980) << 9) | (3 << 5) | 30
const VERSION = 20

/**
 * A zip of these files, none of them packed, so that the bytes do not depend on who packs.
 *
 *     offset  size  field of the head before a file, and from its version on of its entry in the directory
 *          0     4  signature, "PK" 3 4, or "PK" 1 2 and the version that wrote it
 *          4     2  version needed
 *         10     4  time and date
 *         14    12  CRC-32, bytes packed, bytes unpacked
 *         26     2  length of the name
 *
 * Source: PKWARE APPNOTE 6.3, 4.3.
 */
export function storedZip(files: readonly SampleFile[]): Uint8Array {
  const parts: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let at = 0
  for (const { path, bytes } of files) {
    const name = new TextEncoder().encode(path)
    const common = commonHead(bytes, name.length)
    parts.push(numbers([4, 0x04034b50]), common, name, bytes)
    // After the common fields: comment, disk, attributes inside and outside, place of the file.
    const rest = numbers([2, 0], [2, 0], [2, 0], [4, 0], [4, at])
    directory.push(numbers([4, 0x02014b50], [2, VERSION]), common, rest, name)
    at += 4 + common.length + name.length + bytes.length
  }
  const entries = joinBytes(directory)
  const counts = [2, files.length] as const
  const end = numbers([4, 0x06054b50], [2, 0], [2, 0], counts, counts, [4, entries.length], [4, at], [2, 0])
  return joinBytes([...parts, entries, end])
}

/** The 26 bytes that both heads share. */
function commonHead(bytes: Uint8Array, nameLength: number): Uint8Array {
  const sizes = [[4, bytes.length] as const, [4, bytes.length] as const]
  return numbers(
    [2, VERSION],
    [2, 0],
    [2, 0],
    [2, TIME],
    [2, DATE],
    [4, crc32(bytes)],
    ...sizes,
    [2, nameLength],
    [2, 0],
  )
}

/** Little-endian numbers, each with how many bytes it takes. */
function numbers(...fields: readonly (readonly [size: 2 | 4, value: number])[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(fields.reduce((sum, [size]) => sum + size, 0)))
  let at = 0
  for (const [size, value] of fields) {
    if (size === 2) view.setUint16(at, value, true)
    else view.setUint32(at, value, true)
    at += size
  }
  return new Uint8Array(view.buffer)
}
