import { ticksFrom } from '../bytes/filetime.ts'
import type { Damage } from '../errors.ts'
import { winEventOf } from '../event/decode.ts'
import type { WinEvent } from '../event/win-event.ts'
import type { Chunk } from '../evtx/chunk.ts'
import { decodeRecord, isDamage, type LogRecord, type NoRecord, type RecordOrDamage, walkChunk } from '../evtx/log.ts'
import type { RecoverMode } from '../evtx/record.ts'
import type { Frame } from '../evtx/recover-record.ts'
import type { ScannedRecord } from '../evtx/scanned-record.ts'
import { Scanner } from '../evtx/scanner.ts'
import { TemplateCache } from '../evtx/template.ts'
import { type Filter, matchesFilter } from '../query/filter.ts'
import { asksNothing, gateOf } from '../query/filter-gate.ts'
import type { Block } from './chunk-reader.ts'
import { DAMAGE_KEPT, dataDamage, type Range, readRange } from './read-range.ts'
import type { RunElsewhere } from './run-elsewhere.ts'

/** Takes a record that a filter lets through, decoded; as an event, where that is asked for. */
export type TakeRecord = (record: LogRecord, asEvent: () => WinEvent) => void

/** A faster way for whole chunks, where everything is wanted and nothing of a chunk's structure is to be told. */
export interface WholeChunks {
  /** Where chunks are to stand. */
  readonly into: Block
  /** Takes all records of a chunk but those that it leaves over; undefined where it takes none. */
  add(chunk: Chunk, fileOffset: number, dirty: boolean): TakenChunk | undefined
}

/** What became of a chunk. */
export interface TakenChunk {
  readonly records: number
  readonly leftOver: readonly { readonly offset: number; readonly size: number }[]
}

/** What this thread learned of templates: it pays for itself only when it outlives a task. */
const templates = new TemplateCache()

/** Names that records bear. */
export interface SeenNames {
  /** Of all records, wanted or not. */
  readonly computers: readonly string[]
  /** Of all records, wanted or not. */
  readonly channels: readonly string[]
  /** Of records with an event id that the filter lets through, in the range and in those that were read before it. */
  readonly providers: readonly string[]
}

/** Names of one kind that are told of a range: a real log has a few hundred at most. */
const NAMES_TOLD = 1_000

/** What reading a range came to, besides the records handed out. */
export interface RangeReading {
  readonly records: number
  readonly recovered: number
  /** Records in unused space that repeat live ones; not among the others. */
  readonly copies: number
  /** Records that could not be read. */
  readonly damaged: number
  /** The first `DAMAGE_KEPT`. */
  readonly damage: readonly Damage[]
  /** Absent where everything is wanted. */
  readonly names?: SeenNames
  readonly failure?: string
}

/** Which records are wanted, and how far to go for them. */
export interface MatchOptions {
  readonly filter: Filter
  readonly recover: RecoverMode
  readonly verify: boolean
}

/** What a reader is told. */
export interface ReaderOptions extends MatchOptions {
  /** Undefined where nothing is to be recovered. */
  readonly elsewhere?: RunElsewhere | undefined
}

/** One of a range, and how reports name its log. */
export interface NamedRange extends Range {
  readonly name: string
}

/**
 * Hands out the records of a range that match a filter, decoded, in the order of the file. With a filter, records that
 * cannot match are skipped without being decoded.
 */
export class MatchReader {
  readonly #options: ReaderOptions
  readonly #everything: boolean
  readonly #scanner: Scanner
  #take: TakeRecord = () => {}
  #name = ''
  #damage: Damage[] = []
  #damaged = 0
  #records = 0
  #recovered = 0
  #copies = 0
  #cachedChunk = -1
  readonly #providers = new Set<string>()

  readonly #whole: WholeChunks | undefined

