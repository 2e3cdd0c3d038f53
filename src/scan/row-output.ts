import { winEventOf } from '../event/decode.ts'
import type { WinEvent } from '../event/win-event.ts'
import type { Chunk } from '../evtx/chunk.ts'
import * as map from '../evtx/decode-map.ts'
import { DECLINED, Decoder } from '../evtx/decoder.ts'
import type { LogRecord } from '../evtx/log.ts'
import type { CellTally } from '../timeline/cell-text.ts'
import type { RowWriter, TimelineFormat } from '../timeline/profile.ts'
import { writerOf } from '../timeline/profiles.ts'
import { alignedBuffer } from './aligned-buffer.ts'
import { type Block, blockAt } from './chunk-reader.ts'
import { ParquetFrames } from './parquet-frames.ts'
import type { SingleRecords, TakenChunk, WholeChunks } from './read-matching.ts'
import { RunBuilder } from './row-run.ts'

/** How a row is put together: what stands between its cells, around the ones that are alike in a group of rows. */
interface RowFrame {
  readonly beforeTime: string
  readonly time: string
  readonly beforeRecordId: string
  readonly beforeFields: string
  readonly behindFields: string
  readonly end: string
}

/** Of the profile `default`. */
const FRAMES: Readonly<Record<TimelineFormat, RowFrame>> = {
  csv: {
    beforeTime: '"',
    time: '1601-01-01 00:00:00.0000000',
    beforeRecordId: ',',
    beforeFields: ',,,,"',
    behindFields: '"',
    end: ',,\r\n',
  },
  jsonl: {
    beforeTime: '{"TimeCreatedUtc":"',
    time: '1601-01-01T00:00:00.0000000',
    beforeRecordId: ',"RecordId":',
    beforeFields: ',"Fields":',
    behindFields: '',
    end: '}\n',
  },
  // Not written as it stands: see `parquet-frames.ts`.
  parquet: { beforeTime: '', time: '', beforeRecordId: ',', beforeFields: '', behindFields: '', end: '' },
}

/** Whose records a log holds. */
export interface Whose {
  /** Label of the volume; empty where a record's computer is its host. */
  readonly label: string
  /** Records of other computers than the volume's. */
  readonly forwarded: boolean
}

/** The host of a record in a timeline. */
export function hostOf({ label, forwarded }: Whose, computer: string): string {
  if (label === '') return computer
  return forwarded ? `${label}/${computer}` : label
}

/** Names that are remembered from one run to the next. */
const MOST_NAMES = 4_096
const NOT_THIS_GROUP = 0xffffffff

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** This thread's: what the kernel learned of templates pays only when it outlives a task. */
let shared:
  | { readonly run: number; readonly format: TimelineFormat; readonly output: RowOutput | undefined }
  | undefined

/** The rows of this thread for the tasks of a run; undefined where WebAssembly is refused. */
export function rowOutputOf(run: number, format: TimelineFormat): RowOutput | undefined {
  if (shared?.run !== run || shared.format !== format) shared = { run, format, output: startRowOutput(format) }
  return shared.output
}

function startRowOutput(format: TimelineFormat): RowOutput | undefined {
  const { memory } = alignedBuffer(map.DECODE_MEMORY_SIZE)
  if (memory === undefined) return undefined
  try {
    return new RowOutput(format, memory)
  } catch {
    // A processor without vectors, or a system that allows no code to be made.
    return undefined
  }
}

/**
 * Turns records, those of whole chunks or single ones, into rows, without an event for each: the kernel writes the very
 * bytes.
 */
export class RowOutput implements WholeChunks, SingleRecords {
  /** Where chunks are to be read to. */
  readonly into: Block
  readonly #frame: RowFrame
  readonly #writer: RowWriter
  readonly #decoder: Decoder
  readonly #bytes: Uint8Array
  readonly #view: DataView
  readonly #parquet: ParquetFrames | undefined
  #run = new RunBuilder()
  #whose: Whose | undefined
  #leftOver: { readonly offset: number; readonly size: number }[] = []
  /** Behind the last row of the chunk that single records are added of. */
  #end = map.OUTPUT_AT
  /** The rows of this log are the kernel's: nothing of its name is changed for a spreadsheet. */
  #isKnown = false

