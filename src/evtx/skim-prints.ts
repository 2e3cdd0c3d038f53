import type { PrintedName } from './definition-print.ts'
import { NONE, type Probe } from './root-plan.ts'
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
  hasRoom(probes: readonly Probe[], names: readonly PrintedName[] = []): boolean {
    return this.#end + sizeOfProbes(probes) + sizeOfNames(names) <= map.PROBES_END
  }

  /** Adds probes, for which there is room. Returns their address. */
  addProbes(probes: readonly Probe[]): number {
    const address = this.#end
    this.#words[address / WORD] = probes.length
    let at = address + WORD
    for (const { offset, bytes } of probes) {
      this.#words[at / WORD] = offset
      this.#words[at / WORD + 1] = bytes.length
      this.#bytes.set(bytes, at + 2 * WORD)
      at += sizeOfProbe(bytes)
    }
    this.#end = at
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

function sizeOfProbes(probes: readonly Probe[]): number {
  return probes.reduce((sum, { bytes }) => sum + sizeOfProbe(bytes), WORD)
}

function sizeOfProbe(bytes: Uint8Array): number {
  return 2 * WORD + padded(bytes.length)
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