  /** @param whole of chunks in which nothing is asked, and unused space does not count */
  constructor(options: ReaderOptions, whole?: WholeChunks) {
    this.#options = options
    this.#everything = asksNothing(options.filter)
    this.#whole = whole
    const gate = gateOf(options.filter)
    const eventIds = (provider: string) => {
      this.#providers.add(provider)
      return gate.eventIds(provider)
    }
    this.#scanner = new Scanner(
      { ...gate, eventIds },
      {
        onMatch: (record, chunk, fileOffset) => this.#onMatch(record, chunk, fileOffset),
        onDamage: (damage) => this.#onDamage(damage),
      },
    )
  }

  async read(range: NamedRange, take: TakeRecord): Promise<RangeReading> {
    this.#take = take
    this.#name = range.name
    this.#damage = []
    this.#damaged = this.#records = this.#recovered = this.#copies = 0
    this.#options.elsewhere?.startLog(range.source)
    this.#scanner.startLog()
    const { failure } = await readRange(range, {
      onChunk: (chunk, fileOffset, { dirty }) => this.#chunk(chunk, fileOffset, dirty),
      onDamage: (damage) => this.#onDamage(damage),
      ...(this.#whole && { into: this.#whole.into }),
    })
    const { records, recovered, copies } = this.#everything
      ? { records: this.#records, recovered: this.#recovered, copies: this.#copies }
      : this.#scanner
    return {
      records,
      recovered,
      copies,
      damaged: this.#damaged,
      damage: this.#damage,
      ...(!this.#everything && { names: this.#names() }),
      ...(failure !== undefined && { failure }),
    }
  }

  #names(): SeenNames {
    const groups = this.#scanner.groups.all().filter(({ records }) => records > 0)
    const told = (names: Iterable<string>) => [...new Set(names)].slice(0, NAMES_TOLD)
    return {
      computers: told(groups.map(({ computer }) => computer)),
      channels: told(groups.map(({ channel }) => channel)),
      providers: told(this.#providers),
    }
  }

  #chunk(chunk: Chunk, fileOffset: number, dirty: boolean): void {
    const { recover, verify, elsewhere } = this.#options
    this.#cachedChunk = -1
    const damage = verify && dataDamage(chunk, fileOffset)
    if (damage) this.#onDamage(damage)
    if (!this.#everything) {
      this.#scanner.scanChunk(chunk, fileOffset, { recover, dirty, elsewhere })
      return
    }
    const taken = this.#whole?.add(chunk, fileOffset, dirty && recover !== 'none')
    if (taken) {
      this.#records += taken.records
      if (taken.leftOver.length > 0) this.#readLeftOver(chunk, fileOffset, taken)
      return
    }
    const onCopy = () => void this.#copies++
    for (const found of walkChunk(chunk, fileOffset, { recover, dirty, templates, elsewhere, onCopy })) {
      this.#takeFound(found)
    }
  }

  #takeFound(found: RecordOrDamage | NoRecord): void {
    if (typeof found === 'string') return
    if (isDamage(found)) this.#onDamage(found)
    else {
      this.#records++
      if (found.recovered) this.#recovered++
      this.#emit(found)
    }
  }

  #decode(chunk: Chunk, fileOffset: number, frame: Frame): RecordOrDamage | NoRecord {
    return decodeRecord(chunk, fileOffset, frame, { templates, elsewhere: this.#options.elsewhere })
  }

  #readLeftOver(chunk: Chunk, fileOffset: number, { leftOver }: TakenChunk): void {
    templates.startChunk()
    for (const { offset, size } of leftOver) {
      this.#takeFound(this.#decode(chunk, fileOffset, { offset, size, recovery: undefined }))
    }
  }

  #onMatch(scanned: ScannedRecord, chunk: Chunk, fileOffset: number): void {
    const { since, until } = this.#options.filter
    const time = ticksFrom(scanned.timeLow, scanned.timeHigh)
    if ((since !== undefined && time < since) || (until !== undefined && time > until)) return
    if (this.#cachedChunk !== fileOffset) templates.startChunk()
    this.#cachedChunk = fileOffset
    const found = this.#decode(chunk, fileOffset, scanned)
    // The scan passes over copies, and over what is no record.
    if (typeof found === 'string') return
    if (isDamage(found)) this.#onDamage(found)
    else this.#emit(found)
  }

  #emit(record: LogRecord): void {
    const { offset, recovered, template } = record
    const place = { file: this.#name, offset, ...(recovered && { recovered }), ...(template && { template }) }
    const asEvent = () => winEventOf(record.event, place)
    if (this.#everything) {
      this.#take(record, asEvent)
      return
    }
    const event = asEvent()
    if (matchesFilter(this.#options.filter, event)) this.#take(record, () => event)
  }

  #onDamage(damage: Damage): void {
    if (damage.kind === 'record-framing' || damage.kind === 'record-content') this.#damaged++
    if (this.#damage.length < DAMAGE_KEPT) this.#damage.push(damage)
  }
}
