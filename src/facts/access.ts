import { FILE_RIGHT, KEY_RIGHT, mapRights } from './access-mask.ts'
import { ACE_FLAG, type AccessEntry, type SecurityDescriptor } from './security-descriptor.ts'

/** What an account may do; `unknown` where a condition, or the order of entries, leaves it open. */
export type AccessVerdict = 'allowed' | 'denied' | 'unknown'

/** SIDs that an access token holds. */
export type Token = ReadonlySet<string>

const EVERYONE = 'S-1-1-0'
const LOCAL = 'S-1-2-0'
const SERVICE = 'S-1-5-6'
const AUTHENTICATED = 'S-1-5-11'
const THIS_ORGANIZATION = 'S-1-5-15'
const SYSTEM = 'S-1-5-18'
const NETWORK_SERVICE = 'S-1-5-20'
const ADMINISTRATORS = 'S-1-5-32-544'
const USERS = 'S-1-5-32-545'
const ALL_SERVICES = 'S-1-5-80-0'
/** Of services: SHA-1 of the name in upper-case UTF-16, as five little-endian numbers (`sc showsid`). */
const TERM_SERVICE = 'S-1-5-80-446051430-1559341753-4161941529-1950928533-810483104'
/** NT SERVICE\SessionEnv. */
export const SESSION_ENV = 'S-1-5-80-4022436659-1090538466-1613889075-870485073-3428993833'

/** The Remote Desktop service as it opens its key: NETWORK SERVICE with the groups that every service of it has. */
export const NETWORK_SERVICE_TOKEN: Token = new Set([
  ...[NETWORK_SERVICE, EVERYONE, LOCAL, SERVICE, AUTHENTICATED, THIS_ORGANIZATION, USERS, ALL_SERVICES],
  TERM_SERVICE,
])

/** The service that makes and renews the listener's certificate: it runs as SYSTEM and has a SID of its own. */
export const SESSION_ENV_TOKEN: Token = new Set([
  ...[SYSTEM, ADMINISTRATORS, EVERYONE, LOCAL, SERVICE, AUTHENTICATED, THIS_ORGANIZATION, ALL_SERVICES],
  SESSION_ENV,
])

/** SYSTEM itself, whatever service it runs. */
export const SYSTEM_TOKEN: Token = new Set([...[SYSTEM, ADMINISTRATORS, EVERYONE, AUTHENTICATED]])

/**
 * Whether all of some rights are granted to a token.
 *
 * Entries are taken in their order, as Windows does (MS-DTYP 2.5.3.2): several may together allow what is wanted, a
 * denied right that was not allowed before decides. Lists as Windows' own tools write them hold explicit entries
 * before inherited ones, and of each the denying before the allowing. In a list of another order the answer must be
 * the same when it is put in order; where it is not, and where only an entry with a condition decides, it is unknown.
 *
 * @param wanted a mask without generic rights
 * @param map what generic rights in entries mean; for files if not given
 */
export function evaluateAccess(
  descriptor: SecurityDescriptor,
  token: Token,
  wanted: number,
  map: (mask: number) => number = (mask) => mapRights(mask),
): AccessVerdict {
  if (!descriptor.dacl) return 'allowed'
  const applying = descriptor.dacl.entries.filter(({ flags, sid, effect }) => {
    return effect !== 'other' && (flags & ACE_FLAG.inheritOnly) === 0 && token.has(sid)
  })
  const verdicts = [applying, inOrder(applying)].flatMap((entries) => {
    // With and without the entries whose conditions are not evaluated: if that changes nothing, they do not matter.
    const surely = decide(entries, wanted, map, { allow: false, deny: true })
    const perhaps = decide(entries, wanted, map, { allow: true, deny: false })
    return [surely, perhaps]
  })
  return verdicts.every((verdict) => verdict === verdicts[0]) ? verdicts[0]! : 'unknown'
}

/** Whether a token may read a file: denied without its data, allowed with all that reading a file takes. */
export function evaluateRead(descriptor: SecurityDescriptor, token: Token): AccessVerdict {
  if (evaluateAccess(descriptor, token, FILE_RIGHT.readData) === 'denied') return 'denied'
  return evaluateAccess(descriptor, token, FILE_RIGHT.genericRead) === 'allowed' ? 'allowed' : 'unknown'
}

/** Whether a token may write a file, or create one in a folder. */
export function evaluateWrite(descriptor: SecurityDescriptor, token: Token): AccessVerdict {
  return evaluateAccess(descriptor, token, FILE_RIGHT.writeData)
}

/** Whether a token may read a registry key and write below it: denied without any of the four rights that takes. */
export function evaluateKey(descriptor: SecurityDescriptor, token: Token): AccessVerdict {
  const { queryValue, enumerateSubkeys, setValue, createSubkey } = KEY_RIGHT
  const map = (mask: number): number => mapRights(mask, KEY_RIGHT)
  return evaluateAccess(descriptor, token, queryValue | enumerateSubkeys | setValue | createSubkey, map)
}

/** Explicit before inherited, denying before allowing; the order is kept otherwise. */
function inOrder(entries: readonly AccessEntry[]): readonly AccessEntry[] {
  const rank = ({ flags, effect }: AccessEntry): number => {
    return ((flags & ACE_FLAG.inherited) !== 0 ? 2 : 0) + (effect === 'deny' ? 0 : 1)
  }
  return [...entries].sort((a, b) => rank(a) - rank(b))
}

function decide(
  entries: readonly AccessEntry[],
  wanted: number,
  map: (mask: number) => number,
  conditional: { readonly allow: boolean; readonly deny: boolean },
): 'allowed' | 'denied' {
  let left = wanted
  for (const { effect, mask, isConditional } of entries) {
    if (effect === 'other' || (isConditional && !conditional[effect])) continue
    if ((map(mask) & left) === 0) continue
    if (effect === 'deny') return 'denied'
    left &= ~map(mask)
    if (left === 0) return 'allowed'
  }
  return 'denied'
}
