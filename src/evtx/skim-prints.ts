import type { PrintedName } from './definition-print.ts'
import type { Probes } from './probes.ts'
import { NONE } from './root-sources.ts'
import * as map from './skim-map.ts'

const WORD = 4

/** The part of the skim kernel's memory that says what definitions must be like; see `skim-map.ts`. */
export class SkimPrints {
  readonly #words: Int32Array
  readonly #bytes: Uint8Array
  #end = map.PROBES

  constructor(words: Int32Array, bytes: Uint8Array) {
    this.#words = words
    this.#bytes = bytes
  }

  /** Forgets all that was added. */
  clear(): void {
    this.#end = map.PROBES
  }

  /** True when there is room for all of them. */
  hasRoom(probes: Probes, names: readonly PrintedName[] = []): boolean {
    return this.#end + probes.length + sizeOfNames(names) <= map.PROBES_END
  }

  /** Adds probes, for which there is room. Returns their address. */
  addProbes(probes: Probes): number {
    const address = this.#end
    this.#bytes.set(probes, address)
    this.#end += probes.length
    return address
  }

  /** Adds the names that a definition refers to, for which there is room. Returns their address. */
  addNames(names: readonly PrintedName[]): number {
    const address = this.#end
    this.#words[address / WORD] = names.length
    let name = address + WORD
    for (const { at, inside, hash, units } of names) {
      this.#words[(name + map.PRINTED_NAME_AT) / WORD] = at
      this.#words[(name + map.PRINTED_NAME_INSIDE) / WORD] = inside ?? NONE
      this.#words[(name + map.PRINTED_NAME_HASH) / WORD] = hash
      this.#words[(name + map.PRINTED_NAME_UNITS_SIZE) / WORD] = units.length
      this.#bytes.set(units, name + map.PRINTED_NAME_UNITS)
      name += sizeOfName(units)
    }
    this.#end = name
    return address
  }
}

function sizeOfNames(names: readonly PrintedName[]): number {
  return names.reduce((sum, { units }) => sum + sizeOfName(units), WORD)
}

function sizeOfName(units: Uint8Array): number {
  return map.PRINTED_NAME_UNITS + padded(units.length)
}

function padded(size: number): number {
  return (size + 3) & ~3
}
