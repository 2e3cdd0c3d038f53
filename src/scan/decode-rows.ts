import { listsBy } from '../bytes/lists-by.ts'
import type { Damage } from '../errors.ts'
import { winEventOf } from '../event/decode.ts'
import type { WinEvent } from '../event/win-event.ts'
import type { LogFile } from '../evidence/collection.ts'
import { openSource } from '../evidence/open-source.ts'
import { flowsOnly, type OpenSource } from '../evidence/source.ts'
import { whyUnreadable } from '../evidence/why-unreadable.ts'
import { CHUNK_SIZE, type Chunk, chunkAt } from '../evtx/chunk.ts'
import type { XmlElement } from '../evtx/element.ts'
import { decodeRecord, isDamage } from '../evtx/log.ts'
import { TemplateCache } from '../evtx/template.ts'
import { turn } from '../pool/turn.ts'
import type { SightingRow } from '../query/sighting-rows.ts'
import { alignedBuffer } from './aligned-buffer.ts'
import { refusedBytes } from './chunk-reader.ts'
import { dataDamage } from './read-range.ts'
import { type RunElsewhere, type RunLogs, withElsewhere } from './run-elsewhere.ts'

/** A log that was scanned. */
interface ScannedLog {
  readonly log: LogFile
  /** Where its first chunk begins. */
  readonly firstChunk: number
  /** All logs of the scan, where anything is recovered: what is recovered of one may need what another knows. */
  readonly run?: RunLogs | undefined
}

/** A record by its place, bytes from the start of the file. */
interface Placed {
  readonly offset: number
}

/** Decoded records of one log by offset; what could not be decoded is damage and missing here. */
export interface DecodedRows {
  readonly events: ReadonlyMap<number, WinEvent>
  readonly damage: readonly Damage[]
}

/** What is remembered from log to log: templates are alike on all hosts. */
const templates = new TemplateCache()
let place: Chunk | undefined

/**
 * What the chunks of a log that can only be read forward came to when their checksums were checked on the way, by their
 * place: to go there again would cost the whole way.
 */
const checkedOnTheWay = new WeakMap<LogFile, Map<number, Damage | undefined>>()

/**
 * Decodes some records of a log, chunk by chunk. Checksums are not checked: most of what is kept is never shown. Only
 * where the way to a chunk is long it is done at once, also for chunks of records that may be shown undecoded.
 */
export async function decodeRows(
  scanned: ScannedLog,
  rows: readonly SightingRow[],
  undecoded: readonly Placed[] = [],
): Promise<DecodedRows> {
  return besideElsewhere(scanned, (elsewhere) => decode(scanned, rows, undecoded, elsewhere))
}

/** Decodes with what other logs of the run know, where anything is recovered. */
function besideElsewhere<Result>(
  { run }: ScannedLog,
  work: (elsewhere: RunElsewhere | undefined) => Promise<Result>,
): Promise<Result> {
  return withElsewhere(run, run === undefined ? 'none' : 'slack', work)
}

/** Where a row's record stands in its chunk. */
function frameOf({ offset, size, recovery }: SightingRow, chunkAt: number) {
  return { offset: offset - chunkAt, size, recovery }
}

async function decode(
  scanned: ScannedLog,
  rows: readonly SightingRow[],
  undecoded: readonly Placed[],
  elsewhere: RunElsewhere | undefined,
): Promise<DecodedRows> {
  const events = new Map<number, WinEvent>()
  const damage: Damage[] = []
  const file = scanned.log.name
  const wanted = new Map(rows.map((row) => [row.offset, row]))
  const checked = flowsOnly(scanned.log.source) ? checkedChunks(scanned.log) : undefined
  let treesLeft = MOST_TREES
  await eachChunk(scanned, checked ? [...rows, ...undecoded] : rows, (chunk, at, all, error) => {
    checked?.set(at, chunkDamage(chunk, at, error))
    const inChunk = all.flatMap(({ offset }) => wanted.get(offset) ?? [])
    if (error !== undefined) {
      damage.push(...inChunk.map((row) => lostRow(row, `read again: ${whyUnreadable(error)}`)))
      return
    }
    templates.startChunk()
    for (const row of inChunk) {
      const { offset } = row
      const found = decodeRecord(chunk, at, frameOf(row, at), { templates, elsewhere })
      // Those that repeat others are no rows.
      if (typeof found === 'string') continue
      if (isDamage(found)) {
        damage.push({ ...found, detail: found.detail.replace(/^Record \d+/, `Record ${row.recordId}, which matters,`) })
        continue
      }
      const { recovered, template } = found
      const place = { file, offset, ...(recovered && { recovered }), ...(template && { template }) }
      const event = winEventOf(found.event, place)
      const isNear = checked === undefined || treesLeft === 0
      if (!isNear) treesLeft--
      origins.set(event, isNear ? { scanned, row } : { element: found.event })
      events.set(offset, event)
    }
  })
  return { events, damage }
}

