import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { renderBytes, renderItems, renderValue } from '../../src/evtx/value-text.ts'
import { ChunkBytes, hex, utf16 } from '../support/evtx-bytes.ts'

/** Text of one value that stands somewhere in a chunk. */
function value(type: number, bytes: Uint8Array): string {
  const b = new ChunkBytes()
  b.at = 1001
  b.raw(bytes).u32(0xffff_ffff)
  return renderValue(b.chunk(), type, 1001, bytes.length)
}

function items(type: number, bytes: Uint8Array): string[] {
  const b = new ChunkBytes()
  b.raw(bytes).u32(0xffff_ffff)
  return renderItems(b.chunk(), type, 512, bytes.length)
}

/** Bytes of one number. */
function number(write: (view: DataView) => void, size: number): Uint8Array {
  const bytes = new Uint8Array(size)
  write(new DataView(bytes.buffer))
  return bytes
}

const real32 = (n: number) =>
  value(
    0x0b,
    number((view) => view.setFloat32(0, n, true), 4),
  )
const real64 = (n: number) =>
  value(
    0x0c,
    number((view) => view.setFloat64(0, n, true), 8),
  )

describe('renderValue()', () => {
  it.each([
    ['null', 0x00, '', ''],
    ['a string', 0x01, '6100 e400 ac20', 'aä€'],
    ['a string with zeros behind it (quirk 28)', 0x01, '6100 0000 0000', 'a'],
    ['a string with a zero inside (quirk 28)', 0x01, '6100 0000 6200', 'a\0b'],
    ['a string of an odd size', 0x01, '6100 62', 'a'],
    ['an empty string', 0x01, '', ''],
    ['an ANSI string, of code page 1252 (quirk 31)', 0x02, '61 80 e4 00', 'a€ä'],
    ['int8', 0x03, '80', '-128'],
    ['uint8', 0x04, 'ff', '255'],
    ['int16', 0x05, '0080', '-32768'],
    ['uint16', 0x06, 'ffff', '65535'],
    ['int32', 0x07, '00000080', '-2147483648'],
    ['uint32', 0x08, 'ffffffff', '4294967295'],
    ['int64', 0x09, '0000000000000080', '-9223372036854775808'],
    ['uint64', 0x0a, 'ffffffffffffffff', '18446744073709551615'],
    ['bool 0', 0x0d, '00000000', 'false'],
    ['bool 1', 0x0d, '01000000', 'true'],
    ['bool 65536 (quirk 24)', 0x0d, '00000100', 'true'],
    ['bool 16 (quirk 24)', 0x0d, '10000000', 'true'],
    ['bool of one byte', 0x0d, '01', 'true'],
    ['bool of two bytes', 0x0d, '0000', 'false'],
    ['bool of two bytes, only the second of them set (quirk 24)', 0x0d, '0001', 'true'],
    ['binary', 0x0e, '00ff10', '00FF10'],
    ['GUID', 0x0f, '33221100554477668899aabbccddeeff', '{00112233-4455-6677-8899-aabbccddeeff}'],
    ['size_t of 4 bytes (quirk 25)', 0x10, '10000000', '0x10'],
    ['size_t of 8 bytes (quirk 25)', 0x10, '1000000001000000', '0x100000010'],
    ['size_t of another size (quirk 25)', 0x10, '1000', '1000'],
    ['FILETIME', 0x11, '0000000000000000', '1601-01-01T00:00:00.0000000Z'],
    ['FILETIME of all ones (quirk 27)', 0x11, 'ffffffffffffffff', '60056-05-28T05:36:10.9551615Z'],
    ['SYSTEMTIME', 0x12, 'ea07 0300 0600 0e00 0900 2900 0500 0700', '2026-03-14T09:41:05.007Z'],
    ['SYSTEMTIME of zeros (quirk 27)', 0x12, '00'.repeat(16), '0000-00-00T00:00:00.000Z'],
    ['SYSTEMTIME of all ones (quirk 27)', 0x12, 'ff'.repeat(16), '65535-65535-65535T65535:65535:65535.65535Z'],
    ['SID', 0x13, '0102 000000000005 20000000 20020000', 'S-1-5-32-544'],
    ['SID that claims more than there is (quirk 26)', 0x13, '010f 000000000005 20000000', 'S-1-5-32'],
    ['SID without a whole header (quirk 26)', 0x13, '0102 0000', '01020000'],
    ['hex32', 0x14, '0a000000', '0xa'],
    ['hex64', 0x15, '00000000000000f0', '0xf000000000000000'],
    ['a handle of 4 bytes', 0x20, 'ff000000', '0xff'],
    ['a handle of 8 bytes', 0x20, 'ff00000000000000', '0xff'],
    ['event XML', 0x23, '3c00', '<'],
    ['a type that does not exist', 0x7f, '0102', '0102'],
  ])('writes %s', (_, type, digits, text) => {
    expect(value(type, hex(digits))).toBe(text)
  })

  it.each([0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x0f, 0x11, 0x12, 0x14, 0x15])(
    'writes a value of type %i and three bytes as hex digits (quirk 23)',
    (type) => {
      expect(value(type, hex('010203'))).toBe('010203')
      expect(value(type, hex(''))).toBe('')
    },
  )

  it('writes 4,356 bytes of a uint8 as hex digits (quirk 23)', () => {
    expect(value(0x04, new Uint8Array(4356).fill(0xab))).toBe('AB'.repeat(4356))
  })

  it.each([
    [0, '0'],
    [-0, '0'],
    [1, '1'],
    [-1.5, '-1.5'],
    [0.1, '0.1'],
    [1e21, '1e+21'],
    [Number.NaN, '-1.#IND'],
    [Number.POSITIVE_INFINITY, '1.#INF'],
    [Number.NEGATIVE_INFINITY, '-1.#INF'],
  ])('writes the real %f in both widths', (n, text) => {
    expect([real32(n), real64(n)]).toEqual([text, text])
  })

  it('writes a real with the fewest digits that read back as it', () => {
    fc.assert(
      fc.property(
        fc.float({ noNaN: true, noDefaultInfinity: true }),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        (narrow, wide) => {
          expect(Math.fround(Number(real32(narrow)))).toBe(narrow + 0)
          expect(Number(real64(wide))).toBe(wide + 0)
        },
      ),
    )
    expect(real32(0.3)).toBe('0.3')
    expect(real64(0.1 + 0.2)).toBe('0.30000000000000004')
  })

  it('never fails, whatever the type and the bytes', () => {
    fc.assert(
      fc.property(fc.nat(0xff), fc.uint8Array({ maxLength: 40 }), (type, bytes) => {
        expect(typeof value(type, bytes)).toBe('string')
        expect(items(type, bytes).every((text) => typeof text === 'string')).toBe(true)
      }),
    )
  })
})

