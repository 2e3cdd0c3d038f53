import { decodeUtf16 } from '../bytes/utf16.ts'
import { FormatError } from '../errors.ts'

/** One element of DER. Offsets are from the start of the buffer that was passed in. */
export interface DerElement {
  /** Identifier octet: class, constructed bit and number below 31. */
  readonly tag: number
  /** Where the element begins, with its tag. */
  readonly start: number
  /** Its content, half-open. */
  readonly contentStart: number
  readonly end: number
}

/** Tags of the universal class that certificates use, and the context-specific ones of a certificate's own fields. */
export const DER = {
  integer: 0x02,
  objectId: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
  context0: 0xa0,
  context3: 0xa3,
} as const

/**
 * Reads one element: a tag of one byte, a length of definite form, the content. Source: ITU-T X.690, 8.1 and 10.1.
 *
 * @param end of the bytes that the element may take
 * @throws {FormatError} `truncated` when it does not fit, `bad-value` for another form of tag or length
 */
export function readDer(bytes: Uint8Array, start: number, end: number): DerElement {
  if (start + 2 > end) throw new FormatError('truncated', start, 'A DER element begins beyond its end')
  const tag = bytes[start]!
  if ((tag & 0x1f) === 0x1f) throw new FormatError('bad-value', start, 'A DER tag of several bytes')
  const first = bytes[start + 1]!
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f
  if (first === 0x80 || lengthBytes > 4) throw new FormatError('bad-value', start + 1, 'A DER length of unknown form')
  const contentStart = start + 2 + lengthBytes
  if (contentStart > end) throw new FormatError('truncated', start, 'A DER length is cut')
  let length = first < 0x80 ? first : 0
  for (let i = start + 2; i < contentStart; i++) length = length * 256 + bytes[i]!
  if (contentStart + length > end) throw new FormatError('truncated', start, 'A DER element ends beyond its holder')
  return { tag, start, contentStart, end: contentStart + length }
}

/** Walks the elements inside a constructed one. @throws {FormatError} as `readDer` */
export function* walkDer(bytes: Uint8Array, holder: DerElement): Generator<DerElement> {
  for (let at = holder.contentStart; at < holder.end; ) {
    const element = readDer(bytes, at, holder.end)
    yield element
    at = element.end
  }
}

/** `2.5.4.3`: an object identifier in dots. */
export function renderObjectId(bytes: Uint8Array, { contentStart, end }: DerElement): string {
  const arcs: number[] = []
  let arc = 0
  for (let i = contentStart; i < end; i++) {
    arc = arc * 128 + (bytes[i]! & 0x7f)
    if ((bytes[i]! & 0x80) !== 0) continue
    arcs.push(arc)
    arc = 0
  }
  const [first = 0, ...rest] = arcs
  const top = Math.min(2, Math.floor(first / 40))
  return [top, first - 40 * top, ...rest].join('.')
}

const utf8 = new TextDecoder('utf-8')

/**
 * Text of a string element: BMPString is UTF-16 with the high byte first, UTF8String is UTF-8, the others are bytes.
 */
export function renderDerText(bytes: Uint8Array, { tag, contentStart, end }: DerElement): string {
  const content = bytes.subarray(contentStart, end)
  if (tag === 0x1e) {
    const swapped = Uint8Array.from(content, (_, i) => content[i ^ 1] ?? 0)
    return decodeUtf16(swapped, 0, swapped.length)
  }
  if (tag === 0x0c) return utf8.decode(content)
  return Array.from(content, (byte) => String.fromCharCode(byte)).join('')
}

/**
 * FILETIME ticks parts of a time element as ISO 8601: `YYMMDDHHMMSSZ` with years 1950–2049, or `YYYYMMDDHHMMSSZ`.
 *
 * @returns undefined for any other form. Source: RFC 5280, 4.1.2.5
 */
export function renderDerTime(bytes: Uint8Array, element: DerElement): string | undefined {
  const text = renderDerText(bytes, element)
  const long = element.tag === DER.generalizedTime ? text : `${Number(text.slice(0, 2)) < 50 ? '20' : '19'}${text}`
  const digits = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(long)
  if (!digits) return undefined
  const [, year, month, day, hour, minute, second] = digits
  return `${year}-${month}-${day}T${hour}:${minute}:${second}Z`
}
