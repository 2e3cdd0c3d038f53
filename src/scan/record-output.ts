import { toIso } from '../bytes/filetime.ts'
import type { Damage } from '../errors.ts'
import type { Chunk } from '../evtx/chunk.ts'
import { DECLINED } from '../evtx/decoder.ts'
import type { Elsewhere } from '../evtx/elsewhere.ts'
import { toJson } from '../evtx/json.ts'
import { renderEvtxDumpJson } from '../evtx/json-evtx-dump.ts'
import { JsonMeta } from '../evtx/json-meta.ts'
import { decodeRecord, isDamage, type LogRecord, type NoRecord } from '../evtx/log.ts'
import { PlainRenderer } from '../evtx/plain-renderer.ts'
import type { Dialect } from '../evtx/plan.ts'
import type { PlanMemory } from '../evtx/plan-memory.ts'
import type { Frame } from '../evtx/recover-record.ts'
import { REFUSAL } from '../evtx/run-xml.ts'
import { TemplateCache } from '../evtx/template.ts'
import { renderXml } from '../evtx/xml.ts'
import { type Block, blockAt } from './chunk-reader.ts'
import { type Engine, startEngine } from './engine.ts'
import type { SingleRecords } from './read-matching.ts'

/** Most bytes of a comment before a record, or of a line's end behind it. */
const AROUND = 64
const LINE_END = 0x0a
const OPEN_BRACE = 0x7b

const encoder = new TextEncoder()

/** This thread's output: its plans pay for themselves only when they outlive a task. */
let shared: { readonly run: number; readonly output: RecordOutput } | undefined

/** The output of this thread for the tasks of a run, empty. Another run that is under way here keeps its own. */
export function outputOf(run: number, dialect: Dialect, engine: Engine['name']): RecordOutput {
  if (shared?.run !== run) shared = { run, output: new RecordOutput(dialect, engine) }
  shared.output.clear()
  return shared.output
}

/** What became of a chunk. */
export interface AddedChunk {
  readonly records: number
  /** Of these. */
  readonly recovered: number
  /** For each record that could not be decoded. */
  readonly damage: Damage[]
}

/**
 * What became of a record: it was added, or what was recovered of it was, if such are to be shown; or there is none.
 */
export type Added = 'live' | 'recovered' | NoRecord | Damage

/** What to do about records that are recovered. */
export interface RecoveredRecords {
  readonly elsewhere?: Elsewhere | undefined
  /** False: they are only looked at. */
  readonly withRecovered: boolean
}

/**
 * Renders records one behind the other, from the memory that they are read to into the memory that is written: what
 * the plans refuse is decoded to a tree.
 */
export class RecordOutput implements SingleRecords {
  readonly dialect: Dialect
  readonly memory: PlanMemory
  readonly engine: Engine
  /** Where chunks are to be read to, so that they need not be copied. */
  readonly into: Block
  readonly #renderer: PlainRenderer
  /** What the tree knows of the chunk; of no other, so that no chunk has a say in what becomes of another. */
  #templates = new TemplateCache()
  #hasTree = false
  #meta = new JsonMeta('')
  #file = ''
  #at: number
  /** The chunk that the kernel is at. */
  #whole:
    | {
        readonly chunk: Chunk
        readonly fileOffset: number
        readonly damage: Damage[]
        records: number
        recovered: number
        fits: boolean
      }
    | undefined
  /** The chunk that single records are added of. */
  #single: { readonly chunk: Chunk; readonly fileOffset: number } | undefined
  #recovered: RecoveredRecords = { withRecovered: true }
  /** The kernel knows what there is to tell of the log. */
  #isTold = true
  /** What was full before the end. */
  #parts: Uint8Array[] = []

