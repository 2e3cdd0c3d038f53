import { renderHex } from '../../bytes/hex.ts'
import type { CellSpace } from './cell-space.ts'

/** O:SYG:SYD:(A;;GA;;;SY): what keys are secured with of which nothing else is said. */
export const SYSTEM_ALONE = Uint8Array.from([
  ...[1, 0, 4, 0x80, 20, 0, 0, 0, 32, 0, 0, 0, 0, 0, 0, 0, 44, 0, 0, 0],
  ...[1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0],
  ...[1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0],
  ...[2, 0, 28, 0, 1, 0, 0, 0, 0, 0, 20, 0, 0, 0, 0, 0x10, 1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0],
])

/** A descriptor that is written already, and how many keys have it. */
interface SecurityCell {
  readonly at: number
  keys: number
}

/** Writes security descriptors: a cell for each that is different, all of them in one ring. */
export class SecurityWriter {
  private readonly space: CellSpace
  /** By their bytes as hex, in the order they were written. */
  private readonly cells = new Map<string, SecurityCell>()
  /** What most keys ask for is what the key before them had: looked up without a look at its bytes. */
  private last: { readonly descriptor: Uint8Array; readonly cell: SecurityCell } | undefined

  constructor(space: CellSpace) {
    this.space = space
  }

  /**
   * Secures one more key with a descriptor.
   *
   * @returns the place of its cell
   */
  use(descriptor: Uint8Array): number {
    const cell = this.last?.descriptor === descriptor ? this.last.cell : this.cellOf(descriptor)
    this.last = { descriptor, cell }
    cell.keys++
    return cell.at
  }

  /** Joins the cells to their ring, and counts the keys that name each; see `readSecurity` for the fields. */
  finish(): void {
    const { space } = this
    const cells = [...this.cells.values()]
    for (const [i, { at, keys }] of cells.entries()) {
      const start = space.contentOf(at)
      space.view.setUint32(start + 4, cells[(i + 1) % cells.length]!.at, true)
      space.view.setUint32(start + 8, cells.at(i - 1)!.at, true)
      space.view.setUint32(start + 12, keys, true)
    }
  }

  private cellOf(descriptor: Uint8Array): SecurityCell {
    const hex = renderHex(descriptor)
    const known = this.cells.get(hex)
    if (known) return known
    const cell = { at: this.put(descriptor), keys: 0 }
    this.cells.set(hex, cell)
    return cell
  }

  private put(descriptor: Uint8Array): number {
    const { space } = this
    const at = space.allocate(20 + descriptor.length)
    const start = space.contentOf(at)
    space.view.setUint16(start, 0x736b)
    space.view.setUint32(start + 16, descriptor.length, true)
    space.bytes.set(descriptor, start + 20)
    return at
  }
}