/** Where an event was decoded from: its record, or the tree that was made of it where the way to the record is long. */
type Origin = { readonly scanned: ScannedLog; readonly row: SightingRow } | { readonly element: XmlElement }

/** Trees that are kept of one way through a log; what is shown beyond them costs another way. */
const MOST_TREES = 2_000

/** As long as the events are kept. */
const origins = new WeakMap<WinEvent, Origin>()

/** What events were decoded from, read once more: to keep it of all would take many times as much memory. */
export async function elementsOf(events: readonly WinEvent[]): Promise<ReadonlyMap<WinEvent, XmlElement>> {
  const elements = new Map<WinEvent, XmlElement>()
  const again: (Placed & { readonly event: WinEvent; readonly scanned: ScannedLog; readonly row: SightingRow })[] = []
  for (const event of events) {
    const origin = origins.get(event)
    if (origin === undefined) continue
    if ('element' in origin) elements.set(event, origin.element)
    else again.push({ event, ...origin, offset: origin.row.offset })
  }
  for (const [scanned, inLog] of listsBy(again, (each) => each.scanned)) {
    await besideElsewhere(scanned, (elsewhere) =>
      eachChunk(scanned, inLog, (chunk, at, inChunk, error) => {
        if (error !== undefined) return
        templates.startChunk()
        for (const { event, row } of inChunk) {
          const found = decodeRecord(chunk, at, frameOf(row, at), { templates, elsewhere })
          if (typeof found !== 'string' && !isDamage(found)) elements.set(event, found.event)
        }
      }),
    )
  }
  return elements
}

function lostRow({ recordId, offset, size }: SightingRow, why: string): Damage {
  return { kind: 'read-failed', offset, length: size, detail: `Record ${recordId}, which matters, cannot be ${why}` }
}

function checkedChunks(log: LogFile): Map<number, Damage | undefined> {
  const checked = checkedOnTheWay.get(log) ?? new Map<number, Damage | undefined>()
  checkedOnTheWay.set(log, checked)
  return checked
}

/** @param error that it could not be read for, if so */
function chunkDamage(chunk: Chunk, at: number, error: unknown): Damage | undefined {
  return error === undefined ? dataDamage(chunk, at) : refusedBytes(at, CHUNK_SIZE, error)
}

/** Checks the data checksum of every chunk that holds one of the records; returns what does not match. */
export async function verifyChunksOf(
  scanned: ScannedLog,
  records: readonly { readonly offset: number }[],
): Promise<Damage[]> {
  const found = new Map<number, Damage | undefined>()
  const checked = checkedOnTheWay.get(scanned.log)
  const unknown: { readonly offset: number }[] = []
  for (const record of records) {
    const at = chunkOf(scanned, record)
    if (checked?.has(at)) found.set(at, checked.get(at))
    else unknown.push(record)
  }
  await eachChunk(scanned, unknown, (chunk, at, _, error) => void found.set(at, chunkDamage(chunk, at, error)))
  return [...found.values()].filter((damage) => damage !== undefined)
}

/** Where the chunk of a record begins. */
function chunkOf({ firstChunk }: ScannedLog, { offset }: { readonly offset: number }): number {
  return offset - ((offset - firstChunk) % CHUNK_SIZE)
}

/**
 * Reads every chunk that holds one of the records, in the order of the file.
 *
 * @param visit called with the chunk, borrowed, its place, and its records; or with the error that it cannot be read
 * for
 */
async function eachChunk<Member extends { readonly offset: number }>(
  scanned: ScannedLog,
  records: readonly Member[],
  visit: (chunk: Chunk, at: number, inChunk: readonly Member[], error?: unknown) => void,
): Promise<void> {
  if (records.length === 0) return
  const sorted = [...records].sort((a, b) => a.offset - b.offset)
  const chunk = ownChunk()
  let source: OpenSource
  try {
    source = await openSource(scanned.log.source)
  } catch (error) {
    visit(chunk, sorted[0]!.offset, sorted, error)
    return
  }
  try {
    for (let first = 0, end = 0; first < sorted.length; first = end) {
      const at = chunkOf(scanned, sorted[first]!)
      while (end < sorted.length && sorted[end]!.offset < at + CHUNK_SIZE) end++
      const pause = turn()
      if (pause) await pause
      const coming = source.prepare(at, CHUNK_SIZE)
      if (coming) await coming
      visit(chunk, at, sorted.slice(first, end), fill(source, chunk, at))
    }
  } finally {
    source.close()
  }
}

/** The one chunk that this module reads into: it is filled and looked at before anything else has its turn. */
function ownChunk(): Chunk {
  if (place === undefined) {
    const { buffer, start } = alignedBuffer(CHUNK_SIZE)
    place = chunkAt(buffer, start)
  }
  return place
}

/** Reads a chunk, with zeros for what the file cuts off; returns the error it cannot be read for. */
function fill(source: OpenSource, chunk: Chunk, at: number): unknown {
  try {
    chunk.bytes.fill(0, source.read(chunk.bytes, at))
    return undefined
  } catch (error) {
    return error
  }
}
