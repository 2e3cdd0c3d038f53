import { crc32 } from './crc'
import { chunk, startChunk } from './current'
import { beginRecord, endRecord } from './dialect'
import * as format from '../format'
import { writeRecord } from './host'
import { startSlots, writeBinXml } from './instance'
import { startRecord } from './limits'
import { startNames } from './name'
import { IS_ROOT, makeRoom } from './template'

/** Flag of `decodeChunk`: the log was not closed, so records may go on behind where the header says they end. */
const DIRTY: u32 = 1

/** Records that the kernel wrote itself, of the last chunk. */
let records: u32 = 0

/** Records that the kernel wrote itself, of the last chunk; the host counts those that it was asked for. */
export function recordCount(): u32 {
  return records
}

/**
 * Writes all records of a chunk whose structure is as it should be: see `src/evtx/record.ts`. A record whose content is not
 * regular is given to the host by itself; whatever is wrong with the chunk is for the plain renderer alone to judge.
 *
 * @param address of the chunk
 * @param at where to write
 * @returns where the text ends; 0 when the plain renderer has to do the chunk, and nothing was written
 */
export function decodeChunk(address: usize, at: usize, flags: u32): usize {
  if (load<u64>(address) != format.CHUNK_SIGNATURE || !isHeaderSound(address)) return 0
  openChunk(address)
  records = 0
  const end = soundEnd(flags)
  if (end == 0) return 0
  for (let offset = format.CHUNK_HEADER_SIZE; offset < end; ) {
    const size = load<u32>(address + offset, format.RECORD_SIZE)
    at = writeOne(offset, size, at)
    offset += size
  }
  return at
}

/** Turns to a chunk, of which single records may be asked for from now on. */
export function openChunk(address: usize): void {
  makeRoom()
  startChunk(address)
  startNames()
}

/**
 * Writes one record of the chunk at hand, whatever is wrong with that besides.
 *
 * @param offset of the record, as it is framed
 * @returns where its text ends; 0 when the plain renderer has to do it
 */
// @ts-ignore: decorator
@inline
export function decodeRecord(offset: u32, size: u32, at: usize): usize {
  startRecord(size)
  startSlots()
  const begun = beginRecord(at, offset)
  const end = writeBinXml(offset + format.RECORD_BIN_XML, offset + size - format.RECORD_TRAILER, begun, 0, IS_ROOT)
  // A root that its dependency leaves out is damage.
  return end == 0 || end == begun ? 0 : endRecord(end)
}

/** Where the records end, when all of them are framed as they should be; else 0. */
function soundEnd(flags: u32): u32 {
  const end = recordsEnd(chunk)
  let offset = format.CHUNK_HEADER_SIZE
  let last: u32 = 0
  let stop: u32 = 0
  while (offset < end) {
    const size = framedSize(offset)
    if (size == 0) {
      if (!isZero(offset, end)) return 0
      stop = offset
      offset = end
      break
    }
    if (hasHidden(offset, size)) return 0
    last = offset
    offset += size
  }
  // Records that go on behind are found after all, and told to be.
  if (flags & DIRTY && last != 0 && offset < format.CHUNK_SIZE && framedSize(offset) != 0) {
    if (load<u32>(chunk + offset, format.RECORD_ID) == load<u32>(chunk + last, format.RECORD_ID) + 1) return 0
  }
  return stop != 0 ? stop : offset
}

// @ts-ignore: decorator
@inline
function writeOne(offset: u32, size: u32, at: usize): usize {
  const done = decodeRecord(offset, size, at)
  if (done == 0) return writeRecord(offset, size, at)
  records++
  return done
}

function isHeaderSound(address: usize): bool {
  if (load<u32>(address, format.CHUNK_FLAGS) & format.CHUNK_FLAG_NO_CHECKSUM) return true
  const first = crc32(0xffffffff, address, address + format.CHUNK_CHECKSUM_END)
  const sum = crc32(first, address + format.CHUNK_LISTS, address + format.CHUNK_HEADER_SIZE)
  return ~sum == load<u32>(address, format.CHUNK_HEADER_CHECKSUM)
}

/** Where the records should end: the free space offset, or the chunk's end where that cannot be. */
function recordsEnd(address: usize): u32 {
  const offset = load<u32>(address, format.CHUNK_FREE_SPACE)
  const isSound = offset >= format.CHUNK_HEADER_SIZE && offset <= format.CHUNK_SIZE
  return ((isSound ? offset : format.CHUNK_SIZE) + 7) & ~7
}

/** Size of the record at an offset, or 0 where none is framed. */
function framedSize(offset: u32): u32 {
  const from = chunk + offset
  if (load<u32>(from) != format.RECORD_SIGNATURE) return 0
  const size = load<u32>(from, format.RECORD_SIZE)
  if (size < format.MIN_RECORD_SIZE || size & 7 || size > format.CHUNK_SIZE - offset) return 0
  return load<u32>(from + size - format.RECORD_TRAILER) == size ? size : 0
}

function isZero(offset: u32, end: u32): bool {
  for (; offset < end; offset += 8) if (load<u64>(chunk + offset) != 0) return false
  return true
}

/** Bytes that are looked at together. */
const STRIDE: usize = 64

/** True when another record stands inside the frame of this one: see `src/evtx/hidden-record.ts`. */
function hasHidden(offset: u32, size: u32): bool {
  const end = chunk + offset + size
  const last = end - format.MIN_RECORD_SIZE
  let at = chunk + offset + format.MIN_RECORD_SIZE
  const signature = i32x4.splat(format.RECORD_SIGNATURE)
  for (; at <= last; at += STRIDE) {
    const first = v128.or(i32x4.eq(v128.load(at), signature), i32x4.eq(v128.load(at, 16), signature))
    const second = v128.or(i32x4.eq(v128.load(at, 32), signature), i32x4.eq(v128.load(at, 48), signature))
    if (i8x16.bitmask(v128.or(first, second)) == 0) continue
    for (let step = at; step < at + STRIDE && step <= last; step += 8) if (isRecord(step, end)) return true
  }
  return false
}

function isRecord(at: usize, end: usize): bool {
  return (
    load<u32>(at) == format.RECORD_SIGNATURE &&
    load<u32>(at, format.RECORD_SIZE) == <u32>(end - at) &&
    load<u32>(at, format.RECORD_BIN_XML) == format.FRAGMENT_START
  )
}
