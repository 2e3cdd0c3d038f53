import { parseIso } from '../../bytes/filetime.ts'
import { encodeUtf16 } from '../../bytes/utf16.ts'
import { FormatError } from '../../errors.ts'
import { NO_CELL } from '../cells.ts'
import { upcase } from '../name.ts'
import { writeBaseBlock } from './base-block-writer.ts'
import { CellSpace } from './cell-space.ts'
import { type HiveDescription, type KeyDescription, pairsOf } from './hive-description.ts'
import { type Child, ListWriter } from './list-writer.ts'
import { SecurityWriter, SYSTEM_ALONE } from './security-writer.ts'
import { encodeName, ValueWriter } from './value-writer.ts'

/** Characters in the name of a key. Source: Microsoft, "Registry element size limits". */
const LONGEST_KEY_NAME = 255
/** Levels of keys below the root. */
const MOST_LEVELS = 512
/** Flags of a key: it is the root, it cannot be deleted, its name has one byte a character. */
const FLAG_ROOT = 0x04
const FLAG_NO_DELETE = 0x08
const FLAG_COMPRESSED_NAME = 0x20

/**
 * A whole hive with these keys. The same description gives the same bytes.
 *
 * @throws {FormatError} `bad-name`, `bad-value`, `too-deep` or `too-many` for what no hive can hold
 */
export function writeHive(description: HiveDescription): Uint8Array {
  return new HiveWriter(description).write()
}

class HiveWriter {
  private readonly description: HiveDescription
  private readonly ticks: bigint
  private readonly space: CellSpace
  private readonly lists: ListWriter
  private readonly values: ValueWriter
  private readonly securities: SecurityWriter

  constructor(description: HiveDescription) {
    this.description = description
    this.ticks = ticksOf(description.lastWrite)
    this.space = new CellSpace(this.ticks)
    const { minorVersion = 5, lists = minorVersion < 5 ? 'lf' : 'lh', leafSize = 507 } = description
    this.lists = new ListWriter(this.space, lists, leafSize)
    this.values = new ValueWriter(this.space, minorVersion > 3)
    this.securities = new SecurityWriter(this.space)
  }

  write(): Uint8Array {
    const { description, space } = this
    const above = { parent: 0, ticks: this.ticks, security: SYSTEM_ALONE, level: 0 }
    const root = this.writeKey(description.rootName ?? 'ROOT', description, above)
    this.securities.finish()
    const bytes = space.finish()
    writeBaseBlock(bytes, {
      primarySequence: description.sequence ?? 1,
      secondarySequence: description.sequence ?? 1,
      lastWritten: this.ticks,
      minorVersion: description.minorVersion ?? 5,
      fileType: 0,
      rootCell: root,
      binsSize: space.size,
      fileName: description.fileName ?? '',
    })
    return bytes
  }

  /** Writes a key and all below it; see `readKeyCell` for the fields. */
  private writeKey(
    name: string,
    key: KeyDescription,
    above: { readonly parent: number; readonly ticks: bigint; readonly security: Uint8Array; readonly level: number },
  ): number {
    if (name === '' || name.length > LONGEST_KEY_NAME || name.includes('\\')) {
      throw new FormatError('bad-name', 0, `No key can be called "${name}"`)
    }
    if (above.level > MOST_LEVELS) throw new FormatError('too-deep', 0, `A key is more than ${MOST_LEVELS} levels deep`)
    const { space } = this
    const { parent, ticks, level } = above
    const own = key.lastWrite === undefined ? ticks : ticksOf(key.lastWrite)
    const { bytes: nameBytes, compressed } = encodeName(name)
    const at = space.allocate(76 + nameBytes.length)
    // The root is the first cell of the first bin; its security follows.
    const security = key.security ?? above.security
    const securityCell = this.securities.use(security)
    const classBytes = encodeUtf16(key.className ?? '')
    const classCell = classBytes.length > 0 ? space.put(classBytes) : NO_CELL
    const values = this.values.write(key.values ?? {})
    const children: Child[] = []
    for (const [childName, child] of pairsOf(key.keys ?? {})) {
      children.push({
        name: childName,
        upcased: upcase(childName),
        classLength: 2 * (child.className?.length ?? 0),
        at: this.writeKey(childName, child, { parent: at, ticks: own, security, level: level + 1 }),
      })
    }
    const list = this.lists.write(children)
    const start = space.contentOf(at)
    const { view } = space
    view.setUint16(start, 0x6e6b)
    const flags = (level === 0 ? FLAG_ROOT | FLAG_NO_DELETE : 0) | (compressed ? FLAG_COMPRESSED_NAME : 0)
    view.setUint16(start + 2, flags, true)
    view.setBigUint64(start + 4, own, true)
    view.setUint32(start + 16, parent, true)
    view.setUint32(start + 20, children.length, true)
    view.setUint32(start + 28, list, true)
    view.setUint32(start + 32, NO_CELL, true)
    view.setUint32(start + 36, values.count, true)
    view.setUint32(start + 40, values.list, true)
    view.setUint32(start + 44, securityCell, true)
    view.setUint32(start + 48, classCell, true)
    view.setUint32(start + 52, 2 * longest(children, ({ name }) => name.length), true)
    view.setUint32(
      start + 56,
      longest(children, ({ classLength }) => classLength),
      true,
    )
    view.setUint32(start + 60, values.longestName, true)
    view.setUint32(start + 64, values.longestData, true)
    view.setUint16(start + 72, nameBytes.length, true)
    view.setUint16(start + 74, classBytes.length, true)
    space.bytes.set(nameBytes, start + 76)
    return at
  }
}

function longest(children: readonly Child[], lengthOf: (child: Child) => number): number {
  return children.reduce((most, child) => Math.max(most, lengthOf(child)), 0)
}

function ticksOf(time: string | bigint): bigint {
  const ticks = typeof time === 'bigint' ? time : parseIso(time)?.ticks
  if (ticks === undefined || ticks < 0n || ticks >= 1n << 64n) {
    throw new FormatError('bad-value', 0, `"${time}" is no time that a hive can hold`)
  }
  return ticks
}
