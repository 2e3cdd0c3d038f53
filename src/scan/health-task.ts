import type { Damage } from '../errors.ts'
import { type Chunk, slotKind } from '../evtx/chunk.ts'
import { OPEN_GATE } from '../evtx/gate.ts'
import type { Group } from '../evtx/group.ts'
import { decodeRecord, isDamage } from '../evtx/log.ts'
import type { RecoverMode } from '../evtx/record.ts'
import type { ScannedRecord } from '../evtx/scanned-record.ts'
import { Scanner } from '../evtx/scanner.ts'
import { TemplateCache } from '../evtx/template.ts'
import { type DamageFound, DamageTally } from './damage-tally.ts'
import { type Engine, preferredEngine } from './engine.ts'
import type { OpeningFacts } from './opening-facts.ts'
import { dataDamage, type Range, readRange } from './read-range.ts'
import { RecordOutput } from './record-output.ts'
import { type RunElsewhere, type RunLogs, withElsewhere } from './run-elsewhere.ts'

/** This thread's output: what it learns of templates holds for any log, so that all tasks share it. */
let shared: { readonly wanted: Engine['name']; readonly output: RecordOutput } | undefined

function sharedOutput(): RecordOutput {
  const wanted = preferredEngine()
  if (shared?.wanted !== wanted) shared = { wanted, output: new RecordOutput('evtx_dump', wanted) }
  return shared.output
}

/** Ranges of logs whose health is asked for. */
export interface HealthTask {
  readonly ranges: readonly Range[]
  readonly logs?: RunLogs
  readonly recover: RecoverMode
  readonly verify: boolean
}

/** The health of one range. */
export interface RangeHealth extends DamageFound {
  /** Undefined when the log could not be opened. */
  readonly facts: OpeningFacts | undefined
  /** Slots that begin as a chunk, or hold a record all the same. */
  readonly chunksUsed: number
  /** Slots of zeros. */
  readonly chunksEmpty: number
  /** Slots with any damage, used or not. */
  readonly chunksDamaged: number
  readonly records: number
  readonly recovered: number
  /** Records in unused space that repeat live ones; not among the others. */
  readonly copies: number
  readonly damaged: number
  readonly groups: readonly Group[]
  readonly providers: readonly string[]
  readonly failure?: string
}

/** Looks at every chunk and decodes every record in a task's ranges. */
export async function healthTask(task: HealthTask): Promise<RangeHealth[]> {
  const reader = new HealthReader(task)
  const healths: RangeHealth[] = []
  for (const range of task.ranges) {
    healths.push(await withElsewhere(task.logs, task.recover, (elsewhere) => reader.read(range, elsewhere)))
  }
  return healths
}

/** Looks at one range after the other; what it learned of templates stays. */
class HealthReader {
  readonly #task: HealthTask
  readonly #scanner: Scanner
  #providers = new Set<number>()
  #damage = new DamageTally()
  /** Places of the chunks with any damage. */
  #hurt = new Set<number>()
  #chunkAt = 0
  /** What it renders decodes, at a fraction of the cost; the text is thrown away. */
  readonly #output = sharedOutput()
  readonly #templates = new TemplateCache()
  /** Chunk that the output and the template cache are about. */
  #cachedChunk = -1
  #undecodable = 0
  /** Of the healthy chain, but with a template that is lost. */
  #rescued = 0
  #elsewhere: RunElsewhere | undefined

  constructor(task: HealthTask) {
    this.#task = task
    this.#scanner = new Scanner(OPEN_GATE, {
      onMatch: (record, chunk, fileOffset) => this.#onRecord(record, chunk, fileOffset),
      onDamage: (damage) => this.#onDamage(damage, this.#chunkAt),
    })
  }

  async read(range: Range, elsewhere: RunElsewhere | undefined): Promise<RangeHealth> {
    elsewhere?.startLog(range.source)
    this.#elsewhere = elsewhere
    const { recover, verify } = this.#task
    const scanner = this.#scanner
    this.#providers = new Set()
    this.#damage = new DamageTally()
    this.#hurt = new Set()
    this.#undecodable = 0
    this.#rescued = 0
    scanner.startLog()
    let used = 0
    let empty = 0
    const { facts, failure } = await readRange(range, {
      onChunk: (chunk, fileOffset, { dirty }) => {
        const kind = slotKind(chunk)
        if (kind === 'unused') {
          empty++
          return
        }
        const before = scanner.records
        this.#chunkAt = fileOffset
        this.#cachedChunk = -1
        const damage = verify && dataDamage(chunk, fileOffset)
        if (damage) this.#onDamage(damage, fileOffset)
        scanner.scanChunk(chunk, fileOffset, { recover, dirty, elsewhere })
        // Other bytes than a log's lie behind the end of one that was carved or not closed.
        if (kind === 'chunk' || scanner.records > before) used++
      },
      onDamage: (damage, chunkAt) => this.#onDamage(damage, chunkAt),
    })
    return {
      facts,
      chunksUsed: used,
      chunksEmpty: empty,
      chunksDamaged: this.#hurt.size,
      records: scanner.records - this.#undecodable,
      recovered: scanner.recovered + this.#rescued,
      copies: scanner.copies,
      damaged: scanner.damaged + this.#undecodable,
      groups: scanner.groups.all(),
      providers: [...this.#providers].map((provider) => scanner.names.texts[provider]!),
      ...this.#damage.found(),
      ...(failure !== undefined && { failure }),
    }
  }

  /** Decodes the record: what is wrong inside it shows in no other way. What the engine leaves over is decoded to a tree. */
  #onRecord(record: ScannedRecord, chunk: Chunk, fileOffset: number): void {
    this.#providers.add(record.provider)
    // What is recovered was decoded by the scan.
    if (record.recovery !== undefined) return
    if (this.#cachedChunk !== fileOffset) this.#startChunk(chunk, fileOffset)
    if (this.#output.addRecord(record.offset, record.size)) return
    const found = decodeRecord(chunk, fileOffset, record, { templates: this.#templates, elsewhere: this.#elsewhere })
    if (typeof found === 'string') return
    if (isDamage(found)) {
      this.#undecodable++
      this.#onDamage(found, fileOffset)
    } else if (found.recovered) this.#rescued++
  }

  #startChunk(chunk: Chunk, fileOffset: number): void {
    this.#cachedChunk = fileOffset
    this.#templates.startChunk()
    this.#output.clear()
    this.#output.startRecords(chunk, fileOffset)
  }

  /** @param chunkAt where the chunk stands that it is in, if it is in one */
  #onDamage(damage: Damage, chunkAt: number | undefined): void {
    if (chunkAt !== undefined) this.#hurt.add(chunkAt)
    this.#damage.add(damage)
  }
}
