import { FormatError } from '../../errors.ts'
import { CHUNK_SIZE } from '../chunk.ts'
import {
  ANSI_STRING_TYPE,
  ARRAY_FLAG,
  BIN_XML_TYPE,
  BINARY_TYPE,
  BOOL_TYPE,
  FILETIME_TYPE,
  GUID_TYPE,
  HEX_INT32_TYPE,
  HEX_INT64_TYPE,
  INT8_TYPE,
  INT16_TYPE,
  INT32_TYPE,
  INT64_TYPE,
  NULL_TYPE,
  REAL32_TYPE,
  REAL64_TYPE,
  SID_TYPE,
  SIZE_T_TYPE,
  STRING_TYPE,
  SYSTEMTIME_TYPE,
  UINT8_TYPE,
  UINT16_TYPE,
  UINT32_TYPE,
  UINT64_TYPE,
} from '../value-type.ts'
import type { BinXmlWriter } from './binxml-writer.ts'
import type { DescribedValue } from './event-description.ts'
import {
  ansiBytes,
  guidBytes,
  hex32Bytes,
  hex64Bytes,
  hexBytes,
  sidBytes,
  systemtimeBytes,
  wholeNumber,
} from './value-bytes.ts'

/** Bytes of a value's descriptor: u16 size, u8 type, u8 zero. */
const DESCRIPTOR_SIZE = 4
/** A value's size is a 16-bit field. */
const MAX_VALUE_SIZE = 0xffff

const TYPES = {
  null: NULL_TYPE,
  string: STRING_TYPE,
  ansi: ANSI_STRING_TYPE,
  guid: GUID_TYPE,
  sid: SID_TYPE,
  hex32: HEX_INT32_TYPE,
  hex64: HEX_INT64_TYPE,
  sizeT: SIZE_T_TYPE,
  int8: INT8_TYPE,
  uint8: UINT8_TYPE,
  int16: INT16_TYPE,
  uint16: UINT16_TYPE,
  int32: INT32_TYPE,
  uint32: UINT32_TYPE,
  int64: INT64_TYPE,
  uint64: UINT64_TYPE,
  float: REAL32_TYPE,
  double: REAL64_TYPE,
  bool: BOOL_TYPE,
  filetime: FILETIME_TYPE,
  systemtime: SYSTEMTIME_TYPE,
  binary: BINARY_TYPE,
  strings: STRING_TYPE | ARRAY_FLAG,
} as const

/** The BinXML type a described value is written as. */
export function valueType(value: DescribedValue): number {
  if (typeof value === 'string') return STRING_TYPE
  return typeof value === 'number' ? UINT32_TYPE : TYPES[value.type]
}

/**
 * The values of one template instance, encoded before their place is known: descriptors on one side, bytes on the
 * other. Cleared and filled again for every record, so that a log is written without garbage.
 */
export class ValueList {
  count = 0
  /** Bytes of all values. */
  dataSize = 0
  readonly #descriptors = new DataView(new ArrayBuffer(CHUNK_SIZE))
  readonly #data = new Uint8Array(CHUNK_SIZE)
  readonly #view = new DataView(this.#data.buffer)

  clear(): void {
    this.count = 0
    this.dataSize = 0
  }

  /** Bytes of the count, the descriptors and the values together, a fragment not counted. */
  get size(): number {
    return 4 + DESCRIPTOR_SIZE * this.count + this.dataSize
  }

