import { parseIso, toUnixMs } from '../../bytes/filetime.ts'
import { parseGuid } from '../../bytes/guid.ts'
import { parseSid } from '../../bytes/sid.ts'
import { encodeAnsi } from '../../bytes/windows-1252.ts'
import { FormatError } from '../../errors.ts'

/** Texts that a conversion remembers at a time. */
const MAX_REMEMBERED = 4096

/** Least and greatest number of each type. */
const RANGES = {
  int8: { min: -0x80, max: 0x7f },
  uint8: { min: 0, max: 0xff },
  int16: { min: -0x8000, max: 0x7fff },
  uint16: { min: 0, max: 0xffff },
  int32: { min: -0x8000_0000, max: 0x7fff_ffff },
  uint32: { min: 0, max: 0xffff_ffff },
  int64: { min: -0x8000_0000_0000_0000n, max: 0x7fff_ffff_ffff_ffffn },
  uint64: { min: 0n, max: 0xffff_ffff_ffff_ffffn },
} as const

type WholeType = keyof typeof RANGES

function refuse(what: string, text: string): never {
  throw new FormatError('bad-value', 0, `"${text.slice(0, 80)}" is not ${what}`)
}

/**
 * A conversion that remembers: a log repeats the same few GUIDs, SIDs and keywords in every record, and parsing them
 * took a fifth of the time to write one.
 */
function remembered(convert: (text: string) => Uint8Array): (text: string) => Uint8Array {
  const known = new Map<string, Uint8Array>()
  return (text) => {
    let bytes = known.get(text)
    if (bytes === undefined) {
      bytes = convert(text)
      if (known.size === MAX_REMEMBERED) known.clear()
      known.set(text, bytes)
    }
    return bytes
  }
}

/** The 16 bytes of a GUID in text. @throws {FormatError} `bad-value` */
export const guidBytes = remembered((text) => parseGuid(text) ?? refuse('a GUID', text))

/** The bytes of a SID in text. @throws {FormatError} `bad-value` */
export const sidBytes = remembered((text) => parseSid(text) ?? refuse('a SID', text))

/** Four bytes, little-endian, of a hex number. @throws {FormatError} `bad-value` */
export const hex32Bytes = remembered((text) => littleEndian(hexNumber(text, 32), 4))

/** Eight bytes, little-endian, of a hex number. @throws {FormatError} `bad-value` */
export const hex64Bytes = remembered((text) => littleEndian(hexNumber(text, 64), 8))

function littleEndian(value: bigint, size: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn))
}

/** The bytes of pairs of hex digits. @throws {FormatError} `bad-value` */
export function hexBytes(text: string): Uint8Array {
  if (!/^(?:[0-9a-f]{2})*$/i.test(text)) refuse('a row of hex digit pairs', text)
  const bytes = new Uint8Array(text.length / 2)
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16)
  return bytes
}

/** A hex number, with or without `0x`. @throws {FormatError} `bad-value` when it is none or needs more bits */
export function hexNumber(text: string, bits: 32 | 64): bigint {
  const digits = /^(?:0x)?0*([0-9a-f]+)$/i.exec(text)?.[1]
  if (digits === undefined || digits.length > bits / 4) refuse(`a hex number of ${bits} bits`, text)
  return BigInt(`0x${digits}`)
}

/** Windows-1252 bytes of a text. @throws {FormatError} `bad-value` for a character it does not have */
export function ansiBytes(text: string): Uint8Array {
  return encodeAnsi(text) ?? refuse('Windows-1252 text', text)
}

/** A SYSTEMTIME (MS-DTYP 2.3.13) of ISO text: eight 16-bit fields; digits past the millisecond are dropped. */
export function systemtimeBytes(text: string): Uint8Array {
  const time = new Date(toUnixMs((parseIso(text) ?? refuse('an ISO time', text)).ticks))
  const fields = [
    time.getUTCFullYear(),
    time.getUTCMonth() + 1,
    time.getUTCDay(),
    time.getUTCDate(),
    time.getUTCHours(),
    time.getUTCMinutes(),
    time.getUTCSeconds(),
    time.getUTCMilliseconds(),
  ]
  const view = new DataView(new ArrayBuffer(16))
  for (const [i, field] of fields.entries()) view.setUint16(2 * i, field, true)
  return new Uint8Array(view.buffer)
}

/** Ticks of a time given as ISO text or as ticks. @throws {FormatError} `bad-value` */
export function timeTicks(time: string | bigint): bigint {
  return typeof time === 'bigint' ? time : (parseIso(time) ?? refuse('an ISO time', time)).ticks
}

/**
 * A number as it was given, once it is known to fit its type.
 *
 * @throws {FormatError} `bad-value` when it is no whole number or out of the type's range
 */
export function wholeNumber<N extends number | bigint>(value: N, type: WholeType): N {
  const { min, max } = RANGES[type]
  if (value < min || value > max || (typeof value === 'number' && !Number.isInteger(value))) refuse(type, String(value))
  return value
}
