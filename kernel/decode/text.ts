import { ANSI, ENTITIES, ESCAPES } from './memory'

/* Ways of writing text. */
/** Content of an XML element. */
export const CONTENT: i32 = 0
/** An attribute of XML, in single quotes. */
export const QUOTED: i32 = 1
/** A JSON string, without its quotes. */
export const JSON: i32 = 2
/** A JSON string inside a row of a timeline: what acts on a terminal, or hides, is escaped too. */
export const ROW: i32 = 3

/** Entries of `ESCAPES`: a length, then the bytes. */
const ENTRY_SIZE: usize = 8
const ENTRIES: usize = 128

/** U+FFFD in UTF-8. */
const REPLACEMENT: u32 = 0xbdbfef

/**
 * Fills the tables of this file: how each ASCII character is written, and what the upper half of Windows-1252 means.
 */
export function prepareText(): void {
  for (let c: u32 = 0; c < <u32>ENTRIES; c++) {
    for (let way = CONTENT; way <= ROW; way++) setEscape(way, c, 1, c)
    if (c < 0x20) {
      if (c != 9 && c != 10 && c != 13) {
        setEscape(CONTENT, c, 3, REPLACEMENT)
        setEscape(QUOTED, c, 3, REPLACEMENT)
      }
      // \u00XX
      const hex = 0x0000_30_30_75_5c | ((<u64>(0x30 + (c >> 4))) << 32) | ((<u64>digit(c & 15)) << 40)
      setEscape(JSON, c, 6, hex)
      setEscape(ROW, c, 6, hex)
    }
  }
  for (let way = CONTENT; way <= QUOTED; way++) {
    setEscape(way, 0x26, 5, 0x3b_70_6d_61_26)
    setEscape(way, 0x3c, 4, 0x3b_74_6c_26)
    setEscape(way, 0x3e, 4, 0x3b_74_67_26)
  }
  setEscape(QUOTED, 0x27, 6, 0x3b_73_6f_70_61_26)
  for (let way = JSON; way <= ROW; way++) {
    setEscape(way, 8, 2, 0x62_5c)
    setEscape(way, 9, 2, 0x74_5c)
    setEscape(way, 10, 2, 0x6e_5c)
    setEscape(way, 12, 2, 0x66_5c)
    setEscape(way, 13, 2, 0x72_5c)
    setEscape(way, 0x22, 2, 0x22_5c)
    setEscape(way, 0x5c, 2, 0x5c_5c)
  }
  setEscape(ROW, 0x7f, 6, 0x66_37_30_30_75_5c)
  store<u64>(ENTITIES, 0x0022_0026_003e_003c)
  store<u16>(ENTITIES, 0x27, 8)
  for (let byte: u32 = 0x80; byte < 0x100; byte++) setAnsi(byte, byte)
  setAnsi(0x80, 0x20ac)
  setAnsi(0x82, 0x201a)
  setAnsi(0x83, 0x0192)
  setAnsi(0x84, 0x201e)
  setAnsi(0x85, 0x2026)
  setAnsi(0x86, 0x2020)
  setAnsi(0x87, 0x2021)
  setAnsi(0x88, 0x02c6)
  setAnsi(0x89, 0x2030)
  setAnsi(0x8a, 0x0160)
  setAnsi(0x8b, 0x2039)
  setAnsi(0x8c, 0x0152)
  setAnsi(0x8e, 0x017d)
  setAnsi(0x91, 0x2018)
  setAnsi(0x92, 0x2019)
  setAnsi(0x93, 0x201c)
  setAnsi(0x94, 0x201d)
  setAnsi(0x95, 0x2022)
  setAnsi(0x96, 0x2013)
  setAnsi(0x97, 0x2014)
  setAnsi(0x98, 0x02dc)
  setAnsi(0x99, 0x2122)
  setAnsi(0x9a, 0x0161)
  setAnsi(0x9b, 0x203a)
  setAnsi(0x9c, 0x0153)
  setAnsi(0x9e, 0x017e)
  setAnsi(0x9f, 0x0178)
}

/** Rows stand in quotes of CSV, which are doubled inside. */
export function doubleQuotes(): void {
  setEscape(ROW, 0x22, 3, 0x22_22_5c)
}

function setEscape(way: i32, c: u32, length: u64, bytes: u64): void {
  store<u64>(ESCAPES + (<usize>way * ENTRIES + c) * ENTRY_SIZE, length | (bytes << 8))
}

