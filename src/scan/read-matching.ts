import { ticksFrom } from '../bytes/filetime.ts'
import { winEventOf } from '../event/decode.ts'
import type { WinEvent } from '../event/win-event.ts'
import type { Chunk } from '../evtx/chunk.ts'
import { decodeRecord, isDamage, type LogRecord, type NoRecord, type RecordOrDamage, walkChunk } from '../evtx/log.ts'
import type { RecoverMode } from '../evtx/record.ts'
import type { Frame } from '../evtx/recover-record.ts'
import type { ScannedRecord } from '../evtx/scanned-record.ts'
import { Scanner } from '../evtx/scanner.ts'
import { SystemFields } from '../evtx/system-fields.ts'
import { TemplateCache } from '../evtx/template.ts'
import { type Filter, type FilteredFields, fieldsAsked, matcherOf, namelessOf } from '../query/filter.ts'
import { asksNothing, gateOf } from '../query/filter-gate.ts'
import { type Block, sharedSkimmer } from './chunk-reader.ts'
import { type DamageFound, DamageTally } from './damage-tally.ts'
import { dataDamage, type Range, readRange } from './read-range.ts'
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

/** A faster way for single records, where only some are wanted. */
export interface SingleRecords {
  /** Begins a chunk: the records that follow are of it. */
  startRecords(chunk: Chunk, fileOffset: number): void
  /** Takes a record of the healthy chain, as framed; false where it has to be decoded. */
  addRecord(offset: number, size: number): boolean
  /** Ends the chunk. */
  endRecords?(): void
}

/** How records are read, besides one by one. */
export interface Ways {
  /** For chunks of which nothing is asked, where unused space does not count. */
  readonly whole?: WholeChunks | undefined
  /** For records that are wanted. */
  readonly single?: SingleRecords | undefined
  /** Undefined where nothing is to be recovered. */
  readonly elsewhere?: RunElsewhere | undefined
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
  /**
   * Of records with an event id that the filter lets through, in the range and in those of the task that were read
   * before it. What was told with an earlier task of the run is not told again.
   */
  readonly providers: readonly string[]
  /**
   * Records that lost a channel, provider or computer that is asked for with their definition, and are as wanted in all
   * else.
   */
  readonly nameless: number
}

/** Names of one kind that are told of a range: a real log has a few hundred at most. */
const NAMES_TOLD = 1_000

/** What reading a range came to, besides the records handed out. */
export interface RangeReading extends DamageFound {
  readonly records: number
  readonly recovered: number
  /** Records in unused space that repeat live ones; not among the others. */
  readonly copies: number
  /** Records that could not be read. */
  readonly damaged: number
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

/** One of a range, and how reports name its log. */
export interface NamedRange extends Range {
  readonly name: string
}

/**
 * What a thread learned of templates and names in the tasks of a run: it pays for itself only when it outlives a task.
 */
let idle: { readonly run: string; readonly reader: MatchReader } | undefined

/**
 * Lets a task read with what its thread learned in the tasks before it.
 *
 * @param run names the run; its tasks all want the same
 */
export async function withReader<Result>(
  run: string,
  options: MatchOptions,
  work: (reader: MatchReader) => Promise<Result>,
): Promise<Result> {
  const reader = idle?.run === run ? idle.reader : new MatchReader(options)
  // Two runs may go on in one process: none finds the other's reader while it is busy.
  idle = undefined
  reader.startTask()
  const result = await work(reader)
  idle = { run, reader }
  return result
}

/**
 * Hands out the records of a range that match a filter, in the order of the file. With a filter, records that cannot
 * match are skipped without being decoded, and whether one does is told by the fields of System where they stand, if
 * they stand where Windows has them.
 */
export class MatchReader {
  readonly #options: MatchOptions
  readonly #everything: boolean
  readonly #matches: (event: FilteredFields) => boolean
  readonly #isNameless: (event: FilteredFields) => boolean
  readonly #scanner: Scanner
  readonly #fields: SystemFields
  #take: TakeRecord = () => {}
  #ways: Ways = {}
  #name = ''
  #damage = new DamageTally()
  #records = 0
  #recovered = 0
  #copies = 0
  #nameless = 0
  /** Place of the chunk that was last looked into, and of the one that single records were last taken of. */
  #fieldsAt = -1
  #singlesAt = -1
  readonly #providers = new Set<string>()
  /** Of these. */
  #providersTold = 0

  constructor({ filter, recover, verify }: MatchOptions) {
    const options = { filter, recover, verify }
    this.#options = options
    this.#everything = asksNothing(options.filter)
    this.#matches = matcherOf(options.filter)
    this.#isNameless = namelessOf(options.filter)
    const gate = gateOf(options.filter)
    const eventIds = (provider: string) => {
      this.#providers.add(provider)
      return gate.eventIds(provider)
    }
    this.#scanner = new Scanner(
      { ...gate, eventIds },
      {
        onMatch: (record, chunk, fileOffset) => this.#onMatch(record, chunk, fileOffset),
        onDamage: (damage) => this.#damage.add(damage),
      },
    )
    this.#fields = new SystemFields(templates, this.#scanner.names, fieldsAsked(options.filter))
  }

