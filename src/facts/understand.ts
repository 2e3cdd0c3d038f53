import { toIso } from '../bytes/filetime.ts'
import { renderHex } from '../bytes/hex.ts'
import { dwordOf, type HiveValue, qwordOf, REG, textOf, textsOf } from '../hive/value.ts'
import type { Fact } from './fact.ts'
import type { Look, Registry } from './registry.ts'
import type { RegistryFact, ValueKind } from './registry-fact.ts'

/** Bytes that a text may have; more is not what any of these values holds. */
const LONGEST_TEXT = 65_536
/** Bytes shown of a value that is not understood. */
const SHOWN_BYTES = 16
/** Characters shown of a text that is not understood. */
const SHOWN_CHARACTERS = 60

const EXPECTED: Readonly<Record<ValueKind, string>> = {
  dword: 'REG_DWORD',
  signed: 'REG_DWORD',
  decimal: 'REG_SZ with a number',
  text: 'REG_SZ',
  list: 'REG_MULTI_SZ or REG_SZ',
  hash: 'REG_BINARY of 20 bytes',
  filetime: 'a FILETIME of 8 bytes',
}

/** The fact that one registry value is. A value of another type is unreadable, with what was found. */
export function readFact({ id, hive, key, values, kind }: RegistryFact, registry: Registry): Fact {
  const looks = values.map((name) => registry.value(hive, key, name))
  // The first value that is there, or whatever is known of the first.
  const look = looks.find(({ state }) => state !== 'absent') ?? looks[0]!
  return factOf(id, look, kind)
}

/** The fact that a look at a value gives. */
export function factOf(id: string, look: Look<HiveValue>, kind: ValueKind): Fact {
  const { source } = look
  if (look.state !== 'present') {
    return { id, state: look.state, source, ...(look.reason !== undefined && { reason: look.reason }) }
  }
  const value = understand(look.thing, kind)
  if (value !== undefined) return { id, state: 'present', value, source }
  return { id, state: 'unreadable', source, reason: `${describe(look.thing)} where ${EXPECTED[kind]} is expected` }
}

/** What a value means as one of a kind; undefined when it is none of it. */
function understand(value: HiveValue, kind: ValueKind): string | number | undefined {
  const { bytes } = value
  if (bytes.length > LONGEST_TEXT) return undefined
  switch (kind) {
    case 'dword':
      return bytes.length === 4 ? dwordOf(value) : undefined
    case 'signed': {
      const number = bytes.length === 4 ? dwordOf(value) : undefined
      return number === undefined ? undefined : number | 0
    }
    case 'decimal': {
      const digits = /^\s*(\d{1,9})\s*$/.exec(plainText(value) ?? '')?.[1]
      return digits === undefined ? undefined : Number(digits)
    }
    case 'text':
      return plainText(value)
    case 'list':
      return (textsOf(value) ?? plainText(value)?.split(','))
        ?.map((text) => text.trim())
        .filter((text) => text !== '')
        .join(', ')
    case 'hash':
      return value.type === REG.binary && bytes.length === 20 ? renderHex(bytes) : undefined
    case 'filetime':
      return understandTime(value)
  }
}

/** A link is no text that a service would take. */
function plainText(value: HiveValue): string | undefined {
  return value.type === REG.link || value.bytes.length % 2 !== 0 ? undefined : textOf(value)
}

function understandTime(value: HiveValue): string | undefined {
  const { bytes } = value
  if (bytes.length !== 8) return undefined
  if (value.type !== REG.binary) {
    const ticks = qwordOf(value)
    return ticks === undefined ? undefined : toIso(ticks)
  }
  return toIso(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true))
}

/** `REG_SZ "1"`, `REG_DWORD 5`, `REG_BINARY of 3 bytes (00 01 02)`. */
function describe(value: HiveValue): string {
  const { typeName, bytes } = value
  const text = textOf(value)
  if (text !== undefined && bytes.length <= LONGEST_TEXT) {
    const shown = text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text
    return `${typeName} "${shown}"`
  }
  const number = bytes.length === 4 ? dwordOf(value) : undefined
  if (number !== undefined) return `${typeName} ${number}`
  const start =
    bytes.length === 0 ? '' : ` (${renderHex(bytes.subarray(0, SHOWN_BYTES))}${bytes.length > SHOWN_BYTES ? '…' : ''})`
  return `${typeName} of ${bytes.length} ${bytes.length === 1 ? 'byte' : 'bytes'}${start}`
}
