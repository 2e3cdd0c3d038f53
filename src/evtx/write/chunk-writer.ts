import { crc32 } from '../../bytes/crc32.ts'
import { FormatError } from '../../errors.ts'
import { CHUNK_HEADER_SIZE, CHUNK_SIZE } from '../chunk.ts'
import { RECORD_HEADER_SIZE } from '../record.ts'
import { END_OF_FRAGMENT, FRAGMENT_HEADER_SIZE, TEMPLATE_INSTANCE } from '../token.ts'
import { BinXmlWriter } from './binxml-writer.ts'
import { NameTable } from './name-table.ts'
import type { RecordContent, TemplateContent, TemplateInstance } from './record-content.ts'
import { type TemplateDefinition, templateList, writeDefinition } from './template-definition.ts'

/** "ElfChnk\0" */
const SIGNATURE = Uint8Array.from('ElfChnk\0', (character) => character.charCodeAt(0))
/** Windows leaves at least this many bytes free; evtxexport loses the last record of a chunk that is filled further. */
const TAIL = 8
/** Bytes of an instance before its definition or values: token, version, template id, definition offset. */
const INSTANCE_HEADER_SIZE = 10
/** Bytes of a fragment around what is in it: its header, and the token that ends it. */
const FRAGMENT_OVERHEAD = FRAGMENT_HEADER_SIZE + 1
/** Room for records in an empty chunk, in bytes. */
const CHUNK_ROOM = CHUNK_SIZE - TAIL - CHUNK_HEADER_SIZE
const OUTSIDE_TEMPLATE = { dependencies: false }

/** Fills 64 KiB chunks one after another, in one buffer. */
export class ChunkWriter {
  /** Records in the chunk. */
  recordCount = 0
  readonly #writer = new BinXmlWriter(new Uint8Array(CHUNK_SIZE), new NameTable())
  readonly #definitionHeads = new Uint32Array(32)
  readonly #definitionOffsets = new Map<TemplateDefinition, number>()
  #firstNumber = 1
  #lastOffset = 0

  /** @param firstNumber record number of the first record to come */
  constructor(firstNumber: number) {
    this.start(firstNumber)
  }

  /** Begins the next chunk in the same buffer. */
  start(firstNumber: number): void {
    this.#writer.bytes.fill(0)
    this.#writer.names.clear()
    this.#writer.position = CHUNK_HEADER_SIZE
    this.#definitionHeads.fill(0)
    this.#definitionOffsets.clear()
    this.#firstNumber = firstNumber
    this.#lastOffset = 0
    this.recordCount = 0
  }