function setAnsi(byte: u32, unit: u32): void {
  store<u16>(ANSI + ((byte - 0x80) << 1), <u16>unit)
}

/** A lower-case hex digit. */
function digit(n: u32): u32 {
  return n < 10 ? 0x30 + n : 0x57 + n
}

/** A bit for each of 16 bytes that is not written as it is: control characters, what is escaped, and no ASCII. */
// @ts-ignore: decorator
@inline
function special(bytes: v128, way: i32): i32 {
  // Signed: what is no ASCII is less than a blank, as control characters are.
  let hits = i8x16.lt_s(bytes, i8x16.splat(0x20))
  if (way >= JSON) {
    if (way == ROW) hits = v128.or(hits, i8x16.eq(bytes, i8x16.splat(0x7f)))
    hits = v128.or(hits, i8x16.eq(bytes, i8x16.splat(0x22)))
    hits = v128.or(hits, i8x16.eq(bytes, i8x16.splat(0x5c)))
  } else {
    // < and > differ in one bit, as & and ' do.
    hits = v128.or(hits, i8x16.eq(v128.and(bytes, i8x16.splat(<i8>0xfd)), i8x16.splat(0x3c)))
    if (way == QUOTED) hits = v128.or(hits, i8x16.eq(v128.or(bytes, i8x16.splat(1)), i8x16.splat(0x27)))
    else hits = v128.or(hits, i8x16.eq(bytes, i8x16.splat(0x26)))
  }
  return i8x16.bitmask(hits)
}

/**
 * Writes UTF-16 as UTF-8. 16 units at a time, as long as they are plain; may read and write past the end. XML ends at a zero.
 *
 * Hot: half of all bytes of values are strings (`benchmarks/`, case "kernel").
 */
// @ts-ignore: decorator
@inline
function transcode(at: usize, from: usize, units: i32, way: i32): usize {
  let left = units
  while (true) {
    const bytes = i8x16.narrow_i16x8_u(v128.load(from), v128.load(from, 16))
    v128.store(at, bytes)
    const hits = special(bytes, way)
    // Branches, so that the processor goes on before it knows: a place that is computed would have to be waited for.
    if (left <= 16) {
      if ((hits & ((1 << left) - 1)) == 0) return at + left
    } else if (hits == 0) {
      at += 16
      from += 32
      left -= 16
      continue
    }
    const plain = ctz<i32>(hits)
    at += plain
    from += plain << 1
    left -= plain
    do {
      const unit: u32 = load<u16>(from)
      if (unit < 0x80) {
        if (way < JSON && unit == 0) return at
        at = writeEscape(at, unit, way)
      } else {
        if (unit >> 10 == 0x36 && left > 1 && load<u16>(from, 2) >> 10 == 0x37) {
          at = writePair(at, unit, load<u16>(from, 2))
          from += 2
          left--
        } else at = writeUnit(at, unit, way)
      }
      from += 2
      left--
    } while (left > 0 && load<u16>(from) >= 0x80)
  }
}

// @ts-ignore: decorator
@inline
function writeEscape(at: usize, unit: u32, way: i32): usize {
  const entry = load<u64>(ESCAPES + (<usize>way * ENTRIES + unit) * ENTRY_SIZE)
  store<u64>(at, entry >> 8)
  return at + (<u32>entry & 0xff)
}

/** A character beyond the first plane. */
function writePair(at: usize, high: u32, low: u32): usize {
  const c = 0x10000 + ((high & 0x3ff) << 10) + (low & 0x3ff)
  const first = 0xf0 | (c >> 18) | ((0x80 | ((c >> 12) & 0x3f)) << 8)
  store<u32>(at, first | ((0x80 | ((c >> 6) & 0x3f)) << 16) | ((0x80 | (c & 0x3f)) << 24))
  return at + 4
}

/** A unit that is no ASCII; a surrogate stands alone. */
function writeUnit(at: usize, unit: u32, way: i32): usize {
  if (way == ROW && isUnseen(unit)) return writeUnitEscape(at, unit)
  if (unit < 0x800) {
    store<u16>(at, <u16>(0xc0 | (unit >> 6) | ((0x80 | (unit & 0x3f)) << 8)))
    return at + 2
  }
  if (unit >> 11 == 0x1b) {
    if (way >= JSON) return writeUnitEscape(at, unit)
    store<u32>(at, REPLACEMENT)
    return at + 3
  }
  if (way < JSON && unit >= 0xfffe) {
    store<u32>(at, REPLACEMENT)
    return at + 3
  }
  store<u32>(at, 0xe0 | (unit >> 12) | ((0x80 | ((unit >> 6) & 0x3f)) << 8) | ((0x80 | (unit & 0x3f)) << 16))
  return at + 3
}

