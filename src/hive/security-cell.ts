import { viewOf } from '../bytes/view.ts'
import { type Cells, NO_CELL, placeOf } from './cells.ts'

/** Bytes before the descriptor. */
const HEAD_SIZE = 20

/**
 * Reads the security descriptor that a key names: who may do what with it, as MS-DTYP 2.4.6 lays it out.
 *
 *     offset  size  field
 *          0     2  signature, "sk"
 *          4     4  next security cell
 *          8     4  previous security cell
 *         12     4  keys that name it
 *         16     4  length of the descriptor, bytes
 *         20     …  descriptor
 *
 * Source: msuhanov's regf specification, "Key security".
 *
 * @returns a copy; undefined for a key that names none, and, with damage, for what is none
 */
export function readSecurity(cells: Cells, at: number): Uint8Array | undefined {
  if (at === NO_CELL) return undefined
  const cell = cells.find(at, 'A security descriptor')
  const head = cell && cells.readView(cell, 0, HEAD_SIZE, 'The security descriptor')
  if (!head) return undefined
  const view = viewOf(head)
  if (view.getUint16(0) !== 0x736b) return cells.refuse(at, 0, `There is no security descriptor at ${placeOf(at)}`)
  const bytes = cells.readView(cell, HEAD_SIZE, view.getUint32(16, true), 'The security descriptor')
  return bytes?.slice()
}
