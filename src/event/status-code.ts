import { statusOfWords, type WordedStatus } from './status-words.ts'

/**
 * What a status means for the listener's key.
 * `key`: another way of saying that the key cannot be used; `other`: a status that says nothing about it.
 */
export type StatusClass = WordedStatus | 'key' | 'rpc' | 'other'

/** A status as an event carries it, made comparable. */
export interface Status {
  readonly class: StatusClass
  /** `0x80070005`; undefined when the event gave unknown words. */
  readonly hex?: string
  /** `E_ACCESSDENIED`. */
  readonly name?: string
  /** What it says, in English where known, else as it stands in the event (hostile text). */
  readonly words: string
}

const KNOWN: ReadonlyMap<number, readonly [name: string, words: string, StatusClass]> = new Map([
  [0x80070005, ['E_ACCESSDENIED', 'Access is denied', 'access-denied']],
  [0xc0000022, ['STATUS_ACCESS_DENIED', 'Access is denied', 'access-denied']],
  [0x8009000f, ['NTE_EXISTS', 'Object already exists', 'exists']],
  [0x800700b7, ['ERROR_ALREADY_EXISTS', 'The file already exists', 'exists']],
  [0x80090016, ['NTE_BAD_KEYSET', 'Keyset does not exist', 'bad-keyset']],
  [0x8009030d, ['SEC_E_UNKNOWN_CREDENTIALS', 'The private key could not be used', 'key']],
  [0x8009030e, ['SEC_E_NO_CREDENTIALS', 'No credentials are available', 'key']],
  [0x80090010, ['NTE_PERM', 'Access to the key is denied', 'key']],
  [0x8009000b, ['NTE_BAD_KEY_STATE', 'The key is not valid in its state', 'key']],
  [0x80090011, ['NTE_NOT_FOUND', 'The key was not found', 'key']],
  [0x80070070, ['ERROR_DISK_FULL', 'The disk is full', 'disk-full']],
  [0x80070027, ['ERROR_HANDLE_DISK_FULL', 'The disk is full', 'disk-full']],
  [0x80010108, ['RPC_E_DISCONNECTED', 'The called object has disconnected from its clients', 'rpc']],
  [0x800706b5, ['RPC_S_UNKNOWN_IF', 'The RPC interface is unknown', 'rpc']],
])

const CODE_OF_WORDS: Readonly<Record<WordedStatus, number>> = {
  'access-denied': 0x80070005,
  exists: 0x8009000f,
  'bad-keyset': 0x80090016,
  'disk-full': 0x80070070,
}

/** Classes that mean the listener's private key cannot be made, opened or used. */
const KEY_CLASSES: ReadonlySet<StatusClass> = new Set(['access-denied', 'exists', 'bad-keyset', 'key'])

/**
 * Reads a status however the event wrote it: `0x80070005`, `-2147024891`, `2147942405`, `%%5`, words in the machine's
 * language, or words with the number in them. Win32 codes below 0x10000 become their HRESULT.
 * Numbers go before words: they mean the same in every language.
 */
export function parseStatus(text: string): Status {
  const code = parseCode(text)
  if (code !== undefined) return statusOfCode(code)
  const worded = statusOfWords(text)
  if (worded !== undefined) return statusOfCode(CODE_OF_WORDS[worded])
  return { class: 'other', words: text.trim() }
}

/** True when the status says that a private key cannot be made, opened or used. */
export function isKeyStatus(status: Status): boolean {
  return KEY_CLASSES.has(status.class)
}

/** `Access is denied (0x80070005)`, or the words as they stand when there is no number. */
export function renderStatus(status: Status): string {
  if (status.hex === undefined) return status.words
  return status.words === status.hex ? status.hex : `${status.words} (${status.hex})`
}

function parseCode(text: string): number | undefined {
  const hex = /\b0x([0-9a-f]{1,8})\b/i.exec(text)
  if (hex?.[1] !== undefined) return Number.parseInt(hex[1], 16)
  const decimal = /^\s*(?:%%)?(-?\d{1,10})[\s.\0]*$/.exec(text)
  if (decimal?.[1] === undefined) return undefined
  const value = Number(decimal[1])
  if (value < -0x80000000 || value > 0xffffffff) return undefined
  return value >>> 0
}

function statusOfCode(code: number): Status {
  // HRESULT_FROM_WIN32: facility 7 above the 16 bits of the Win32 code. Zero is success in both.
  const value = code > 0 && code < 0x10000 ? (0x80070000 | code) >>> 0 : code
  const hex = `0x${value.toString(16).toUpperCase().padStart(8, '0')}`
  const known = KNOWN.get(value)
  if (known === undefined) return { class: 'other', hex, words: hex }
  return { class: known[2], hex, name: known[0], words: known[1] }
}