/** `\uXXXX`. */
function writeUnitEscape(at: usize, unit: u32): usize {
  store<u16>(at, 0x75_5c)
  store<u8>(at, <u8>digit(unit >> 12), 2)
  store<u8>(at, <u8>digit((unit >> 8) & 15), 3)
  store<u8>(at, <u8>digit((unit >> 4) & 15), 4)
  store<u8>(at, <u8>digit(unit & 15), 5)
  return at + 6
}

/** What a terminal or an eye should not meet: as in `src/timeline/json-text.ts`. */
function isUnseen(unit: u32): bool {
  if (unit < 0x2000) return unit <= 0x9f || unit == 0xad || unit == 0x61c || unit == 0x180e
  if (unit < 0x2070) {
    return (unit >= 0x200b && unit <= 0x200f) || (unit >= 0x2028 && unit <= 0x202e) || unit >= 0x2060
  }
  return unit == 0xfeff || (unit >= 0xfff9 && unit <= 0xfffb)
}

/** UTF-16 as content of an XML element. */
export function writeContent(at: usize, from: usize, units: i32): usize {
  return transcode(at, from, units, CONTENT)
}

/** The same in its place: a call costs as much as a short text. */
// @ts-ignore: decorator
@inline
export function writeContentHere(at: usize, from: usize, units: i32): usize {
  return transcode(at, from, units, CONTENT)
}

/** UTF-16 as a part of an XML attribute. */
export function writeQuoted(at: usize, from: usize, units: i32): usize {
  return transcode(at, from, units, QUOTED)
}

/** UTF-16 as a part of a JSON string. */
export function writeJson(at: usize, from: usize, units: i32): usize {
  return transcode(at, from, units, JSON)
}

/** The same in its place. */
// @ts-ignore: decorator
@inline
export function writeJsonHere(at: usize, from: usize, units: i32): usize {
  return transcode(at, from, units, JSON)
}

/** UTF-16 as a part of a JSON string in a row. */
export function writeRow(at: usize, from: usize, units: i32): usize {
  return transcode(at, from, units, ROW)
}

/** UTF-16, one way or another. */
export function writeText(at: usize, from: usize, units: i32, way: i32): usize {
  if (way == CONTENT) return writeContent(at, from, units)
  if (way == QUOTED) return writeQuoted(at, from, units)
  if (way == ROW) return writeRow(at, from, units)
  return writeJson(at, from, units)
}

/** UTF-16 units without the zeros at their end. */
// @ts-ignore: decorator
@inline
export function trimmedUnits(from: usize, size: u32): i32 {
  let units = <i32>(size >> 1)
  while (units > 0 && load<u16>(from + ((units - 1) << 1)) == 0) units--
  return units
}

/** Bytes without the zeros at their end. */
export function trimmedBytes(from: usize, size: u32): i32 {
  let length = <i32>size
  while (length > 0 && load<u8>(from + length - 1) == 0) length--
  return length
}

/** Windows-1252 as UTF-8. May read and write past the end. */
export function writeAnsi(at: usize, from: usize, length: i32, way: i32): usize {
  if (way == CONTENT) return transcodeAnsi(at, from, length, CONTENT)
  if (way == QUOTED) return transcodeAnsi(at, from, length, QUOTED)
  if (way == ROW) return transcodeAnsi(at, from, length, ROW)
  return transcodeAnsi(at, from, length, JSON)
}

// @ts-ignore: decorator
@inline
function transcodeAnsi(at: usize, from: usize, length: i32, way: i32): usize {
  let left = length
  while (left > 0) {
    const bytes = v128.load(from)
    v128.store(at, bytes)
    const room = min<i32>(left, 16)
    const plain = ctz<i32>(special(bytes, way) | (1 << room))
    at += plain
    from += plain
    left -= plain
    if (plain == room) continue
    const byte: u32 = load<u8>(from)
    if (byte >= 0x80) at = writeUnit(at, load<u16>(ANSI + ((byte - 0x80) << 1)), way)
    else if (byte == 0 && way < JSON) return at
    else at = writeEscape(at, byte, way)
    from++
    left--
  }
  return at
}
