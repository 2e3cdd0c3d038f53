import type { DefinitionPrint } from './definition-print.ts'
import * as map from './skim-map.ts'

/** The part of the skim kernel's memory that says what definitions must be like; see `skim-map.ts`. */
export class SkimPrints {
  readonly #bytes: Uint8Array
  #end = map.PRINTS

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /** Forgets all that was added. */
  clear(): void {
    this.#end = map.PRINTS
  }

  /** True when there is room for it. */
  hasRoom(print: DefinitionPrint): boolean {
    return this.#end + print.length <= map.PRINTS_END
  }

  /** Adds a print, for which there is room. Returns its address. */
  add(print: DefinitionPrint): number {
    const address = this.#end
    this.#bytes.set(print, address)
    this.#end += print.length
    return address
  }
}