describe('renderItems()', () => {
  it.each([
    ['strings', 0x01, utf16('a\0\0bc\0'), ['a', '', 'bc']],
    ['strings, the last without its zero', 0x01, utf16('a\0b'), ['a', 'b']],
    ['one empty string', 0x01, utf16('\0'), ['']],
    ['ANSI strings', 0x02, hex('61 00 80 00'), ['a', '€']],
    ['int8', 0x03, hex('01 ff'), ['1', '-1']],
    ['uint8', 0x04, hex('01 ff'), ['1', '255']],
    ['int16', 0x05, hex('0100 ffff'), ['1', '-1']],
    ['uint16', 0x06, hex('0100 ffff'), ['1', '65535']],
    ['int32', 0x07, hex('01000000 ffffffff'), ['1', '-1']],
    ['uint32', 0x08, hex('01000000 ffffffff'), ['1', '4294967295']],
    ['int64', 0x09, hex(`0100000000000000${'ff'.repeat(8)}`), ['1', '-1']],
    ['uint64', 0x0a, hex(`0100000000000000${'ff'.repeat(8)}`), ['1', '18446744073709551615']],
    ['real32', 0x0b, hex('0000803f 0000c0bf'), ['1', '-1.5']],
    ['real64', 0x0c, hex('000000000000f03f 000000000000f8bf'), ['1', '-1.5']],
    ['bools of four bytes', 0x0d, hex('01000000 00000000'), ['true', 'false']],
    ['GUIDs', 0x0f, hex('00'.repeat(32)), Array(2).fill('{00000000-0000-0000-0000-000000000000}')],
    [
      'size_t, of 8 bytes where that divides it (quirk 25)',
      0x10,
      hex('ff'.repeat(16)),
      Array(2).fill('0xffffffffffffffff'),
    ],
    ['size_t, else of 4 (quirk 25)', 0x10, hex('ff'.repeat(12)), Array(3).fill('0xffffffff')],
    ['FILETIMEs', 0x11, hex('00'.repeat(16)), Array(2).fill('1601-01-01T00:00:00.0000000Z')],
    ['SYSTEMTIMEs', 0x12, hex('00'.repeat(32)), Array(2).fill('0000-00-00T00:00:00.000Z')],
    [
      'SIDs, each of its own size',
      0x13,
      hex('0101 000000000005 12000000 0102 000000000005 20000000 20020000'),
      ['S-1-5-18', 'S-1-5-32-544'],
    ],
    ['hex32', 0x14, hex('01000000 ffffffff'), ['0x1', '0xffffffff']],
    ['hex64', 0x15, hex(`0100000000000000${'ff'.repeat(8)}`), ['0x1', '0xffffffffffffffff']],
    ['binary, which has no items', 0x0e, hex('0102'), ['0102']],
  ])('writes an array of %s', (_, type, bytes, expected) => {
    expect(items(type, bytes)).toEqual(expected)
  })

  it('writes what is too short for an item as hex digits (quirk 23)', () => {
    expect(items(0x08, hex('01000000 02'))).toEqual(['1', '02'])
    expect(items(0x13, hex('0101 000000000005 12000000 01'))).toEqual(['S-1-5-18', '01'])
  })

  it('has no items where there are no bytes', () => {
    for (let type = 0; type < 0x80; type++) expect(items(type, new Uint8Array())).toEqual([])
  })
})

describe('renderBytes()', () => {
  it('writes two upper-case digits a byte', () => {
    expect(renderBytes(hex('00 0a ff 12'), 1, 2)).toBe('0AFF')
  })
})
