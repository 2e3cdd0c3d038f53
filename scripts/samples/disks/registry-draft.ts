import { parseSddl } from '../../../src/facts/sddl.ts'
import { writeSecurityDescriptor } from '../../../src/facts/write/descriptor-writer.ts'
import type { HiveDescription, KeyDescription, ValueDescription } from '../../../src/hive/write/hive-description.ts'
import { writeHive } from '../../../src/hive/write/hive-writer.ts'

/** Values of one key, by name; '' is the default value. */
export type Values = Readonly<Record<string, ValueDescription>>

interface DraftKey {
  written: bigint
  readonly values: Record<string, ValueDescription>
  readonly keys: Map<string, DraftKey>
  security?: Uint8Array
}

/** Begins a path of SYSTEM that lies in the control set in force, as in the facts' own paths. */
const CURRENT = /^CurrentControlSet\\/

/** A hive while it is being described: keys by their paths, those between are made. */
export class RegistryDraft {
  readonly #fileName: string
  readonly #created: bigint
  readonly #root: DraftKey

  /**
   * @param fileName what the hive's first block calls it
   * @param created when keys were written of which nothing else is said; ticks
   */
  constructor(fileName: string, created: bigint) {
    this.#fileName = fileName
    this.#created = created
    this.#root = draftKey(created)
  }

  /** Sets values of a key; the others stay. Its last write is `written`. */
  set(path: string, values: Values, written = this.#created): this {
    const key = this.#reach(path, written)
    Object.assign(key.values, values)
    key.written = written
    return this
  }

  /** Secures a key, and those below it, with a descriptor in its text form. */
  secure(path: string, sddl: string, written: bigint): this {
    const descriptor = parseSddl(sddl)
    if (!descriptor) throw new RangeError(`No security descriptor: "${sddl}"`)
    const key = this.#reach(path, written)
    key.security = writeSecurityDescriptor(descriptor)
    key.written = written
    return this
  }

  /** The hive as it is now. */
  write(lastWrite: bigint): Uint8Array {
    const description: HiveDescription = { ...describe(this.#root), lastWrite, fileName: this.#fileName }
    return writeHive(description)
  }

  /** A key that is made was last written when it was made; that of the key above it is the same. */
  #reach(path: string, written: bigint): DraftKey {
    let key = this.#root
    for (const name of path.replace(CURRENT, 'ControlSet001\\').split('\\')) {
      let next = key.keys.get(name)
      if (!next) {
        next = draftKey(written)
        key.keys.set(name, next)
        if (written > key.written) key.written = written
      }
      key = next
    }
    return key
  }
}

function draftKey(written: bigint): DraftKey {
  return { written, values: {}, keys: new Map() }
}

function describe({ written, values, keys, security }: DraftKey): KeyDescription {
  return {
    lastWrite: written,
    values: Object.entries(values),
    keys: [...keys].map(([name, key]) => [name, describe(key)] as const),
    ...(security && { security }),
  }
}
