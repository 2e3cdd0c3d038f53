import { renderSid, sidSize } from '../bytes/sid.ts'
import { viewOf } from '../bytes/view.ts'
import { FormatError } from '../errors.ts'

/** Whom an object belongs to, and who may do what with it. */
export interface SecurityDescriptor {
  /** `S-1-5-18`; undefined when it names none. */
  readonly owner?: string
  readonly group?: string
  /** Undefined when there is no list, which lets everybody do everything. */
  readonly dacl?: AccessList
}

/** A discretionary access control list. */
export interface AccessList {
  /** Does not take entries over from the folder above (SE_DACL_PROTECTED). */
  readonly isProtected: boolean
  /** Its entries were taken over by Windows' own tools (SE_DACL_AUTO_INHERITED). */
  readonly isInherited: boolean
  readonly entries: readonly AccessEntry[]
}

/** One entry of an access control list. */
export interface AccessEntry {
  readonly effect: 'allow' | 'deny' | 'other'
  /** Numeric type (MS-DTYP 2.4.4.1). */
  readonly type: number
  /** Inheritance flags (MS-DTYP 2.4.4.1). */
  readonly flags: number
  readonly mask: number
  readonly sid: string
  /** Whether it applies depends on a condition or on a type of object, neither of which is evaluated. */
  readonly isConditional: boolean
}

/** Flags of an entry that say where it came from and whom it is for. */
export const ACE_FLAG = { inheritOnly: 0x08, inherited: 0x10 } as const
/** Types of entries that allow or deny; all others audit, label or name claims. */
export const ACE_TYPE = {
  allow: 0,
  deny: 1,
  allowObject: 5,
  denyObject: 6,
  allowCallback: 9,
  denyCallback: 10,
  allowCallbackObject: 11,
  denyCallbackObject: 12,
} as const

const ALLOWING: ReadonlySet<number> = new Set([
  ...[ACE_TYPE.allow, ACE_TYPE.allowObject, ACE_TYPE.allowCallback, ACE_TYPE.allowCallbackObject],
])
const DENYING: ReadonlySet<number> = new Set([
  ...[ACE_TYPE.deny, ACE_TYPE.denyObject, ACE_TYPE.denyCallback, ACE_TYPE.denyCallbackObject],
])
const WITH_OBJECT: ReadonlySet<number> = new Set([
  ...[ACE_TYPE.allowObject, ACE_TYPE.denyObject, ACE_TYPE.allowCallbackObject, ACE_TYPE.denyCallbackObject],
])
const WITH_CONDITION: ReadonlySet<number> = new Set([
  ...[ACE_TYPE.allowCallback, ACE_TYPE.denyCallback, ACE_TYPE.allowCallbackObject, ACE_TYPE.denyCallbackObject],
])

const HEADER_SIZE = 20
const ACL_HEADER_SIZE = 8
const ACE_HEADER_SIZE = 8
/** Bits of the control field. */
const CONTROL = { daclPresent: 0x0004, daclInherited: 0x0400, daclProtected: 0x1000 } as const

/**
 * Reads a self-relative security descriptor.
 *
 *     offset  size  field
 *          0     1  revision, 1
 *          2     2  control: 0x0004 a DACL is present, 0x0400 auto-inherited, 0x1000 protected
 *          4     4  offset of the owner's SID; 0 for none
 *          8     4  offset of the group's SID; 0 for none
 *         12     4  offset of the SACL
 *         16     4  offset of the DACL; 0 for none
 *
 * Little-endian; offsets from the start of `bytes`. Source: MS-DTYP 2.4.6.
 *
 * @throws {FormatError} when it is none, or a part lies outside
 */