  /** @throws where WebAssembly is refused, or has no vectors */
  constructor(format: TimelineFormat, memory: { readonly buffer: ArrayBuffer }) {
    this.#frame = FRAMES[format]
    this.#writer = writerOf('default', format)
    this.#bytes = new Uint8Array(memory.buffer)
    this.#view = new DataView(memory.buffer)
    this.into = blockAt(memory.buffer, map.INPUT_AT)
    if (format === 'parquet') {
      this.#parquet = new ParquetFrames((event) => this.#run.position(this.#render(event).shared))
    }
    this.#decoder = new Decoder(memory, format === 'parquet' ? 'jsonl' : format, {
      renderRecord: (offset, size, at) => {
        this.#leftOver.push({ offset, size })
        return at
      },
      learnGroup: (key, length, names, at) => this.#learnGroup(key, length, names, at),
    })
    const { beforeTime, beforeRecordId, beforeFields, behindFields, end } = this.#frame
    this.#writeText(0, beforeTime)
    this.#writeText(map.ROW_BEFORE_RECORD_ID, beforeRecordId)
    this.#writeText(map.ROW_BEFORE_FIELDS, beforeFields)
    this.#writeText(map.ROW_BEHIND_FIELDS, behindFields)
    this.#writeText(map.ROW_END, end)
  }

  /** Begins a run. Names of the one before stay known. */
  start(): RunBuilder {
    this.#run.clear()
    if (this.#run.knownNames > MOST_NAMES) {
      this.#run = new RunBuilder()
      this.#whose = undefined
    }
    return this.#run
  }

  /**
   * Begins a log.
   *
   * @param name of the log, as reports name it
   * @param whose its records are: what is known of groups holds for no other host
   */
  startLog(name: string, whose: Whose): void {
    const { label, forwarded } = whose
    if (this.#whose === undefined || label !== this.#whose.label || forwarded !== this.#whose.forwarded) {
      this.#decoder.forgetGroups()
      this.#parquet?.forget()
    }
    this.#whose = whose
    const tally = { guarded: 0, cut: 0 }
    const { after, shared } = this.#render({ file: name }, tally)
    const tail = `0${this.#frame.end}`
    // A Parquet row has nothing behind its fields.
    const isPlace = this.#parquet !== undefined || after.endsWith(tail)
    this.#isKnown = isPlace && isUntouched(tally) && after.length * 3 <= map.MAX_ROW_PLACE
    if (!this.#isKnown) return
    this.#writeText(map.ROW_BEFORE_OFFSET, after.slice(0, -tail.length))
    this.#view.setUint32(map.ROW_TEXTS_AT + map.ROW_FILE, this.#run.position(name), true)
    // What Parquet rows share is not the log's.
    const position = this.#parquet === undefined ? this.#run.position(shared) : 0
    this.#view.setUint32(map.ROW_TEXTS_AT + map.ROW_SHARED, position, true)
  }

  /**
   * Adds the rows of a chunk, where the kernel can: else nothing is added.
   *
   * @param chunk stands in `into`
   * @param dirty records that continue the chain behind where the header ends it are wanted
   */
  add(chunk: Chunk, fileOffset: number, dirty: boolean): TakenChunk | undefined {
    if (!this.#isKnown || chunk.bytes.buffer !== this.#bytes.buffer) return undefined
    this.#leftOver = []
    this.#view.setFloat64(map.ROW_TEXTS_AT + map.ROW_CHUNK_PLACE, fileOffset, true)
    const end = this.#decoder.decodeChunk(chunk.bytes.byteOffset, map.OUTPUT_AT, dirty)
    if (end === DECLINED) return undefined
    this.#addFrames(end)
    return { records: this.#decoder.recordCount, leftOver: this.#leftOver }
  }

  /** Begins a chunk of which single records are added. Their rows are taken in with `endRecords`. */
  startRecords(chunk: Chunk, fileOffset: number): void {
    this.#end = map.OUTPUT_AT
    this.#bytes.set(chunk.bytes, map.INPUT_AT)
    this.#decoder.openChunk(map.INPUT_AT)
    this.#view.setFloat64(map.ROW_TEXTS_AT + map.ROW_CHUNK_PLACE, fileOffset, true)
  }

  /** Adds the row of one record of the chunk that `startRecords` was told of; false where the kernel cannot. */
  addRecord(offset: number, size: number): boolean {
    const end = this.#isKnown ? this.#decoder.decodeRecord(offset, size, this.#end) : DECLINED
    if (end === DECLINED) return false
    this.#end = end
    return true
  }

  endRecords(): void {
    if (this.#end > map.OUTPUT_AT) this.#addFrames(this.#end)
  }

  /** @param end of what the kernel wrote */
  #addFrames(end: number): void {
    this.#run.addFrames(this.#bytes, map.OUTPUT_AT, this.#parquet?.rewrite(this.#bytes, map.OUTPUT_AT, end) ?? end)
  }

  #learnGroup(key: number, length: number, names: number, at: number): number {
    const text = decoder.decode(this.#bytes.subarray(key, key + length))
    // The kernel writes just this: see `kernel/decode/row-group.ts`.
    const [provider, level, channel, computer] = JSON.parse(text) as [string, string, string, string]
    const event = { provider, channel, computer, ...(/^\d{1,20}$/.test(level) && { level: Number(level) }) }
    const group = this.#parquet?.groupText(text, event) ?? this.#groupText(event)
    if (group === undefined || group.length > map.MAX_GROUP_TEXT) return NOT_THIS_GROUP
    this.#bytes.set(group, at)
    this.#view.setUint32(names, this.#run.position(this.#hostOf(computer)), true)
    this.#view.setUint32(names + 4, this.#run.position(channel), true)
    return group.length
  }

  /**
   * What stands between time and event id in the rows of a group; undefined where the kernel cannot write such a row.
   */
  #groupText(event: Partial<WinEvent>): Uint8Array | undefined {
    const tally = { guarded: 0, cut: 0 }
    const { before, said } = this.#render(event, tally)
    const { beforeTime, time, beforeRecordId, beforeFields, behindFields } = this.#frame
    const head = `${beforeTime}${time}`
    const tail = `0${beforeRecordId}0${beforeFields}{}${behindFields}`
    if (before !== '' || !said.startsWith(head) || !said.endsWith(tail) || !isUntouched(tally)) return undefined
    return encoder.encode(said.slice(head.length, -tail.length))
  }

  #hostOf(computer: string): string {
    return this.#whose === undefined ? computer : hostOf(this.#whose, computer)
  }

  /** A row with nothing in it but what is given. */
  #render(given: Partial<WinEvent>, tally?: CellTally) {
    const event: WinEvent = { ...EMPTY_EVENT, ...given }
    return this.#writer.render({ record: EMPTY_RECORD, event, host: this.#hostOf(event.computer) }, tally)
  }

  #writeText(at: number, text: string): void {
    const bytes = encoder.encode(text)
    this.#view.setUint32(map.ROW_TEXTS_AT + at, bytes.length, true)
    this.#bytes.set(bytes, map.ROW_TEXTS_AT + at + 4)
  }
}

function isUntouched({ guarded, cut }: CellTally): boolean {
  return guarded === 0 && cut === 0
}

const EMPTY_RECORD: LogRecord = {
  offset: 0,
  size: 0,
  recordId: 0,
  writtenTime: 0n,
  event: { name: 'Event', attributes: [], children: [], closedEmpty: false },
}
const EMPTY_EVENT = winEventOf(EMPTY_RECORD.event, { file: '', offset: 0 })
