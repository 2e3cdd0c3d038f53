import { joinBytes } from '../../src/bytes/join-bytes.ts'
import { parseSid } from '../../src/bytes/sid.ts'

/** One entry of an access control list, field by field. */
export interface EntryBytes {
  readonly type?: number
  readonly flags?: number
  readonly mask: number
  readonly sid: string
  /** Bytes between mask and SID, as entries for a type of object have. */
  readonly object?: Uint8Array
  /** Bytes after the SID, as entries with a condition have. */
  readonly condition?: Uint8Array
}

/** A self-relative security descriptor. `entries: undefined` is a null list, which lets everybody do everything. */
export function descriptorBytes(description: {
  readonly owner?: string
  readonly group?: string
  readonly control?: number
  readonly entries?: readonly EntryBytes[] | undefined
}): Uint8Array {
  const { owner = 'S-1-5-18', group = 'S-1-5-18', control = 0x8004, entries } = description
  const list = entries && listBytes(entries)
  const parts = [sidBytes(owner), sidBytes(group), list ?? new Uint8Array(0)]
  const offsets = [20, 20 + parts[0]!.length, 20 + parts[0]!.length + parts[1]!.length]
  const head = new DataView(new ArrayBuffer(20))
  head.setUint8(0, 1)
  head.setUint16(2, control, true)
  head.setUint32(4, offsets[0]!, true)
  head.setUint32(8, offsets[1]!, true)
  head.setUint32(16, list ? offsets[2]! : 0, true)
  return joinBytes([new Uint8Array(head.buffer), ...parts])
}

function listBytes(entries: readonly EntryBytes[]): Uint8Array {
  const bodies = entries.map(({ type = 0, flags = 0, mask, sid, object, condition }) => {
    const rest = [...(object ? [object] : []), sidBytes(sid), ...(condition ? [condition] : [])]
    const head = new DataView(new ArrayBuffer(8))
    head.setUint8(0, type)
    head.setUint8(1, flags)
    head.setUint16(2, 8 + rest.reduce((sum, { length }) => sum + length, 0), true)
    head.setUint32(4, mask, true)
    return joinBytes([new Uint8Array(head.buffer), ...rest])
  })
  const size = 8 + bodies.reduce((sum, { length }) => sum + length, 0)
  const head = new DataView(new ArrayBuffer(8))
  head.setUint8(0, 2)
  head.setUint16(2, size, true)
  head.setUint16(4, entries.length, true)
  return joinBytes([new Uint8Array(head.buffer), ...bodies])
}

function sidBytes(sid: string): Uint8Array {
  const bytes = parseSid(sid)
  if (!bytes) throw new Error(`"${sid}" is no SID`)
  return bytes
}