  /** Writes count, descriptors and values where the writer stands. */
  writeTo(writer: BinXmlWriter): void {
    writer.u32(this.count)
    writer.raw(new Uint8Array(this.#descriptors.buffer, 0, DESCRIPTOR_SIZE * this.count))
    writer.raw(this.#data.subarray(0, this.dataSize))
  }

  /** @throws {FormatError} `bad-value` when a value does not fit its type, `bad-size` when it or all together are too long */
  add(value: DescribedValue): void {
    if (typeof value === 'string') this.#string(value)
    else if (typeof value === 'number')
      this.#view.setUint32(this.#open(UINT32_TYPE, 4), wholeNumber(value, 'uint32'), true)
    else this.#typed(value)
  }

  /** Adds a last value, a fragment of BinXML. Its bytes are not kept here: they are written behind the others. */
  addFragment(): void {
    this.#open(BIN_XML_TYPE, 0)
  }

  /** @param size bytes of the fragment, known once the chunk is */
  setFragmentSize(size: number): void {
    this.#descriptors.setUint16(DESCRIPTOR_SIZE * (this.count - 1), size, true)
  }

  #typed(value: Exclude<DescribedValue, string | number>): void {
    const type = TYPES[value.type]
    switch (value.type) {
      case 'null':
        this.#open(type, 0)
        break
      case 'string':
        this.#string(value.value)
        break
      case 'int8':
      case 'uint8':
        this.#view.setUint8(this.#open(type, 1), wholeNumber(value.value, value.type))
        break
      case 'int16':
      case 'uint16':
        this.#view.setUint16(this.#open(type, 2), wholeNumber(value.value, value.type), true)
        break
      case 'int32':
      case 'uint32':
        this.#view.setUint32(this.#open(type, 4), wholeNumber(value.value, value.type), true)
        break
      case 'int64':
      case 'uint64':
        this.#view.setBigUint64(this.#open(type, 8), wholeNumber(value.value, value.type), true)
        break
      case 'filetime':
        this.#view.setBigUint64(this.#open(type, 8), wholeNumber(value.value, 'uint64'), true)
        break
      case 'hex32':
        this.#raw(type, hex32Bytes(value.value))
        break
      case 'hex64':
      case 'sizeT':
        this.#raw(type, hex64Bytes(value.value))
        break
      case 'guid':
        this.#raw(type, guidBytes(value.value))
        break
      case 'sid':
        this.#raw(type, sidBytes(value.value))
        break
      case 'float':
        this.#view.setFloat32(this.#open(type, 4), value.value, true)
        break
      case 'double':
        this.#view.setFloat64(this.#open(type, 8), value.value, true)
        break
      case 'bool':
        this.#view.setUint32(this.#open(type, 4), value.value ? 1 : 0, true)
        break
      case 'ansi':
        this.#raw(type, ansiBytes(value.value))
        break
      case 'systemtime':
        this.#raw(type, systemtimeBytes(value.value))
        break
      case 'binary':
        this.#raw(type, hexBytes(value.value))
        break
      case 'strings':
        this.#strings(value.value)
    }
  }

  #string(text: string): void {
    this.#chars(this.#open(STRING_TYPE, 2 * text.length), text)
  }

  /** An array: every string ends with a zero, so none may hold one. */
  #strings(texts: readonly string[]): void {
    let size = 0
    for (const text of texts) {
      if (text.includes('\0'))
        throw new FormatError('bad-value', 0, 'A string of an array cannot hold a zero character')
      size += 2 * text.length + 2
    }
    let at = this.#open(STRING_TYPE | ARRAY_FLAG, size)
    for (const text of texts) {
      at = this.#chars(at, text)
      this.#view.setUint16(at, 0)
      at += 2
    }
  }

  #raw(type: number, bytes: Uint8Array): void {
    this.#data.set(bytes, this.#open(type, bytes.length))
  }

  #chars(at: number, text: string): number {
    const data = this.#data
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i)
      data[at++] = unit & 0xff
      data[at++] = unit >> 8
    }
    return at
  }

  /** Takes a descriptor and makes room for the value; returns where its bytes go. */
  #open(type: number, size: number): number {
    if (size > MAX_VALUE_SIZE) {
      throw new FormatError(
        'bad-size',
        0,
        `A value of ${size} bytes is longer than the ${MAX_VALUE_SIZE} that fit its size field`,
      )
    }
    const descriptorAt = DESCRIPTOR_SIZE * this.count++
    const at = this.dataSize
    this.dataSize += size
    if (this.size > CHUNK_SIZE) {
      throw new FormatError(
        'bad-size',
        0,
        `The values of one record need ${this.size} bytes or more and do not fit a chunk`,
      )
    }
    this.#descriptors.setUint16(descriptorAt, size, true)
    this.#descriptors.setUint16(descriptorAt + 2, type, true)
    return at
  }
}
