import { deflateRawSync } from 'node:zlib'
import { crc32 } from '../../src/bytes/crc32.ts'

/** One entry of a zip that is built by hand: honest where nothing else is said. */
export interface EntryDescription {
  readonly name: string
  readonly data: Uint8Array
  /** Stored or deflated; any other number only says so. Default 8. */
  readonly method?: number
  /** General purpose bit flags besides bit 11 (names are UTF-8). */
  readonly flags?: number
  /** Sizes stand behind the data, not in the entry's own header. */
  readonly descriptor?: boolean
  /** Sizes and place stand in a zip64 extra field of the directory. */
  readonly zip64?: boolean
  /** Mode of Unix, as `stat` gives it. */
  readonly mode?: number
  /** The packed bytes, when they are not those of `data`. */
  readonly packed?: Uint8Array
  /** What the directory says, when it lies. */
  readonly says?: {
    readonly size?: number
    readonly packedSize?: number
    readonly crc32?: number
    readonly headerOffset?: number
  }
}

/**
 * The bytes of a zip: entries, directory, end. Source: PKWARE APPNOTE 6.3, sections 4.3 and 4.5.
 *
 * @param options `zip64`: with a zip64 end record, which large zips have
 */
export function zipBytes(entries: readonly EntryDescription[], options: { readonly zip64?: boolean } = {}): Uint8Array {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  const add = (...bytes: Buffer[]): void => {
    for (const each of bytes) {
      parts.push(each)
      at += each.length
    }
  }
  for (const entry of entries) {
    const { local, packed, tail } = entryBytes(entry)
    directory.push(directoryEntry(entry, packed.length, at))
    add(local, packed, tail)
  }
  const start = at
  add(...directory)
  const length = at - start
  if (options.zip64) add(...zip64End(entries.length, start, length, at))
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  const count = options.zip64 ? 0xffff : entries.length
  end.writeUInt16LE(count, 8)
  end.writeUInt16LE(count, 10)
  end.writeUInt32LE(options.zip64 ? 0xffffffff : length, 12)
  end.writeUInt32LE(options.zip64 ? 0xffffffff : start, 16)
  add(end)
  return Buffer.concat(parts)
}

/** A zip of these files, deflated. */
export function zipOf(files: Readonly<Record<string, Uint8Array>>, over: Partial<EntryDescription> = {}): Uint8Array {
  return zipBytes(Object.entries(files).map(([name, data]) => ({ name, data, ...over })))
}

const UTF8_NAMES = 0x800
const SIZES_BEHIND = 8

function entryBytes(entry: EntryDescription) {
  const { data, method = 8, descriptor = false } = entry
  const packed = Buffer.from(entry.packed ?? (method === 8 ? deflateRawSync(data) : data))
  const name = Buffer.from(entry.name)
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(20, 4)
  local.writeUInt16LE(flagsOf(entry), 6)
  local.writeUInt16LE(method, 8)
  const sizes = Buffer.alloc(12)
  sizes.writeUInt32LE(crc32(data), 0)
  sizes.writeUInt32LE(packed.length, 4)
  sizes.writeUInt32LE(data.length, 8)
  if (!descriptor) sizes.copy(local, 14)
  local.writeUInt16LE(name.length, 26)
  const signature = Buffer.from('504b0708', 'hex')
  const tail = descriptor ? Buffer.concat([signature, sizes]) : Buffer.alloc(0)
  return { local: Buffer.concat([local, name]), packed, tail }
}

function flagsOf({ flags = 0, descriptor = false }: EntryDescription): number {
  return flags | UTF8_NAMES | (descriptor ? SIZES_BEHIND : 0)
}

function directoryEntry(entry: EntryDescription, packedLength: number, at: number): Buffer {
  const { data, method = 8, mode, zip64 = false, says = {} } = entry
  const name = Buffer.from(entry.name)
  const { size = data.length, packedSize = packedLength, headerOffset = at } = says
  const header = Buffer.alloc(46)
  header.writeUInt32LE(0x02014b50, 0)
  header.writeUInt16LE(mode === undefined ? 20 : 0x0314, 4)
  header.writeUInt16LE(zip64 ? 45 : 20, 6)
  header.writeUInt16LE(flagsOf(entry), 8)
  header.writeUInt16LE(method, 10)
  header.writeUInt32LE(says.crc32 ?? crc32(data), 16)
  const extra = Buffer.alloc(zip64 ? 28 : 0)
  if (zip64) {
    extra.writeUInt16LE(1, 0)
    extra.writeUInt16LE(24, 2)
    for (const [i, value] of [size, packedSize, headerOffset].entries())
      extra.writeBigUInt64LE(BigInt(value), 4 + i * 8)
  }
  header.writeUInt32LE(zip64 ? 0xffffffff : packedSize, 20)
  header.writeUInt32LE(zip64 ? 0xffffffff : size, 24)
  header.writeUInt16LE(name.length, 28)
  header.writeUInt16LE(extra.length, 30)
  if (mode !== undefined) header.writeUInt32LE((mode << 16) >>> 0, 38)
  header.writeUInt32LE(zip64 ? 0xffffffff : headerOffset, 42)
  return Buffer.concat([header, name, extra])
}

function zip64End(count: number, start: number, length: number, at: number): Buffer[] {
  const record = Buffer.alloc(56)
  record.writeUInt32LE(0x06064b50, 0)
  record.writeBigUInt64LE(44n, 4)
  record.writeUInt16LE(45, 12)
  record.writeUInt16LE(45, 14)
  record.writeBigUInt64LE(BigInt(count), 24)
  record.writeBigUInt64LE(BigInt(count), 32)
  record.writeBigUInt64LE(BigInt(length), 40)
  record.writeBigUInt64LE(BigInt(start), 48)
  const locator = Buffer.alloc(20)
  locator.writeUInt32LE(0x07064b50, 0)
  locator.writeBigUInt64LE(BigInt(at), 8)
  locator.writeUInt32LE(1, 16)
  return [record, locator]
}
