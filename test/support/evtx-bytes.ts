import { crc32Plain } from '../../src/bytes/crc32.ts'
import { parseGuid } from '../../src/bytes/guid.ts'
import { encodeUtf16 } from '../../src/bytes/utf16.ts'
import { CHUNK_HEADER_SIZE, CHUNK_SIZE, type Chunk, chunkAt } from '../../src/evtx/chunk.ts'
import type { XmlElement } from '../../src/evtx/element.ts'
import { FILE_HEADER_SIZE } from '../../src/evtx/file-header.ts'
import { isDamage, type LogRecord, type RecordOrDamage, walkLog } from '../../src/evtx/log.ts'
import { nameHash } from '../../src/evtx/name.ts'

/** The written time of records that do not say another: 2026-03-14T09:41:00.0000000Z. */
export const WRITTEN = 134_179_548_600_000_000n
/** GUID of template definitions that do not say another, and the id that follows from it. */
export const TEMPLATE_GUID = '{11223344-0000-0000-0000-000000000000}'
export const TEMPLATE_ID = 0x11223344

/** A value of a template instance: its bytes, and the type and size that its descriptor states. */
export interface RawValue {
  readonly type: number
  readonly bytes: Uint8Array | (() => void)
  readonly size?: number
}

/** What a record's frame says, where that is not the truth. */
export interface FrameFields {
  readonly id?: number | bigint
  readonly written?: bigint
  readonly size?: number
  readonly sizeCopy?: number
}

export interface ElementParts {
  /** Slot that the element depends on; written only inside definitions. */
  readonly dependency?: number
  readonly attributes?: () => void
  /** Without it the element is closed empty. */
  readonly content?: () => void
}

/** Bytes of a UTF-16 text. */
export const utf16 = encodeUtf16

