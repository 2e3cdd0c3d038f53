import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CHUNK_HEADER_SIZE, CHUNK_SIZE, chunkAt } from '../../src/evtx/chunk.ts'
import { FILE_HEADER_SIZE } from '../../src/evtx/file-header.ts'
import { OPEN_GATE } from '../../src/evtx/gate.ts'
import { Scanner } from '../../src/evtx/scanner.ts'
import type { RecordPlace } from './lone-record.ts'

/** Bytes of one log that are to be flipped one after the other. */
export interface Target extends RecordPlace {
  /** Position in the list of logs. */
  readonly file: number
  /** Which bytes: the record's own, or those of the headers above it. */
  readonly bytes: 'record' | 'headers'
}

/** Bytes of a file header that mean something. */
const FILE_HEADER_FIELDS = 128

/** Stretches of bytes that a target means, in the log that `loneRecord` makes: half-open. */
export function stretchesOf({ bytes }: Target, record: RecordPlace): readonly (readonly [number, number])[] {
  if (bytes === 'record') return [[record.offset, record.offset + record.size]]
  return [
    [0, FILE_HEADER_FIELDS],
    [FILE_HEADER_SIZE, FILE_HEADER_SIZE + CHUNK_HEADER_SIZE],
  ]
}

/** How many bytes that are. */
export function sizeOf(target: Target): number {
  return stretchesOf(target, target).reduce((sum, [start, end]) => sum + end - start, 0)
}

/** Paths of all logs below a folder, sorted. */
export function findLogs(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.toLowerCase().endsWith('.evtx'))
    .sort()
    .map((path) => join(folder, path))
}

/**
 * What to flip, in the order that finds most soonest: one record of each kind of event, then the headers of each log,
 * then all other records.
 */
export function targetsOf(logs: readonly string[]): { readonly targets: readonly Target[]; readonly kinds: number } {
  const kinds: Target[] = []
  const headers: Target[] = []
  const others: Target[] = []
  const met = new Set<string>()
  for (const [file, path] of logs.entries()) {
    const places = placesOf(readFileSync(path))
    for (const [i, { kind, ...place }] of places.entries()) {
      if (i === 0) headers.push({ file, ...place, bytes: 'headers' })
      if (met.has(kind)) others.push({ file, ...place, bytes: 'record' })
      else kinds.push({ file, ...place, bytes: 'record' })
      met.add(kind)
    }
  }
  return { targets: [...kinds, ...headers, ...others], kinds: kinds.length }
}

/** The records of a log that a scan can read, and of what kind each is: which event, with or without its template. */
function placesOf(log: Uint8Array): (RecordPlace & { readonly kind: string })[] {
  const places: (RecordPlace & { readonly kind: string })[] = []
  const scanner: Scanner = new Scanner(OPEN_GATE, {
    onMatch({ offset, size, provider, eventId, values }, _, fileOffset) {
      const inline = values > offset + CHUNK_HEADER_SIZE ? 'first' : values === 0 ? 'plain' : 'later'
      const kind = `${scanner.names.texts[provider]} ${eventId} ${inline}`
      places.push({ offset: fileOffset + offset, size, kind })
    },
    onDamage: () => {},
  })
  const chunk = chunkAt(new ArrayBuffer(CHUNK_SIZE), 0)
  for (let at = FILE_HEADER_SIZE; at + CHUNK_SIZE <= log.length; at += CHUNK_SIZE) {
    chunk.bytes.set(log.subarray(at, at + CHUNK_SIZE))
    scanner.scanChunk(chunk, at, { recover: 'resync', dirty: false })
  }
  return places
}
