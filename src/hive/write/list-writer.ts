import { compareText } from '../../bytes/compare-text.ts'
import { FormatError } from '../../errors.ts'
import { NO_CELL } from '../cells.ts'
import { hashOfName, hintOfName } from '../name.ts'
import type { CellSpace } from './cell-space.ts'

/** A subkey that is written already. */
export interface Child {
  readonly name: string
  readonly upcased: string
  /** Bytes. */
  readonly classLength: number
  readonly at: number
}

/** Entries that a list has room for. */
const MOST_ENTRIES = 0xffff

/** Writes lists of subkeys of one kind. */
export class ListWriter {
  private readonly space: CellSpace
  private readonly kind: 'li' | 'lf' | 'lh'
  private readonly leafSize: number

  constructor(space: CellSpace, kind: 'li' | 'lf' | 'lh', leafSize: number) {
    this.space = space
    this.kind = kind
    this.leafSize = leafSize
  }

  /**
   * Writes the list of a key's subkeys, sorted and divided where it is long. Its fields are those of `walkListed`.
   *
   * @returns its place; `NO_CELL` for none
   * @throws {FormatError} `bad-name` for two of one name, `too-many`
   */
  write(children: readonly Child[]): number {
    if (children.length === 0) return NO_CELL
    const sorted = children.toSorted((a, b) => compareText(a.upcased, b.upcased))
    for (const [i, { name, upcased }] of sorted.entries()) {
      if (upcased === sorted[i + 1]?.upcased) {
        throw new FormatError('bad-name', 0, `A key cannot have two subkeys called "${name}"`)
      }
    }
    if (sorted.length <= this.leafSize) return this.writeLeaf(sorted)
    const leaves: number[] = []
    for (let i = 0; i < sorted.length; i += this.leafSize)
      leaves.push(this.writeLeaf(sorted.slice(i, i + this.leafSize)))
    const start = this.startList(0x7269, leaves.length, 4)
    for (const [i, leaf] of leaves.entries()) this.space.view.setUint32(start.content + 4 + 4 * i, leaf, true)
    return start.at
  }

  private writeLeaf(children: readonly Child[]): number {
    const { kind } = this
    const signature = (kind.charCodeAt(0) << 8) | kind.charCodeAt(1)
    const width = kind === 'li' ? 4 : 8
    const { at, content } = this.startList(signature, children.length, width)
    const { view } = this.space
    for (const [i, child] of children.entries()) {
      const entry = content + 4 + width * i
      view.setUint32(entry, child.at, true)
      if (kind === 'lh') view.setUint32(entry + 4, hashOfName(child.upcased), true)
      if (kind === 'lf') view.setUint32(entry + 4, hintOfName(child.name), true)
    }
    return at
  }

  private startList(signature: number, count: number, width: number): { at: number; content: number } {
    if (count > MOST_ENTRIES) throw new FormatError('too-many', 0, 'A key has more subkeys than a hive can hold')
    const at = this.space.allocate(4 + width * count)
    const content = this.space.contentOf(at)
    this.space.view.setUint16(content, signature)
    this.space.view.setUint16(content + 2, count, true)
    return { at, content }
  }
}