/** Bytes from hex digits; blanks do not count. */
export function hex(digits: string): Uint8Array {
  return Uint8Array.from(digits.replaceAll(/\s/g, '').match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

/**
 * Writes one chunk field by field. All positions are bytes from the chunk's start, where the BinXML means them so; nothing
 * is checked, so that anything can be said wrongly.
 */
export class ChunkBytes {
  readonly bytes = new Uint8Array(CHUNK_SIZE)
  readonly view = new DataView(this.bytes.buffer)
  at = CHUNK_HEADER_SIZE
  #nextId = 1
  #lastOffset = 0
  #inDefinition = false
  readonly #names = new Map<string, number>()

  u8(...values: number[]): this {
    for (const value of values) this.bytes[this.at++] = value
    return this
  }

  u16(value: number): this {
    this.view.setUint16(this.at, value, true)
    this.at += 2
    return this
  }

  u32(value: number): this {
    this.view.setUint32(this.at, value, true)
    this.at += 4
    return this
  }

  u64(value: number | bigint): this {
    this.view.setBigUint64(this.at, BigInt(value), true)
    this.at += 8
    return this
  }

  raw(bytes: Uint8Array): this {
    this.bytes.set(bytes, this.at)
    this.at += bytes.length
    return this
  }

  /** Count of characters, then the characters. */
  text(text: string): this {
    return this.u16(text.length).raw(utf16(text))
  }

  /** Offset of a name; the name itself follows where the chunk does not have it yet, or `again` says so. */
  name(text: string, again = false): this {
    const known = this.#names.get(text)
    if (known !== undefined && !again) return this.u32(known)
    const here = this.at + 4
    this.#names.set(text, here)
    return this.u32(here).u32(0).u16(nameHash(text)).text(text).u16(0)
  }

  /** A frame around whatever `content` writes, padded to 8 bytes. */
  record(content: () => void, fields: FrameFields = {}): this {
    const start = this.at
    const id = fields.id ?? this.#nextId
    this.#nextId = Number(id) + 1
    this.#lastOffset = start
    this.u32(0x2a2a)
      .u32(0)
      .u64(id)
      .u64(fields.written ?? WRITTEN)
    content()
    this.at = (this.at + 4 + 7) & ~7
    const size = this.at - start
    this.view.setUint32(start + 4, fields.size ?? size, true)
    this.view.setUint32(this.at - 4, fields.sizeCopy ?? size, true)
    return this
  }

  /** Fragment header, content, end of fragment. */
  fragment(content: () => void): this {
    this.u8(0x0f, 1, 1, 0)
    content()
    return this.u8(0x00)
  }

  element(name: string, { dependency = 0xffff, attributes, content }: ElementParts = {}): this {
    this.u8(attributes ? 0x41 : 0x01)
    if (this.#inDefinition) this.u16(dependency)
    const sizeAt = this.at
    this.u32(0).name(name)
    if (attributes) this.sized(attributes)
    if (content) {
      this.u8(0x02)
      content()
      this.u8(0x04)
    } else this.u8(0x03)
    this.view.setUint32(sizeAt, this.at - sizeAt - 4, true)
    return this
  }

  /** A size in bytes, then what has that size. */
  sized(content: () => void): this {
    const sizeAt = this.at
    this.u32(0)
    content()
    this.view.setUint32(sizeAt, this.at - sizeAt - 4, true)
    return this
  }

  /** An attribute; its value is whatever `value` writes, or a text. */
  attribute(name: string, value: string | (() => void), more = false): this {
    this.u8(more ? 0x46 : 0x06).name(name)
    if (typeof value === 'string') return this.value(value)
    value()
    return this
  }

  value(text: string, token = 0x05): this {
    return this.u8(token, 0x01).text(text)
  }

  /** A slot: token 0x0d, or 0x0e for one that may be missing. */
  slot(slot: number, type = 0x01, token = 0x0d): this {
    return this.u8(token).u16(slot).u8(type)
  }

  /** Next definition of the list, GUID, body size, body. */
  definition(content: () => void, guid = TEMPLATE_GUID): this {
    const bytes = parseGuid(guid)
    if (!bytes) throw new Error(`No GUID: ${guid}`)
    const outer = this.#inDefinition
    this.#inDefinition = true
    this.u32(0).raw(bytes)
    this.sized(() => this.fragment(content))
    this.#inDefinition = outer
    return this
  }

  /**
   * A template instance: with its definition inline where `definition` writes one, else with the one at an offset.
   *
   * @param guid of the definition
   */
  instance(definition: number | (() => void), values: readonly RawValue[], guid = TEMPLATE_GUID): this {
    this.u8(0x0c, 0x01).u32(Number.parseInt(guid.slice(1, 9), 16))
    if (typeof definition === 'number') this.u32(definition)
    else this.u32(this.at + 4).definition(definition, guid)
    this.u32(values.length)
    const descriptors = this.at
    const outer = this.#inDefinition
    this.#inDefinition = false
    for (const { type } of values) this.u16(0).u8(type, 0)
    for (const [i, { bytes, size }] of values.entries()) {
      const start = this.at
      if (typeof bytes === 'function') bytes()
      else this.raw(bytes)
      this.view.setUint16(descriptors + 4 * i, size ?? this.at - start, true)
    }
    this.#inDefinition = outer
    return this
  }

  /** The System part of an event as literal text, as records without template have it. */
  system(fields: { provider?: string; eventId?: string; time?: string; recordId?: string } = {}): this {
    const { provider = 'P', eventId = '7', time = '2026-03-14T09:41:00.0000000Z', recordId = '1' } = fields
    const text = (name: string, value: string) => this.element(name, { content: () => this.value(value) })
    return this.element('System', {
      content: () => {
        this.element('Provider', { attributes: () => this.attribute('Name', provider) })
        text('EventID', eventId)
        this.element('TimeCreated', { attributes: () => this.attribute('SystemTime', time) })
        text('EventRecordID', recordId)
        text('Channel', 'C')
        text('Computer', 'HOST')
      },
    })
  }

  /** Completes the header. What `fields` says goes over the truth before the checksums are made. */
  finish(fields: { freeSpace?: number; firstId?: bigint; lastId?: bigint; flags?: number } = {}): this {
    const { bytes, view } = this
    const freeSpace = fields.freeSpace ?? this.at
    bytes.set(Uint8Array.from('ElfChnk\0', (character) => character.charCodeAt(0)))
    view.setBigInt64(8, 1n, true)
    view.setBigInt64(16, BigInt(this.#nextId - 1), true)
    view.setBigInt64(24, fields.firstId ?? 1n, true)
    view.setBigInt64(32, fields.lastId ?? BigInt(this.#nextId - 1), true)
    view.setUint32(40, 128, true)
    view.setUint32(44, this.#lastOffset, true)
    view.setUint32(48, freeSpace, true)
    view.setUint32(52, crc32Plain(bytes.subarray(CHUNK_HEADER_SIZE, freeSpace)), true)
    view.setUint32(120, fields.flags ?? 1, true)
    view.setUint32(124, headerChecksum(bytes), true)
    return this
  }

  /** As the reader takes it; shares the bytes. */
  chunk(): Chunk {
    return chunkAt(this.bytes.buffer, 0)
  }
}

/** CRC-32 of a chunk's bytes 0–119 and 128–511. */
export function headerChecksum(chunk: Uint8Array): number {
  return crc32Plain(chunk.subarray(128, CHUNK_HEADER_SIZE), crc32Plain(chunk.subarray(0, 120)))
}

/** Fields of a file header that a test sets otherwise. */
export interface HeaderFields {
  readonly chunkCount?: number
  readonly nextRecordId?: number
  readonly flags?: number
  readonly minor?: number
  readonly major?: number
}

/** The first 4,096 bytes of a log. */
export function fileHeader(fields: HeaderFields = {}): Uint8Array {
  const { chunkCount = 1, nextRecordId = 2, flags = 0, minor = 1, major = 3 } = fields
  const bytes = new Uint8Array(FILE_HEADER_SIZE)
  const view = new DataView(bytes.buffer)
  bytes.set(Uint8Array.from('ElfFile\0', (character) => character.charCodeAt(0)))
  view.setBigUint64(16, BigInt(Math.max(0, chunkCount - 1)), true)
  view.setBigUint64(24, BigInt(nextRecordId), true)
  view.setUint32(32, 128, true)
  view.setUint16(36, minor, true)
  view.setUint16(38, major, true)
  view.setUint16(40, FILE_HEADER_SIZE, true)
  view.setUint16(42, chunkCount, true)
  view.setUint32(120, flags, true)
  view.setUint32(124, crc32Plain(bytes.subarray(0, 120)), true)
  return bytes
}

/** A log of these chunks. */
export function logOf(chunks: readonly (ChunkBytes | Uint8Array)[], fields: HeaderFields = {}): Uint8Array {
  const parts = chunks.map((chunk) => (chunk instanceof ChunkBytes ? chunk.bytes : chunk))
  return Buffer.concat([fileHeader({ chunkCount: chunks.length, ...fields }), ...parts])
}

/** One finished chunk, filled by `write`. */
export function chunkOf(write: (b: ChunkBytes) => void): ChunkBytes {
  const chunk = new ChunkBytes()
  write(chunk)
  return chunk.finish()
}

/** What the reader makes of a log with one chunk, filled by `write`. */
export function walked(write: (b: ChunkBytes) => void): RecordOrDamage[] {
  return [...walkLog(logOf([chunkOf(write)]))]
}

/** The only record of a chunk; anything else is an error. */
export function onlyRecord(write: (b: ChunkBytes) => void): LogRecord {
  const [record, ...rest] = walked(write)
  if (record === undefined || isDamage(record) || rest.length > 0) {
    throw new Error(
      `Not one record: ${JSON.stringify([record, ...rest], (_, v) => (typeof v === 'bigint' ? `${v}` : v))}`,
    )
  }
  return record
}

/** The root element of a record without template, whose content `write` makes. */
export function plainElement(write: (b: ChunkBytes) => void): XmlElement {
  return onlyRecord((b) => b.record(() => b.fragment(() => b.element('E', { content: () => write(b) })))).event
}

/** The element `E` of a template that holds one slot, filled with one value. */
export function slotElement(type: number, bytes: Uint8Array, size?: number): XmlElement {
  return onlyRecord((b) =>
    b.record(() =>
      b.fragment(() =>
        b.instance(
          () => b.element('E', { content: () => b.element('V', { content: () => b.slot(0, type) }) }),
          [{ type, bytes, ...(size !== undefined && { size }) }],
        ),
      ),
    ),
  ).event
}
