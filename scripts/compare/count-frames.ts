import { viewOf } from '../../src/bytes/view.ts'
import { CHUNK_HEADER_SIZE, CHUNK_SIZE } from '../../src/evtx/chunk.ts'
import { FILE_HEADER_SIZE } from '../../src/evtx/file-header.ts'

/** What is framed in a log, told without reading any record. */
export interface FrameCount {
  readonly records: number
  /** Records whose BinXML begins with an element instead of a template instance. */
  readonly withoutTemplate: number
}

/** Counts the records that stand one behind the other in each chunk, up to its free space. */
export function countFrames(log: Uint8Array): FrameCount {
  const view = viewOf(log)
  let records = 0
  let withoutTemplate = 0
  for (let chunk = FILE_HEADER_SIZE; chunk + CHUNK_SIZE <= log.length; chunk += CHUNK_SIZE) {
    if (view.getUint32(chunk, true) !== 0x43666c45) continue
    const end = chunk + view.getUint32(chunk + 48, true)
    let at = chunk + CHUNK_HEADER_SIZE
    while (at < end && view.getUint32(at, true) === 0x2a2a) {
      records++
      if (view.getUint8(at + 28) !== 0x0c) withoutTemplate++
      at += view.getUint32(at + 4, true)
    }
  }
  return { records, withoutTemplate }
}
