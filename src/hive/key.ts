import { type Cells, NO_CELL, placeOf } from './cells.ts'
import { isKeyCell, type KeyCell, readClassName, readKeyCell } from './key-cell.ts'
import { KnownValues } from './known-values.ts'
import { upcase } from './name.ts'
import { readSecurity } from './security-cell.ts'
import { walkAlike, walkListed } from './subkey-list.ts'
import type { HiveValue } from './value.ts'
import { readValue, walkValueCells } from './value-cell.ts'

/** One key of a hive. What it holds is read when it is asked for. */
export interface HiveKey {
  readonly name: string
  /** From the root, without it: `ControlSet001\Control\Lsa`; the root's own is ''. */
  readonly path: string
  /** FILETIME ticks. */
  readonly lastWrite: bigint
  readonly className?: string
  /** A subkey by name, in any letter case; undefined where there is none or it cannot be read. */
  subkey(name: string): HiveKey | undefined
  /** The subkeys in the order of the hive, which is that of their names. */
  subkeys(): Iterable<HiveKey>
  /** A value by name, in any letter case; '' is the default value. Undefined as for `subkey`. */
  value(name: string): HiveValue | undefined
  /** The values in the order of the hive. */
  values(): Iterable<HiveValue>
  /**
   * Its security descriptor, self-relative (MS-DTYP 2.4.6), a copy; undefined where it names none or it cannot be read.
   */
  security(): Uint8Array | undefined
}

/** Levels of keys below the root that Windows allows. Source: Microsoft, "Registry element size limits". */
const MOST_LEVELS = 512
/** Names of subkeys that are remembered, of all keys together. */
const MOST_NAMES = 65_536
/** Keys with a broken parent that are read all the same. */
const MOST_ORPHANS = 10_000

/** What the keys of one hive share. */
export class KeyShelf {
  readonly cells: Cells
  private readonly rootAt: number
  /** Places of subkeys by upper-case name, of keys in which a name was once not found. */
  private readonly names = new Map<number, ReadonlyMap<string, number>>()
  private nameCount = 0
  /** Which key holds a key whose own word for its parent is no key. */
  private readonly orphans = new Map<number, number>()

  constructor(cells: Cells, rootAt: number) {
    this.cells = cells
    this.rootAt = rootAt
  }

  /** The root key; undefined, and damage, where it cannot be read. */
  root(): HiveKey | undefined {
    const cell = readKeyCell(this.cells, this.rootAt)
    return cell && new KeyNode(this, cell, '', 0)
  }

  namesBelow(at: number): ReadonlyMap<string, number> | undefined {
    return this.names.get(at)
  }

  keepNames(at: number, names: ReadonlyMap<string, number>): void {
    if (names.size > MOST_NAMES) return
    this.nameCount += names.size
    if (this.nameCount > MOST_NAMES) {
      this.names.clear()
      this.nameCount = names.size
    }
    this.names.set(at, names)
  }

  /**
   * Whether a key belongs below another one. Each key has one parent by its own word, so that what is reached from the
   * root is a tree: no circle, and no key in two places. Where that word is no key, it belongs to the first that lists
   * it.
   */
  isChild({ at, parent, name }: KeyCell, of: number): boolean {
    if (at !== this.rootAt) {
      if (parent === of) return true
      if (!isKeyCell(this.cells, parent) && this.adopt(at, of)) return true
    }
    const detail = `The key "${name}" at ${placeOf(at)} is listed below ${placeOf(of)} and belongs below ${placeOf(parent)}`
    this.cells.refuse(at, 0, `${detail}; it is not read there`)
    return false
  }

  private adopt(at: number, of: number): boolean {
    const holder = this.orphans.get(at)
    if (holder !== undefined || this.orphans.size >= MOST_ORPHANS) return holder === of
    this.orphans.set(at, of)
    return true
  }
}

class KeyNode implements HiveKey {
  readonly path: string
  readonly className?: string
  private readonly shelf: KeyShelf
  private readonly cell: KeyCell
  private readonly level: number
  private knownValues: KnownValues | undefined

  constructor(shelf: KeyShelf, cell: KeyCell, path: string, level: number) {
    this.shelf = shelf
    this.cell = cell
    this.path = path
    this.level = level
    const className = readClassName(shelf.cells, cell)
    if (className !== undefined) this.className = className
  }

  get name(): string {
    return this.cell.name
  }

  get lastWrite(): bigint {
    return this.cell.lastWrite
  }

  subkey(name: string): HiveKey | undefined {
    if (this.cell.subkeyList === NO_CELL) return undefined
    const wanted = upcase(name)
    const known = this.shelf.namesBelow(this.cell.at)
    if (known) {
      const at = known.get(wanted)
      return at === undefined ? undefined : this.child(at)
    }
    for (const at of walkAlike(this.shelf.cells, this.cell.subkeyList, wanted)) {
      const key = this.child(at)
      if (key && upcase(key.name) === wanted) return key
    }
    return this.searchAll(wanted)
  }

  *subkeys(): Generator<HiveKey> {
    if (this.cell.subkeyList === NO_CELL) return
    for (const at of walkListed(this.shelf.cells, this.cell.subkeyList)) {
      const key = this.child(at)
      if (key) yield key
    }
  }

  value(name: string): HiveValue | undefined {
    const { cells } = this.shelf
    this.knownValues ??= new KnownValues(
      cells.damage,
      () => this.valueCells(),
      () => cells.refuse(this.cell.at, 0, `The values of "${this.path}" are too many to be looked through again`),
    )
    const value = this.knownValues.find(upcase(name))
    return value && readValue(cells, value)
  }

  *values(): Generator<HiveValue> {
    const { cells } = this.shelf
    // A key's data are no more than the hive: without this a list of values could tell the same data a million times.
    let left = cells.binsSize
    for (const value of this.valueCells()) {
      const before = cells.bytesRead
      const read = readValue(cells, value)
      left -= cells.bytesRead - before
      if (left <= 0) {
        cells.refuse(this.cell.at, 0, `The values of "${this.path}" have more data than the hive; the rest is not read`)
        return
      }
      if (read) yield read
    }
  }

  security(): Uint8Array | undefined {
    return readSecurity(this.shelf.cells, this.cell.securityCell)
  }

  private valueCells() {
    return walkValueCells(this.shelf.cells, this.cell.valueList, this.cell.valueCount)
  }

  /** Looks for a name in the keys themselves: a list that holds a wrong hash or hint must not hide a key. */
  private searchAll(wanted: string): HiveKey | undefined {
    const metBefore = this.shelf.cells.damage.met
    const names = new Map<string, number>()
    let found: HiveKey | undefined
    for (const at of walkListed(this.shelf.cells, this.cell.subkeyList)) {
      const key = this.child(at)
      if (!key) continue
      const name = upcase(key.name)
      if (name === wanted) found ??= key
      if (!names.has(name)) names.set(name, at)
    }
    // With damage on the way, absent is not certain: each look-up shall come upon it anew.
    if (this.shelf.cells.damage.met === metBefore) this.shelf.keepNames(this.cell.at, names)
    return found
  }

  private child(at: number): KeyNode | undefined {
    const { cells } = this.shelf
    if (this.level >= MOST_LEVELS) {
      return cells.refuse(at, 0, `The key at ${placeOf(at)} is more than ${MOST_LEVELS} levels below the root`)
    }
    const cell = readKeyCell(cells, at)
    if (!cell || !this.shelf.isChild(cell, this.cell.at)) return undefined
    return new KeyNode(this.shelf, cell, this.path === '' ? cell.name : `${this.path}\\${cell.name}`, this.level + 1)
  }
}
