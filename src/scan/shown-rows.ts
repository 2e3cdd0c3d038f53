import type { HostCell } from '../timeline/profile.ts'
import type { RunCursor } from './run-cursor.ts'
import type { ShownHost } from './timeline-hosts.ts'

/** A name that is shown, and how it stands in a row. */
interface OtherName {
  readonly name: string
  /** Bytes of the row's own. */
  readonly replaced: number
  readonly cell: Uint8Array
}

/** How a row is to be changed. */
export interface Patch extends Omit<OtherName, 'name'> {
  /** Bytes from the start of the row's text. */
  readonly at: number
}

/**
 * Finds the rows whose host is shown under another name than they bear. Rows come by the million, pairs of log and host
 * by the dozen.
 */
export class ShownRows {
  readonly #names: readonly string[]
  readonly #shown: ShownHost
  readonly #hostCell: HostCell | undefined
  readonly #known = new Map<number, OtherName | undefined>()

  /** @param names what the numbers in the rows stand for */
  constructor(names: readonly string[], shown: ShownHost, hostCell: HostCell | undefined) {
    this.#names = names
    this.#shown = shown
    this.#hostCell = hostCell
  }

  /** The name that is shown; undefined where it is the row's own. */
  otherName(row: Pick<RunCursor, 'file' | 'host'>): string | undefined {
    return this.#otherOf(row)?.name
  }

  /** What is to be changed in the text of a row; undefined where nothing is. */
  patchOf(row: RunCursor): Patch | undefined {
    if (this.#hostCell === undefined) return undefined
    const other = this.#otherOf(row)
    if (other === undefined) return undefined
    return { at: this.#hostCell.find(row.text), replaced: other.replaced, cell: other.cell }
  }

  #otherOf({ file, host }: Pick<RunCursor, 'file' | 'host'>): OtherName | undefined {
    const key = file * this.#names.length + host
    if (this.#known.has(key)) return this.#known.get(key)
    const own = this.#names[host]!
    const name = this.#shown(this.#names[file]!, own)
    const render = (text: string) => Buffer.from(this.#hostCell?.render(text) ?? '')
    const other = name === own ? undefined : { name, replaced: render(own).length, cell: render(name) }
    this.#known.set(key, other)
    return other
  }
}