  /**
   * @param engine `plain` for the plain renderer alone
   */
  constructor(dialect: Dialect, engine: Engine['name'] = 'kernel') {
    this.dialect = dialect
    this.engine = startEngine(dialect, engine, (offset, size, at) => this.#addLeftOver(offset, size, at))
    this.memory = this.engine.memory
    this.into = blockAt(this.memory.buffer, this.memory.inputAt)
    this.#renderer = new PlainRenderer(this.memory, dialect)
    this.#at = this.memory.outputAt
  }

  clear(): void {
    this.#at = this.memory.outputAt
    this.#parts = []
  }

  /** @param name of the log that comes next, as reports name it */
  startLog(name: string, recovered: RecoveredRecords): void {
    this.#recovered = recovered
    this.#file = name
    this.#meta = new JsonMeta(name)
    if (this.dialect === 'json') this.#isTold = this.engine.decoder?.tellText(this.#meta.start) ?? false
  }

  startChunk(chunk: Chunk): void {
    this.#hasTree = false
    this.#renderer.startChunk(chunk)
  }

  /**
   * Adds all records of a chunk at once, where the kernel can. Else nothing is added, and the chunk is one for
   * `startChunk` and `add`.
   *
   * @param chunk stands in `into`
   * @param dirty records that continue the chain behind where the header ends it are wanted
   */
  addChunk(chunk: Chunk, fileOffset: number, dirty: boolean): AddedChunk | undefined {
    const { decoder } = this.engine
    const { outputAt, outputEnd, buffer } = this.memory
    if (decoder === undefined || chunk.bytes.buffer !== buffer || !this.#isTold) return undefined
    if (this.#at > (outputAt + outputEnd) / 2) this.#flush()
    this.#hasTree = false
    this.#whole = { chunk, fileOffset, records: 0, recovered: 0, damage: [], fits: true }
    decoder.tellPlace(fileOffset)
    const end = decoder.decodeChunk(chunk.bytes.byteOffset, this.#at, dirty)
    const { records, recovered, damage, fits } = this.#whole
    if (end === DECLINED || !fits) return undefined
    this.#at = end
    return { records: records + decoder.recordCount, recovered, damage }
  }

  /** One record that the kernel leaves over, by way of its tree. Returns the position behind its text. */
  #addLeftOver(offset: number, size: number, at: number): number {
    const whole = this.#whole!
    this.#startTree()
    const found = this.#decode(whole.chunk, whole.fileOffset, { offset, size, recovery: undefined })
    // It is of the healthy chain, so that it is a record or damage.
    if (typeof found === 'string') return at
    if (isDamage(found)) {
      whole.damage.push(found)
      return at
    }
    whole.records++
    if (found.recovered) whole.recovered++
    if (!this.#isShown(found)) return at
    const text = encoder.encode(this.#text(found))
    if (at + text.length > this.memory.outputEnd) {
      whole.fits = false
      return at
    }
    this.memory.bytes.set(text, at)
    return at + text.length
  }

  /** Begins a chunk of which single records are added, in the order of the file; the next `addRecord` are of it. */
  startRecords(chunk: Chunk, fileOffset: number): void {
    const { decoder } = this.engine
    this.#single = { chunk, fileOffset }
    if (decoder === undefined) {
      this.startChunk(chunk)
      return
    }
    const { outputAt, outputEnd, bytes, inputAt } = this.memory
    if (this.#at > (outputAt + outputEnd) / 2) this.#flush()
    bytes.set(chunk.bytes, inputAt)
    decoder.openChunk(inputAt)
    decoder.tellPlace(fileOffset)
  }

  /** Adds one record of the healthy chain, as framed; false where it is to be decoded to a tree. */
  addRecord(offset: number, size: number): boolean {
    const { decoder } = this.engine
    const { chunk, fileOffset } = this.#single!
    if (decoder === undefined) return this.#addWhole(chunk, fileOffset, { offset, size, recovery: undefined })
    const end = this.#isTold ? decoder.decodeRecord(offset, size, this.#at) : DECLINED
    if (end === DECLINED) return false
    this.#at = end
    return true
  }

  /**
   * Adds one record of the chunk; nothing of it is kept where it is damage.
   *
   * @param fileOffset where the chunk stands in its file
   */
  add(chunk: Chunk, fileOffset: number, frame: Frame): Added {
    // Plans know nothing of what is missing.
    if (frame.recovery === undefined && this.#addWhole(chunk, fileOffset, frame)) return 'live'
    const found = this.#decode(chunk, fileOffset, frame)
    if (typeof found === 'string' || isDamage(found)) return found
    if (this.#isShown(found)) this.addDecoded(found)
    return found.recovered ? 'recovered' : 'live'
  }

  /** False where the plans refuse it. */
  #addWhole(chunk: Chunk, fileOffset: number, { offset, size }: Frame): boolean {
    if (this.#at + AROUND + this.#meta.size > this.memory.outputEnd) this.#flush()
    let end = this.#render(chunk, fileOffset, offset, size)
    if (end === REFUSAL && this.#renderer.lacksRoom && this.#at > this.memory.outputAt) {
      this.#flush()
      end = this.#render(chunk, fileOffset, offset, size)
    }
    if (end === REFUSAL) return false
    this.#at = end
    return true
  }

  #decode(chunk: Chunk, fileOffset: number, frame: Frame) {
    this.#startTree()
    return decodeRecord(chunk, fileOffset, frame, { templates: this.#templates, elsewhere: this.#recovered.elsewhere })
  }

  #isShown({ recovered }: LogRecord): boolean {
    return recovered === undefined || this.#recovered.withRecovered
  }

  #startTree(): void {
    if (!this.#hasTree) this.#templates = new TemplateCache()
    this.#hasTree = true
  }

  /** Adds a record that was decoded to a tree. */
  addDecoded(record: LogRecord): void {
    const text = encoder.encode(this.#text(record))
    if (this.#at + text.length > this.memory.outputEnd) this.#flush()
    if (this.#at + text.length > this.memory.outputEnd) {
      this.#parts.push(text)
      return
    }
    this.memory.bytes.set(text, this.#at)
    this.#at += text.length
  }

  /** All that was added since `clear`, in order. The last part is borrowed until the next record is added. */
  parts(): Uint8Array[] {
    const last = this.memory.bytes.subarray(this.memory.outputAt, this.#at)
    return last.length > 0 ? [...this.#parts, last] : this.#parts
  }

  #flush(): void {
    if (this.#at > this.memory.outputAt) this.#parts.push(this.memory.bytes.slice(this.memory.outputAt, this.#at))
    this.#at = this.memory.outputAt
  }

  /** Position behind the record, or `REFUSAL`. */
  #render(chunk: Chunk, fileOffset: number, offset: number, size: number): number {
    const { memory } = this
    const { bytes } = memory
    const start = this.#at
    const end = this.#renderer.render(offset, size, start)
    if (end === REFUSAL || this.dialect === 'xml') return end
    if (this.dialect === 'evtx_dump') {
      bytes[end] = LINE_END
      return end + 1
    }
    if (end + this.#meta.size > memory.outputEnd) return REFUSAL
    const behind = this.#meta.write(memory, { chunk, fileOffset, offset }, end)
    bytes[start] = OPEN_BRACE
    bytes[behind] = LINE_END
    return behind + 1
  }

  #text(record: LogRecord): string {
    if (this.dialect === 'xml') return comment(record) + renderXml(record.event)
    if (this.dialect === 'evtx_dump') return `${renderEvtxDumpJson(record.event)}\n`
    const { offset, recordId, writtenTime, recovered, template } = record
    const meta = {
      file: this.#file,
      offset,
      recordId,
      writtenTime: toIso(writtenTime),
      ...(recovered && { recovered }),
      ...(template && { template }),
    }
    return `${JSON.stringify({ ...toJson(record.event), _meta: meta })}\n`
  }
}

/** Before a recovered record in XML. */
function comment({ recovered, template }: LogRecord): string {
  if (recovered === undefined) return ''
  return `<!-- recovered: ${recovered}${template === undefined ? '' : `; template: ${template}`} -->`
}
