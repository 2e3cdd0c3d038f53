import type { Damage } from '../errors.ts'
import { winEventOf } from '../event/decode.ts'
import type { WinEvent } from '../event/win-event.ts'
import type { Chunk } from '../evtx/chunk.ts'
import type { Group } from '../evtx/group.ts'
import type { IdRuns } from '../evtx/id-runs.ts'
import { TOO_MANY_NAMES } from '../evtx/interner.ts'
import { decodeRecord, isDamage } from '../evtx/log.ts'
import { PayloadFields, UNDECIDED } from '../evtx/payload-fields.ts'
import type { RecoverMode } from '../evtx/record.ts'
import { RecordIds } from '../evtx/record-ids.ts'
import { levelOf, type ScannedRecord } from '../evtx/scanned-record.ts'
import { Scanner } from '../evtx/scanner.ts'
import { TemplateCache } from '../evtx/template.ts'
import { UINT32_TYPE } from '../evtx/value-type.ts'
import { areTicksApart, eventPasses, passes } from '../query/field-test.ts'
import { KEPT_MATCHES, type Need } from '../query/need.ts'
import { type AskedNeed, numberPasses, Question } from '../query/question.ts'
import { type PackedRows, SightingRows } from '../query/sighting-rows.ts'
import { sharedSkimmer } from './chunk-reader.ts'
import { type DamageFound, DamageTally } from './damage-tally.ts'
import type { OpeningFacts } from './opening-facts.ts'
import { dataDamage, type Range, readRange } from './read-range.ts'
import { type RunElsewhere, type RunLogs, withElsewhere } from './run-elsewhere.ts'

/** Ranges of logs to scan for some needs. */
export interface ScanTask {
  readonly ranges: readonly Range[]
  readonly logs?: RunLogs
  readonly needs: readonly Need[]
  readonly recover: RecoverMode
  /** Check the data checksum of every chunk. */
  readonly verify: boolean
}

/** Matches of one need in one group of a range. */
export interface KeptRows {
  /** Position in the task's needs. */
  readonly need: number
  /** Position in the range's groups. */
  readonly group: number
  readonly rows: PackedRows
}

/** What one range holds. */
export interface RangeScan extends DamageFound {
  /** In the order in which they were met, those that count no record too. */
  readonly groups: readonly Group[]
  readonly kept: readonly KeptRows[]
  /** EventRecordIDs, as they follow each other. */
  readonly ids: IdRuns
  /** Undefined when the log could not be opened. */
  readonly opening?: Pick<OpeningFacts, 'dirty' | 'firstChunk' | 'header'>
  readonly records: number
  readonly recovered: number
  /** Records in unused space that repeat live ones; not among the others. */
  readonly copies: number
  readonly damaged: number
  /** Why the log could not be opened or read to its end. */
  readonly failure?: string
}

/** Damage that whole records are lost with. */
const LOSES_RECORDS: ReadonlySet<Damage['kind']> = new Set([
  'record-framing',
  'chunk-signature',
  'chunk-header-checksum',
  'read-failed',
  'truncated',
])

/** What a worker keeps from task to task: compiled templates and interned names pay for themselves only then. */
let idle: { readonly key: string; readonly sieve: Sieve } | undefined

/** Scans the ranges of a task. */
export async function scanTask(task: ScanTask): Promise<RangeScan[]> {
  const key = JSON.stringify(task.needs)
  const { sieve } = idle?.key === key ? idle : { sieve: new Sieve(task.needs) }
  // Two runs may go on in one process: none finds the other's sieve while it is busy.
  idle = undefined
  const scans: RangeScan[] = []
  for (const range of task.ranges) {
    scans.push(await withElsewhere(task.logs, task.recover, (elsewhere) => sieve.scan(range, task, elsewhere)))
  }
  idle = { key, sieve }
  return scans
}

/** Scans ranges for one set of needs. */
class Sieve {
  readonly #question: Question
  readonly #scanner: Scanner
  readonly #templates = new TemplateCache()
  readonly #fields = new PayloadFields(this.#templates)
  readonly #ids = new RecordIds()
  /** Chunk that the template cache is about. */
  #cachedChunk = -1
  #rows = new Map<Group, (SightingRows | undefined)[]>()
  /** Needs by group, then by provider and event id. */
  #asked = new Map<Group, Map<number, readonly AskedNeed[]>>()
  #damage = new DamageTally()
  /** The number that the last test looked at; negative where it looked at a text. */
  #decidedBy = -1
  #elsewhere: RunElsewhere | undefined

