import { isTrap, type KernelMemory, startKernel } from '../bytes/web-assembly.ts'
import { MAX_ROW_PLACE, ROW_BEFORE_OFFSET, ROW_CHUNK_PLACE, ROW_TEXTS_AT } from './decode-map.ts'
import { DECODE_WASM } from './decode-wasm.ts'
import { toNumber } from './json.ts'
import type { Dialect } from './plan.ts'
import { renderReal } from './value-text.ts'

/** What the kernel exports: see `kernel/decode/index.ts`. */
interface DecodeExports {
  start(dialect: number): void
  decodeChunk(chunk: number, at: number, flags: number): number
  openChunk(chunk: number): void
  decodeRecord(offset: number, size: number, at: number): number
  recordCount(): number
  forgetGroups(): void
}

/** What the kernel writes: records of a dialect, or rows of a timeline. */
export type DecoderOutput = Dialect | 'csv' | 'jsonl'

/** Those that the kernel knows, by its numbers. */
const DIALECTS: Readonly<Partial<Record<DecoderOutput, number>>> = { xml: 0, evtx_dump: 1, csv: 2, jsonl: 3, json: 4 }

/** What a floating point number is written as, if not as text: a value in the JSON of `evtx_dump`, or in ours. */
const EVTX_DUMP_REAL = 1
const OWN_REAL = 2

/** The log was not closed, so records may go on behind where the chunk says they end. */
const DIRTY = 1

/**
 * Renders one record that the kernel leaves over to `at`. Returns the position behind it; what it throws ends the
 * chunk.
 */
export type RenderRecord = (offset: number, size: number, at: number) => number

/**
 * Writes what a group of rows has in common to `at`, and the positions of the names of its host and channel to `names`.
 *
 * @param key place of what the group is known by: provider, level, channel and computer as a JSON array of strings
 * @returns bytes of the text; more than `MAX_GROUP_TEXT` to leave the rows of the group over
 */
export type LearnGroup = (key: number, length: number, names: number, at: number) => number

/** What the kernel asks for. */
export interface DecoderHost {
  readonly renderRecord: RenderRecord
  /** For rows. */
  readonly learnGroup?: LearnGroup
}

/** More than any group's text. */
const NO_GROUP = 0xffffffff

/** Who decodes is not able to: what was written of the chunk, or of the record, is void. */
export const DECLINED = 0

/**
 * The fast engine: renders the records of whole chunks in WebAssembly, or some of them, from the memory that they are
 * read to into the memory that is written. It writes what the plain renderer writes, to the byte, and leaves to that
 * whatever is not regular: a record through `renderRecord`, a chunk by declining it.
 */
export class Decoder {
  readonly #exports: DecodeExports
  readonly #bytes: Uint8Array
  readonly #view: DataView

  /**
   * @param memory `DECODE_MEMORY_SIZE` bytes of WebAssembly memory, laid out as in `decode-map.ts`
   * @throws where WebAssembly is refused, or has no vectors
   */
  constructor(memory: KernelMemory, output: DecoderOutput, { renderRecord, learnGroup }: DecoderHost) {
    const number = DIALECTS[output]
    if (number === undefined) throw new Error(`The kernel does not write ${output}`)
    const bytes = new Uint8Array(memory.buffer)
    const view = new DataView(memory.buffer)
    this.#bytes = bytes
    this.#view = view
    const host = {
      learnGroup: learnGroup ?? (() => NO_GROUP),
      writeRecord: (offset: number, size: number, at: number) => renderRecord(offset, size, at >>> 0),
      writeReal: (address: number, size: number, at: number, json: number) => {
        let text =
          size === 4
            ? renderReal(view.getFloat32(address, true), Math.fround)
            : renderReal(view.getFloat64(address, true), exact)
        if (json === EVTX_DUMP_REAL && !Number.isFinite(Number(text))) text = `"${text}"`
        if (json === OWN_REAL) text = JSON.stringify(toNumber(text))
        for (let i = 0; i < text.length; i++) bytes[at + i] = text.charCodeAt(i)
        return at + text.length
      },
    }
    // The kernel is built from the source that `DecodeExports` names: it exports just this.
    this.#exports = startKernel(DECODE_WASM, { env: { memory }, host }) as DecodeExports
    this.#exports.start(number)
  }

  /**
   * Renders all records of a chunk.
   *
   * @param chunk where it stands in the memory, bytes from its start
   * @param at where to write
   * @param dirty the log was not closed, and records that the header does not know are wanted
   * @returns the position behind the text, or `DECLINED`: then the plain renderer has to do the chunk
   * @throws what `renderRecord` throws
   */
  decodeChunk(chunk: number, at: number, dirty: boolean): number {
    try {
      return this.#exports.decodeChunk(chunk, at, dirty ? DIRTY : 0)
    } catch (error) {
      // The output is full, as far as anybody knows: the plain renderer has other means.
      if (isTrap(error)) return DECLINED
      throw error
    }
  }

  /**
   * Turns to a chunk of which single records are wanted.
   *
   * @param chunk where it stands in the memory, bytes from its start
   */
  openChunk(chunk: number): void {
    this.#exports.openChunk(chunk)
  }

  /**
   * Renders one record of the chunk that was opened.
   *
   * @param offset of the record, as framed, bytes from the chunk's start
   * @param at where to write
   * @returns the position behind the text, or `DECLINED`: then nothing was written, and the record is one for its tree
   */
  decodeRecord(offset: number, size: number, at: number): number {
    try {
      return this.#exports.decodeRecord(offset, size, at)
    } catch (error) {
      if (isTrap(error)) return DECLINED
      throw error
    }
  }

  /**
   * Tells what our own JSON has in `_meta` before the offset of each record.
   *
   * @returns false where it is too long
   */
  tellText(text: Uint8Array): boolean {
    if (text.length > MAX_ROW_PLACE) return false
    this.#view.setUint32(ROW_TEXTS_AT + ROW_BEFORE_OFFSET, text.length, true)
    this.#bytes.set(text, ROW_TEXTS_AT + ROW_BEFORE_OFFSET + 4)
    return true
  }

  /** Tells where the next chunk stands in its log: bytes from the log's start. */
  tellPlace(fileOffset: number): void {
    this.#view.setFloat64(ROW_TEXTS_AT + ROW_CHUNK_PLACE, fileOffset, true)
  }

  /** Forgets what groups of rows have in common: the next rows are of another log. */
  forgetGroups(): void {
    this.#exports.forgetGroups()
  }

  /** Records of the last chunk that the kernel rendered itself. */
  get recordCount(): number {
    return this.#exports.recordCount()
  }
}

function exact(value: number): number {
  return value
}