  /**
   * Writes the next record.
   *
   *     offset  size  field
   *          0     4  signature, "**\0\0"
   *          4     4  size, a multiple of 8
   *          8     8  record id
   *         16     8  written time, FILETIME
   *         24        BinXML: fragment header, template instance or element, end of fragment
   *     size-4     4  the size again
   *
   * Little-endian. Source: libyal/libevtx format document, "Event record".
   *
   * @returns false when it does not fit behind the others; nothing is written then
   * @throws {FormatError} `bad-size` when it would not fit an empty chunk either
   */
  add(content: RecordContent): boolean {
    const writer = this.#writer
    const size = (RECORD_HEADER_SIZE + this.#contentSize(content) + 4 + 7) & ~7
    const offset = writer.position
    if (offset + size > CHUNK_SIZE - TAIL) {
      if (this.recordCount > 0) return false
      throw new FormatError('bad-size', offset, `A record of ${size} bytes does not fit the ${CHUNK_ROOM} of a chunk`)
    }
    writer.u32(0x2a2a)
    writer.u32(size)
    writer.u64(this.#firstNumber + this.recordCount)
    writer.view.setBigUint64(writer.position, content.writtenTime, true)
    writer.position += 8
    writer.fragmentHeader()
    if (content.kind === 'plain') writer.element(content.root, OUTSIDE_TEMPLATE)
    else this.#writeInstances(content)
    writer.u8(END_OF_FRAGMENT)
    writer.position = offset + size - 4
    writer.u32(size)
    this.#lastOffset = offset
    this.recordCount++
    return true
  }

  /**
   * Completes the chunk: its header, lists and checksums.
   *
   * @returns all 65,536 bytes, borrowed: good until the next `start`
   */
  finishView(): Uint8Array {
    const { bytes, view, names, position: end } = this.#writer
    const empty = this.recordCount === 0
    const first = BigInt(this.#firstNumber)
    const last = empty ? -1n : first + BigInt(this.recordCount - 1)
    bytes.set(SIGNATURE)
    view.setBigInt64(8, first, true)
    view.setBigInt64(16, last, true)
    view.setBigInt64(24, empty ? -1n : first, true)
    view.setBigInt64(32, last, true)
    view.setUint32(40, 128, true)
    view.setUint32(44, this.#lastOffset, true)
    view.setUint32(48, end, true)
    view.setUint32(52, crc32(bytes.subarray(CHUNK_HEADER_SIZE, end)), true)
    // Windows sets flag 1 in every chunk, whole and closed ones too.
    view.setUint32(120, 1, true)
    for (const [list, offset] of names.heads.entries()) view.setUint32(128 + 4 * list, offset, true)
    for (const [list, offset] of this.#definitionHeads.entries()) view.setUint32(384 + 4 * list, offset, true)
    const headerSum = crc32(bytes.subarray(128, CHUNK_HEADER_SIZE), crc32(bytes.subarray(0, 120)))
    view.setUint32(124, headerSum, true)
    return bytes
  }

  /** Bytes of a record's BinXML in this chunk, with the definitions and names it would bring. */
  #contentSize(content: RecordContent): number {
    const { names } = this.#writer
    if (content.kind === 'plain') return FRAGMENT_OVERHEAD + content.size + names.missingSize(content.names)
    const { root, payload } = content
    let size = FRAGMENT_OVERHEAD + this.#instanceSize(root)
    if (payload !== undefined) size += FRAGMENT_OVERHEAD + this.#instanceSize(payload)
    const parts = payload === undefined ? [root] : [root, payload]
    if (parts.every(({ definition }) => this.#definitionOffsets.has(definition))) return size
    return size + names.missingSize(new Set(parts.flatMap((part) => [...this.#missingNames(part)])))
  }

  /** Bytes of an instance, its definition included where the chunk has none, but not the names in that. */
  #instanceSize({ definition, values }: TemplateInstance): number {
    return INSTANCE_HEADER_SIZE + values.size + (this.#definitionOffsets.has(definition) ? 0 : definition.size)
  }

  /** The names that an instance may bring: those of its definition, unless the chunk has it. */
  #missingNames({ definition }: TemplateInstance): Iterable<string> {
    return this.#definitionOffsets.has(definition) ? [] : definition.names
  }

  /** The root's instance and, behind its other values, the payload's as a fragment of its own. */
  #writeInstances({ root, payload }: TemplateContent): void {
    const writer = this.#writer
    this.#openInstance(root.definition)
    if (payload === undefined) {
      root.values.writeTo(writer)
      return
    }
    // Only now, with the root's names in place, is it known which names the payload brings.
    const names = writer.names.missingSize(this.#missingNames(payload))
    root.values.setFragmentSize(FRAGMENT_OVERHEAD + this.#instanceSize(payload) + names)
    root.values.writeTo(writer)
    writer.fragmentHeader()
    this.#openInstance(payload.definition)
    payload.values.writeTo(writer)
    writer.u8(END_OF_FRAGMENT)
  }

  /**
   * Token, version, template id and definition offset; behind them the definition, where the chunk does not have it.
   */
  #openInstance(definition: TemplateDefinition): void {
    const writer = this.#writer
    writer.u8(TEMPLATE_INSTANCE)
    writer.u8(1)
    writer.u32(definition.id)
    const offset = this.#definitionOffsets.get(definition)
    if (offset !== undefined) {
      writer.u32(offset)
      return
    }
    const here = writer.position + 4
    const list = templateList(definition.guid)
    writer.u32(here)
    writeDefinition(writer, definition, this.#definitionHeads[list]!)
    this.#definitionHeads[list] = here
    this.#definitionOffsets.set(definition, here)
  }
}