  constructor(needs: readonly Need[]) {
    this.#question = new Question(needs)
    this.#scanner = new Scanner(this.#question.gate, {
      onMatch: (record, chunk, fileOffset) => this.#onMatch(record, chunk, fileOffset),
      onDamage: (damage) => this.#onDamage(damage),
    })
  }

  async scan(range: Range, task: ScanTask, elsewhere: RunElsewhere | undefined): Promise<RangeScan> {
    elsewhere?.startLog(range.source)
    this.#elsewhere = elsewhere
    const scanner = this.#scanner
    scanner.startLog()
    scanner.useSkimmer(sharedSkimmer())
    this.#rows = new Map()
    this.#asked = new Map()
    this.#damage = new DamageTally()
    this.#ids.start()
    const { facts, failure } = await readRange(range, {
      onChunk: (chunk, fileOffset, { dirty }) => {
        this.#cachedChunk = -1
        const { chunks } = scanner
        const mode = { recover: task.recover, dirty, elsewhere }
        scanner.scanChunk(chunk, fileOffset, mode)
        if (scanner.chunks > chunks) this.#ids.add(chunk, mode, scanner)
        const damage = task.verify && dataDamage(chunk, fileOffset)
        if (damage) this.#onDamage(damage)
      },
      onDamage: (damage) => this.#onDamage(damage),
    })
    scanner.settle()
    const groups = scanner.groups.all()
    const { records, recovered, copies, damaged } = scanner
    return {
      groups,
      kept: this.#takeRows(groups),
      ...this.#damage.found(),
      ids: this.#ids.taken(groups),
      ...(facts && { opening: { dirty: facts.dirty, firstChunk: facts.firstChunk, header: facts.header } }),
      records,
      recovered,
      copies,
      damaged,
      ...(failure !== undefined && { failure }),
    }
  }

  #onDamage(damage: Damage): void {
    if (LOSES_RECORDS.has(damage.kind)) this.#ids.hurt()
    this.#damage.add(damage)
  }

  #onMatch(record: ScannedRecord, chunk: Chunk, fileOffset: number): void {
    let decoded: { readonly event: WinEvent | undefined } | undefined
    let candidates = this.#candidates(record)
    if (candidates === UNDECIDED) {
      const event = this.#decode(record, chunk, fileOffset)
      decoded = { event }
      candidates = event ? this.#question.candidates(event.provider, event.eventId, event.channel) : []
    }
    for (const asked of candidates) {
      if (asked.where.length > 0) {
        const decided = this.#test(asked, record, chunk, fileOffset)
        if (decided === UNDECIDED) {
          decoded ??= { event: this.#decode(record, chunk, fileOffset) }
          const { event } = decoded
          if (!event || !asked.where.every((test) => eventPasses(test, event))) continue
        } else if (!decided) {
          this.#refuse(asked, record, chunk)
          continue
        }
      }
      this.#rowsOf(record.group, asked).push(
        record.recordIdLow,
        record.recordIdHigh,
        record.timeLow,
        record.timeHigh,
        fileOffset + record.offset,
        record.eventId,
        record.size,
        record.recovery,
        levelOf(record, chunk),
      )
    }
  }

  /** Needs that the record's System fields answer; the same for all of its kind in a group. */
  #candidates({ provider, eventId, group }: ScannedRecord): readonly AskedNeed[] | typeof UNDECIDED {
    const name = this.#scanner.names.texts[provider]!
    if (name === TOO_MANY_NAMES || group.channel === TOO_MANY_NAMES) return UNDECIDED
    let byKind = this.#asked.get(group)
    if (!byKind) {
      byKind = new Map()
      this.#asked.set(group, byKind)
    }
    const kind = provider * 65_536 + eventId
    let asked = byKind.get(kind)
    if (!asked) {
      asked = this.#question.candidates(name, eventId, group.channel)
      byKind.set(kind, asked)
    }
    return asked
  }

  /** Tests the fields where they stand; undecided where one cannot be found that way. */
  #test(asked: AskedNeed, record: ScannedRecord, chunk: Chunk, fileOffset: number): boolean | typeof UNDECIDED {
    this.#cache(fileOffset)
    const fields = this.#fields
    for (const test of asked.where) {
      this.#decidedBy = -1
      if ('secondsApart' in test) {
        const time = fields.ticks(chunk, record, test.name)
        const other = fields.ticks(chunk, record, test.other)
        if (time === UNDECIDED || other === UNDECIDED) return UNDECIDED
        if (!areTicksApart(time, other, test.secondsApart)) return false
        continue
      }
      const found = fields.find(chunk, record, test.name)
      if (found === UNDECIDED) return UNDECIDED
      if (found === 'value' && fields.type === UINT32_TYPE && fields.size === 4) {
        this.#decidedBy = chunk.view.getUint32(fields.offset, true)
        if (!numberPasses(test, this.#decidedBy)) return false
      } else if (!passes(test, found === 'absent' ? undefined : fields.text(chunk, found))) return false
    }
    return true
  }

  /** Tells the scanner to pass over records like this one, where one number decides and nobody else asks for them. */
  #refuse(asked: AskedNeed, { eventId }: ScannedRecord, chunk: Chunk): void {
    const number = this.#decidedBy
    if (number < 0 || asked.where.length > 1 || !asked.alone.has(eventId) || !this.#scanner.mayRefuse(number)) return
    const place = this.#fields.placeOfLast(chunk)
    if (place) this.#scanner.refuse(place, number)
  }

  #decode(record: ScannedRecord, chunk: Chunk, fileOffset: number): WinEvent | undefined {
    this.#cache(fileOffset)
    const found = decodeRecord(chunk, fileOffset, record, { templates: this.#templates, elsewhere: this.#elsewhere })
    // The scan passes over copies, and over what is no record.
    if (typeof found === 'string') return undefined
    if (!isDamage(found)) return winEventOf(found.event, { file: '', offset: found.offset })
    this.#onDamage(found)
    return undefined
  }

  #cache(fileOffset: number): void {
    if (this.#cachedChunk === fileOffset) return
    this.#cachedChunk = fileOffset
    this.#templates.startChunk()
  }

  #rowsOf(group: Group, asked: AskedNeed): SightingRows {
    let byNeed = this.#rows.get(group)
    if (!byNeed) {
      byNeed = []
      this.#rows.set(group, byNeed)
    }
    let rows = byNeed[asked.index]
    if (!rows) {
      rows = new SightingRows(KEPT_MATCHES)
      byNeed[asked.index] = rows
    }
    return rows
  }

  #takeRows(groups: readonly Group[]): KeptRows[] {
    const taken: KeptRows[] = []
    const positions = new Map(groups.map((group, position) => [group, position]))
    for (const [group, byNeed] of this.#rows) {
      const position = positions.get(group)!
      byNeed.forEach((rows, need) => {
        if (rows) taken.push({ need, group: position, rows: rows.pack() })
      })
    }
    return taken
  }
}
