/**
 * What a record may grow to. The plain renderer counts nodes and characters (`src/evtx/element.ts`); here each instance is
 * charged at once with the most that it can make of its values, so that no value is counted by itself. A record that comes
 * near a limit is left to the plain renderer, which counts exactly.
 */
const NODES: i32 = 2_048
const CHARACTERS: i32 = 65_536
/** More for each byte of the record, as there. */
const NODES_A_BYTE: i32 = 4
const CHARACTERS_A_BYTE: i32 = 16
/** Characters that a value is counted with at most: its bytes, and its text, for each byte and beyond. */
const VALUE_A_BYTE: i32 = 4
const VALUE_ALWAYS: i32 = 64
/** Charges are bounded, so that they cannot wrap round. */
const MAX_USES: u32 = 1_024

/** Instances in instances; the plain renderer goes deeper. */
export const MAX_DEPTH: i32 = 8

let nodesLeft: i32 = 0
let charactersLeft: i32 = 0

/** Begins a record of a size. */
export function startRecord(size: u32): void {
  nodesLeft = NODES + NODES_A_BYTE * size
  charactersLeft = CHARACTERS + CHARACTERS_A_BYTE * size
}

/**
 * Charges an instance.
 *
 * @param nodes of its template, and its values
 * @param references to values
 * @param uses of the value that is used most
 * @param size of its values, bytes
 * @returns false when it may be too much
 */
export function charge(nodes: u32, characters: u32, references: u32, uses: u32, size: u32): bool {
  if (uses > MAX_USES) return false
  // Each byte may be an item of an array.
  nodesLeft -= nodes + uses * size
  charactersLeft -= characters + uses * size * VALUE_A_BYTE + references * VALUE_ALWAYS
  return nodesLeft >= 0 && charactersLeft >= 0
}

/** Charges nodes that are rendered without a template. */
export function chargeNodes(nodes: u32, characters: u32): bool {
  nodesLeft -= nodes
  charactersLeft -= characters
  return nodesLeft >= 0 && charactersLeft >= 0
}
