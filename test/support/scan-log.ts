import { renderFiletime, ticksFrom } from '../../src/bytes/filetime.ts'
import type { Damage } from '../../src/errors.ts'
import { CHUNK_SIZE, type Chunk, chunkAt } from '../../src/evtx/chunk.ts'
import { FILE_HEADER_SIZE } from '../../src/evtx/file-header.ts'
import { type Gate, OPEN_GATE } from '../../src/evtx/gate.ts'
import { elsewhereIn, tryFileHeader } from '../../src/evtx/log.ts'
import type { RecoverMode } from '../../src/evtx/record.ts'
import { levelOf, type ScannedRecord } from '../../src/evtx/scanned-record.ts'
import { Scanner } from '../../src/evtx/scanner.ts'
import { TABLES_SIZE } from '../../src/evtx/skim-map.ts'
import { Skimmer } from '../../src/evtx/skimmer.ts'
import type { SystemText } from '../../src/evtx/system.ts'
import { alignedBuffer } from '../../src/scan/aligned-buffer.ts'

/** What a scan of a whole log found: the System fields of each record by its place in the file, as text. */
export interface Scan {
  readonly systems: ReadonlyMap<number, SystemText>
  readonly damage: readonly Damage[]
  readonly scanner: Scanner
}

export interface ScanOptions {
  readonly recover?: RecoverMode
  readonly gate?: Gate
  /** Passes over what needs no look; the log is read into its memory. */
  readonly skimmer?: Skimmer
  readonly onMatch?: (record: ScannedRecord, chunk: Chunk, fileOffset: number, scanner: Scanner) => void
}

/** Scans a log that is wholly in memory, chunk after chunk, as `walkLog` walks it. */
export function scanLog(bytes: Uint8Array, options: ScanOptions = {}): Scan {
  return new LogScans(options).scan(bytes)
}

/** Scans one log after the other with one scanner. */
export class LogScans {
  readonly #options: ScanOptions
  readonly #scanner: Scanner
  #systems = new Map<number, SystemText>()
  #damage: Damage[] = []

  constructor(options: ScanOptions = {}) {
    this.#options = options
    this.#scanner = new Scanner(options.gate ?? OPEN_GATE, {
      onMatch: (record, chunk, fileOffset) => {
        this.#systems.set(fileOffset + record.offset, systemText(this.#scanner, record, chunk))
        options.onMatch?.(record, chunk, fileOffset, this.#scanner)
      },
      onDamage: (one) => this.#damage.push(one),
    })
  }

  scan(bytes: Uint8Array): Scan {
    this.#systems = new Map()
    this.#damage = []
    const scanner = this.#scanner
    scanner.startLog()
    const header = tryFileHeader(bytes)
    const dirty = 'kind' in header || header.dirty
    const { skimmer, recover = 'resync' } = this.#options
    const elsewhere = recover === 'none' ? undefined : elsewhereIn(bytes, dirty)
    const chunk = skimmer ? chunkAt(skimmer.buffer, TABLES_SIZE) : chunkAt(new ArrayBuffer(CHUNK_SIZE), 0)
    scanner.useSkimmer(skimmer)
    for (let at = FILE_HEADER_SIZE; at < bytes.length; at += CHUNK_SIZE) {
      chunk.bytes.fill(0)
      chunk.bytes.set(bytes.subarray(at, at + CHUNK_SIZE))
      scanner.scanChunk(chunk, at, { recover, dirty, elsewhere })
    }
    scanner.settle()
    return { systems: this.#systems, damage: this.#damage, scanner }
  }
}

/** What a scan says, to be compared. */
export function answersOf({ systems, damage, scanner }: Scan) {
  const { records, recovered, damaged } = scanner
  return { systems: [...systems], damage, records, recovered, damaged, groups: scanner.groups.all() }
}

/** A skimmer with room for one chunk. */
export function newSkimmer(): Skimmer {
  return new Skimmer(alignedBuffer(CHUNK_SIZE, TABLES_SIZE).memory!)
}

function systemText(scanner: Scanner, record: ScannedRecord, chunk: Chunk): SystemText {
  return {
    provider: scanner.names.texts[record.provider]!,
    eventId: String(record.eventId),
    level: String(levelOf(record, chunk) ?? ''),
    timeCreated: renderFiletime(record.timeLow, record.timeHigh),
    recordId: String(ticksFrom(record.recordIdLow, record.recordIdHigh)),
    channel: record.group.channel,
    computer: record.group.computer,
  }
}