export function readSecurityDescriptor(bytes: Uint8Array): SecurityDescriptor {
  if (bytes.length < HEADER_SIZE) throw new FormatError('truncated', 0, 'A security descriptor is cut')
  const view = viewOf(bytes)
  if (view.getUint8(0) !== 1)
    throw new FormatError('bad-value', 0, `A security descriptor of revision ${view.getUint8(0)}`)
  const control = view.getUint16(2, true)
  const ownerOffset = view.getUint32(4, true)
  const groupOffset = view.getUint32(8, true)
  const daclOffset = view.getUint32(16, true)
  const hasList = (control & CONTROL.daclPresent) !== 0 && daclOffset !== 0
  return {
    ...(ownerOffset !== 0 && { owner: readSid(bytes, ownerOffset, bytes.length) }),
    ...(groupOffset !== 0 && { group: readSid(bytes, groupOffset, bytes.length) }),
    ...(hasList && {
      dacl: {
        isProtected: (control & CONTROL.daclProtected) !== 0,
        isInherited: (control & CONTROL.daclInherited) !== 0,
        entries: readEntries(bytes, view, daclOffset),
      },
    }),
  }
}

function readSid(bytes: Uint8Array, offset: number, end: number): string {
  const size = offset + 2 <= end ? sidSize(bytes, offset) : Number.POSITIVE_INFINITY
  const sid = offset + size <= end ? renderSid(bytes, offset, size) : undefined
  if (sid === undefined) throw new FormatError('truncated', offset, 'A SID lies outside of its security descriptor')
  return sid
}

/**
 * Entries of an access control list: revision, size (u16 at 2) and count (u16 at 4), then each entry as type, flags,
 * size (u16), mask (u32) and what its type has (MS-DTYP 2.4.5, 2.4.4).
 */
function readEntries(bytes: Uint8Array, view: DataView, listOffset: number): readonly AccessEntry[] {
  if (listOffset + ACL_HEADER_SIZE > bytes.length) {
    throw new FormatError('truncated', listOffset, 'An access control list lies outside of its security descriptor')
  }
  const end = listOffset + view.getUint16(listOffset + 2, true)
  const count = view.getUint16(listOffset + 4, true)
  if (end > bytes.length) throw new FormatError('truncated', listOffset, 'An access control list is cut')
  const entries: AccessEntry[] = []
  let at = listOffset + ACL_HEADER_SIZE
  for (let i = 0; i < count; i++) {
    if (at + 4 > end) throw new FormatError('truncated', at, 'An entry of an access control list is cut')
    const size = view.getUint16(at + 2, true)
    if (size < 4 || at + size > end)
      throw new FormatError('bad-size', at, `An entry of an access control list has ${size} bytes`)
    entries.push(readEntry(bytes, view, at, size))
    at += size
  }
  return entries
}

function readEntry(bytes: Uint8Array, view: DataView, at: number, size: number): AccessEntry {
  const type = view.getUint8(at)
  const flags = view.getUint8(at + 1)
  const effect = ALLOWING.has(type) ? 'allow' : DENYING.has(type) ? 'deny' : 'other'
  // Compound, audit and label entries neither allow nor deny.
  if (effect === 'other') return { effect, type, flags, mask: 0, sid: '', isConditional: false }
  if (size < ACE_HEADER_SIZE)
    throw new FormatError('bad-size', at, `An entry of an access control list has ${size} bytes`)
  const mask = view.getUint32(at + 4, true)
  let sidOffset = at + ACE_HEADER_SIZE
  let objectFlags = 0
  if (WITH_OBJECT.has(type)) {
    if (size < ACE_HEADER_SIZE + 4) throw new FormatError('bad-size', at, 'An entry for a type of object is cut')
    objectFlags = view.getUint32(sidOffset, true)
    // Bit 0: a GUID of the object's type follows; bit 1: one of the type that inherits.
    sidOffset += 4 + ((objectFlags & 1) !== 0 ? 16 : 0) + ((objectFlags & 2) !== 0 ? 16 : 0)
  }
  const sid = readSid(bytes, sidOffset, at + size)
  return { effect, type, flags, mask, sid, isConditional: WITH_CONDITION.has(type) || (objectFlags & 1) !== 0 }
}
