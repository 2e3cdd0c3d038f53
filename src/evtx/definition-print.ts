import type { Chunk } from './chunk.ts'
import { type NameField, readFragment } from './fragment.ts'
import { type Probes, takeProbes } from './probes.ts'
import { DEFINITION_HEADER_SIZE } from './template.ts'

/** A name that a definition refers to. */
export interface PrintedName {
  /** Where its offset stands, bytes from the definition's start. */
  readonly at: number
  /** Where the name stands, bytes from the definition's start; undefined when it is outside the definition. */
  readonly inside: number | undefined
  /** Hash, and the count of characters in the upper half. */
  readonly hash: number
  /** Characters of one outside, in UTF-16; those of one inside are part of the definition. */
  readonly units: Uint8Array
}

/**
 * What every copy of a template definition has in common, in whichever chunk it stands: all of its bytes but for where
 * names stand, and the names. A definition that has all of it reads the same as the one it was taken from.
 */
export interface DefinitionPrint {
  /** Size of the definition, header included. */
  readonly size: number
  /** GUID, size and body, without the offsets of names. */
  readonly probes: Probes
  readonly names: readonly PrintedName[]
}

/**
 * Takes the print of the definition at an offset of the chunk.
 *
 * @param size of the definition, header included
 * @throws {FormatError} the definition cannot be read
 */
export function printOf(chunk: Chunk, definition: number, size: number): DefinitionPrint {
  const fields: NameField[] = []
  readFragment(chunk, definition + DEFINITION_HEADER_SIZE, definition + size, true, fields)
  const ranges: number[] = []
  let from = definition + 4
  const probeUpTo = (end: number) => {
    if (end > from) ranges.push(from, end)
  }
  for (const { at, target } of fields) {
    probeUpTo(at)
    // A name that stands right behind its offset begins with that of the next in its list.
    from = at + (target === at + 4 ? 8 : 4)
  }
  probeUpTo(definition + size)
  const names = fields.map(({ at, target }) => {
    const isInside = target >= definition && target < definition + size
    const length = isInside ? 0 : 2 * chunk.view.getUint16(target + 6, true)
    return {
      at: at - definition,
      inside: isInside ? target - definition : undefined,
      hash: chunk.view.getUint32(target + 4, true),
      units: chunk.bytes.slice(target + 8, target + 8 + length),
    }
  })
  return { size, probes: takeProbes(chunk.bytes, definition, ranges), names }
}