  /** What was told up to now has been taken in. */
  startTask(): void {
    // To tell some again costs less than to keep what floods of them.
    if (this.#providers.size > NAMES_TOLD) this.#providers.clear()
    this.#providersTold = this.#providers.size
  }

  /** @param take takes what nothing in `ways` took */
  async read(range: NamedRange, take: TakeRecord, ways: Ways = {}): Promise<RangeReading> {
    this.#take = take
    this.#ways = ways
    this.#name = range.name
    this.#damage = new DamageTally()
    this.#records = this.#recovered = this.#copies = this.#nameless = 0
    ways.elsewhere?.startLog(range.source)
    const failure = this.#everything ? await this.#readAll(range) : await this.#scan(range)
    const { records, recovered, copies } = this.#everything
      ? { records: this.#records, recovered: this.#recovered, copies: this.#copies }
      : this.#scanner
    return {
      records,
      recovered,
      copies,
      damaged: this.#damage.records,
      ...this.#damage.found(),
      ...(!this.#everything && { names: this.#names() }),
      ...(failure !== undefined && { failure }),
    }
  }

  async #readAll(range: NamedRange): Promise<string | undefined> {
    const { whole } = this.#ways
    const { failure } = await readRange(range, {
      onChunk: (chunk, fileOffset, { dirty }) => this.#readChunk(chunk, fileOffset, dirty),
      onDamage: (damage) => this.#damage.add(damage),
      ...(whole && { into: whole.into }),
    })
    return failure
  }

  async #scan(range: NamedRange): Promise<string | undefined> {
    const scanner = this.#scanner
    scanner.startLog()
    scanner.useSkimmer(sharedSkimmer())
    try {
      const { failure } = await readRange(range, {
        onChunk: (chunk, fileOffset, { dirty }) => this.#scanChunk(chunk, fileOffset, dirty),
        onDamage: (damage) => this.#damage.add(damage),
      })
      return failure
    } finally {
      scanner.settle()
    }
  }

  #names(): SeenNames {
    const groups = this.#scanner.groups.all()
    // What was met in unused space only is nobody's: it may be of another computer.
    const own = groups.filter(({ records }) => records > 0)
    const told = (names: Iterable<string>) => [...new Set(names)].slice(0, NAMES_TOLD)
    return {
      computers: told(own.map(({ computer }) => computer)),
      channels: told(groups.map(({ channel }) => channel)),
      providers: told([...this.#providers].slice(this.#providersTold)),
      nameless: this.#nameless,
    }
  }

  #scanChunk(chunk: Chunk, fileOffset: number, dirty: boolean): void {
    this.#verify(chunk, fileOffset)
    this.#fieldsAt = this.#singlesAt = -1
    const { elsewhere } = this.#ways
    this.#scanner.scanChunk(chunk, fileOffset, { recover: this.#options.recover, dirty, elsewhere })
    if (this.#singlesAt === fileOffset) this.#ways.single?.endRecords?.()
  }

  #readChunk(chunk: Chunk, fileOffset: number, dirty: boolean): void {
    this.#verify(chunk, fileOffset)
    const { recover } = this.#options
    const { whole, elsewhere } = this.#ways
    const taken = whole?.add(chunk, fileOffset, dirty && recover !== 'none')
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

  #verify(chunk: Chunk, fileOffset: number): void {
    const damage = this.#options.verify && dataDamage(chunk, fileOffset)
    if (damage) this.#damage.add(damage)
  }

  #takeFound(found: RecordOrDamage | NoRecord): void {
    if (typeof found === 'string') return
    if (isDamage(found)) this.#damage.add(found)
    else {
      this.#records++
      if (found.recovered) this.#recovered++
      this.#take(found, () => this.#eventOf(found))
    }
  }

  #decode(chunk: Chunk, fileOffset: number, frame: Frame): RecordOrDamage | NoRecord {
    return decodeRecord(chunk, fileOffset, frame, { templates, elsewhere: this.#ways.elsewhere })
  }

  #readLeftOver(chunk: Chunk, fileOffset: number, { leftOver }: TakenChunk): void {
    templates.startChunk()
    for (const { offset, size } of leftOver) {
      this.#takeFound(this.#decode(chunk, fileOffset, { offset, size, recovery: undefined }))
    }
  }

  #onMatch(scanned: ScannedRecord, chunk: Chunk, fileOffset: number): void {
    if (!this.#isInTime(scanned)) return
    if (this.#fieldsAt !== fileOffset) {
      this.#fields.startChunk(chunk)
      this.#fieldsAt = fileOffset
    }
    const { offset, size, recovery } = scanned
    if (recovery === undefined && this.#fields.read(offset, size)) {
      if (!this.#matches(this.#fields) || this.#addSingle(offset, size, chunk, fileOffset)) return
    }
    const found = this.#decode(chunk, fileOffset, scanned)
    // The scan passes over copies, and over what is no record.
    if (typeof found === 'string') return
    if (isDamage(found)) {
      this.#damage.add(found)
      return
    }
    const event = this.#eventOf(found)
    if (this.#matches(event)) this.#take(found, () => event)
    else if (found.template !== undefined && this.#isNameless(event)) this.#nameless++
  }

  /** False where it has to be decoded. */
  #addSingle(offset: number, size: number, chunk: Chunk, fileOffset: number): boolean {
    const { single } = this.#ways
    if (single === undefined) return false
    if (this.#singlesAt !== fileOffset) {
      single.startRecords(chunk, fileOffset)
      this.#singlesAt = fileOffset
    }
    return single.addRecord(offset, size)
  }

  #isInTime({ timeLow, timeHigh }: ScannedRecord): boolean {
    const { since, until } = this.#options.filter
    if (since === undefined && until === undefined) return true
    const time = ticksFrom(timeLow, timeHigh)
    return (since === undefined || time >= since) && (until === undefined || time <= until)
  }

  #eventOf({ offset, recovered, template, event }: LogRecord): WinEvent {
    return winEventOf(event, {
      file: this.#name,
      offset,
      ...(recovered && { recovered }),
      ...(template && { template }),
    })
  }
}
