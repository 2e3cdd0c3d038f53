import { CHUNK_SIZE } from '../evtx/chunk.ts'
import { FILE_HEADER_SIZE, hasSignature, looksLikeLog } from '../evtx/file-header.ts'
import { openSource } from './open-source.ts'
import type { OpenSource, Source } from './source.ts'
import { reasonUnreadable } from './why-unreadable.ts'

/** What a file turned out to be. */
export type Recognised =
  | { readonly state: 'log'; readonly size: number }
  | {
      readonly state: 'empty' | 'not-evtx' | 'unreadable'
      readonly size: number
      readonly reason: string
      readonly isZip?: boolean
    }

/** Begins a chunk. Bytes as ASCII. */
const CHUNK_SIGNATURE = 'ElfChnk\0'
/** How many chunk slots are looked at in a file whose name says that it is a log and whose beginning does not. */
const SLOTS_TRIED = 1024

/** True for a file name that promises an event log. */
export function isLogName(name: string): boolean {
  return /\.evtx$/i.test(name)
}

/**
 * Tells by content whether a file is an event log. A log with a wiped file header still is one by its chunks; where
 * the name promises a log, later chunk slots are looked at too.
 *
 * @param thorough look at later chunk slots as well
 */
export async function recogniseFile(source: Source, options: { readonly thorough: boolean }): Promise<Recognised> {
  let file: OpenSource
  try {
    file = await openSource(source)
  } catch (error) {
    return { state: 'unreadable', size: 0, reason: reasonUnreadable(error) }
  }
  const { size } = file
  try {
    if (size === 0) return { state: 'empty', size, reason: '0 bytes: the copy of a log that failed, or no log' }
    const head = Buffer.alloc(Math.min(size, FILE_HEADER_SIZE + CHUNK_SIGNATURE.length))
    await file.readSoon(head, 0)
    if (looksLikeLog(head) || (options.thorough && (await holdsChunk(file)))) return { state: 'log', size }
    // Nothing came of it: what is wrong with it is the reason, not what it might be.
    if (file.flaw?.at === 0) return { state: 'unreadable', size, reason: file.flaw.reason }
    return { state: 'not-evtx', size, reason: `No event log: ${describeHead(head)}`, isZip: startsZip(head) }
  } catch (error) {
    return { state: 'unreadable', size, reason: reasonUnreadable(error) }
  } finally {
    file.close()
  }
}

async function holdsChunk(file: OpenSource): Promise<boolean> {
  const signature = Buffer.alloc(CHUNK_SIGNATURE.length)
  for (let slot = 1; slot <= SLOTS_TRIED; slot++) {
    const offset = FILE_HEADER_SIZE + slot * CHUNK_SIZE
    if (offset + signature.length > file.size) return false
    await file.readSoon(signature, offset)
    if (hasSignature(signature, 0, CHUNK_SIGNATURE)) return true
  }
  return false
}

/** True for a file that begins as a zip does, also an empty one. What cannot be opened is none. */
export async function isZip(path: string): Promise<boolean> {
  try {
    const file = await openSource({ kind: 'file', path })
    try {
      const head = Buffer.alloc(4)
      await file.readSoon(head, 0)
      return startsZip(head)
    } finally {
      file.close()
    }
  } catch {
    return false
  }
}

function startsZip(head: Buffer): boolean {
  return /^504b(0304|0506)/.test(head.toString('hex', 0, 4))
}

/** Files that are taken for logs now and then, by what they begin with. */
const OTHERS: readonly (readonly [string, string])[] = [
  ['30000000', 'it may be an event log of Windows XP or 2003 (.evt), which has another format'],
  ['504b0304', 'it is a zip file; give it as an argument of its own, or unpack it first if it lies in another zip'],
  ['1f8b', 'it is a gzip file; unpack it first'],
  ['72656766', 'it is a registry hive'],
  ['4d534346', 'it is a cabinet file; unpack it first'],
  ['377abcaf', 'it is a 7z file; unpack it first'],
]

function describeHead(head: Buffer): string {
  const hex = head.toString('hex', 0, Math.min(head.length, 8))
  const known = OTHERS.find(([start]) => hex.startsWith(start))
  if (known) return known[1]
  if (head.every((byte) => byte === 0)) return 'it begins with zeros only and no chunk was found'
  return 'it does not begin with "ElfFile" and no chunk was found'
}
