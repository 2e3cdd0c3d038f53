import { joinBytes } from '../../bytes/join-bytes.ts'
import { parseSid } from '../../bytes/sid.ts'
import { FormatError } from '../../errors.ts'
import type { AccessList, SecurityDescriptor } from '../security-descriptor.ts'

const HEAD_SIZE = 20
const NOTHING = new Uint8Array(0)
/** Bits of the control field: self-relative, and those that `readSecurityDescriptor` tells of. */
const CONTROL = { selfRelative: 0x8000, daclPresent: 0x0004, daclInherited: 0x0400, daclProtected: 0x1000 } as const

/**
 * A self-relative security descriptor; see `readSecurityDescriptor` for the fields.
 *
 * @throws {FormatError} `bad-value` for a SID that is none, and for an entry with a condition, which is not kept when
 * one is read
 */
export function writeSecurityDescriptor({ owner, group, dacl }: SecurityDescriptor): Uint8Array {
  const parts = [
    { field: 4, bytes: owner === undefined ? NOTHING : sidBytes(owner) },
    { field: 8, bytes: group === undefined ? NOTHING : sidBytes(group) },
    { field: 16, bytes: dacl ? listBytes(dacl) : NOTHING },
  ]
  const head = new Uint8Array(HEAD_SIZE)
  const view = new DataView(head.buffer)
  view.setUint8(0, 1)
  view.setUint16(2, controlOf(dacl), true)
  let at = HEAD_SIZE
  for (const { field, bytes } of parts) {
    if (bytes.length > 0) view.setUint32(field, at, true)
    at += bytes.length
  }
  return joinBytes([head, ...parts.map(({ bytes }) => bytes)])
}

function controlOf(dacl: AccessList | undefined): number {
  if (!dacl) return CONTROL.selfRelative
  const inherited = dacl.isInherited ? CONTROL.daclInherited : 0
  const isProtected = dacl.isProtected ? CONTROL.daclProtected : 0
  return CONTROL.selfRelative | CONTROL.daclPresent | inherited | isProtected
}

/** Revision, size and count of an access control list, then each entry; see `readSecurityDescriptor`. */
function listBytes({ entries }: AccessList): Uint8Array {
  const bodies = entries.map(({ type, flags, mask, sid, isConditional }) => {
    if (isConditional) throw new FormatError('bad-value', 0, 'The condition of an entry is not known')
    const bytes = sidBytes(sid)
    const head = new DataView(new ArrayBuffer(8))
    head.setUint8(0, type)
    head.setUint8(1, flags)
    head.setUint16(2, 8 + bytes.length, true)
    head.setUint32(4, mask, true)
    return joinBytes([new Uint8Array(head.buffer), bytes])
  })
  const body = joinBytes(bodies)
  const head = new DataView(new ArrayBuffer(8))
  head.setUint8(0, 2)
  head.setUint16(2, 8 + body.length, true)
  head.setUint16(4, entries.length, true)
  return joinBytes([new Uint8Array(head.buffer), body])
}

function sidBytes(sid: string): Uint8Array {
  const bytes = parseSid(sid)
  if (!bytes) throw new FormatError('bad-value', 0, `"${sid}" is no SID`)
  return bytes
}
