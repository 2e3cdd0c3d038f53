import { describe, expect, it } from 'vitest'
import { FormatError } from '../../../src/errors.ts'
import { BinXmlWriter } from '../../../src/evtx/write/binxml-writer.ts'
import type { DescribedValue } from '../../../src/evtx/write/event-description.ts'
import { NameTable } from '../../../src/evtx/write/name-table.ts'
import { ValueList } from '../../../src/evtx/write/value-list.ts'

function listOf(...values: DescribedValue[]): ValueList {
  const list = new ValueList()
  for (const value of values) list.add(value)
  return list
}

function bytesOf(list: ValueList): number[] {
  const writer = new BinXmlWriter(new Uint8Array(list.size), new NameTable())
  list.writeTo(writer)
  expect(writer.position).toBe(list.size)
  return [...writer.bytes]
}

/** Type and hex bytes of a value that is alone in its list. */
function encoded(value: DescribedValue): string {
  const [n0, , , , size0 = 0, size1 = 0, type = 0, zero, ...data] = bytesOf(listOf(value))
  expect([n0, zero, size0 + 256 * size1]).toEqual([1, 0, data.length])
  return `${type.toString(16).padStart(2, '0')} ${Buffer.from(data).toString('hex')}`
}

const cases: [DescribedValue, string][] = [
  ['aé', '01 6100e900'],
  ['', '01 '],
  ['😀', '01 3dd800de'],
  [{ type: 'string', value: '\ud800' }, '01 00d8'],
  [0xfedcba98, '08 98badcfe'],
  [{ type: 'null' }, '00 '],
  [{ type: 'ansi', value: 'é€Ÿ\x81' }, '02 e9809f81'],
  [{ type: 'int8', value: -1 }, '03 ff'],
  [{ type: 'uint8', value: 255 }, '04 ff'],
  [{ type: 'int16', value: -2 }, '05 feff'],
  [{ type: 'uint16', value: 65_535 }, '06 ffff'],
  [{ type: 'int32', value: -2_147_483_648 }, '07 00000080'],
  [{ type: 'uint32', value: 1 }, '08 01000000'],
  [{ type: 'int64', value: -2n }, '09 feffffffffffffff'],
  [{ type: 'uint64', value: 18_446_744_073_709_551_615n }, '0a ffffffffffffffff'],
  [{ type: 'float', value: 1.5 }, '0b 0000c03f'],
  [{ type: 'double', value: -2.25 }, '0c 00000000000002c0'],
  [{ type: 'bool', value: true }, '0d 01000000'],
  [{ type: 'binary', value: '00fF10' }, '0e 00ff10'],
  [{ type: 'guid', value: '{00112233-4455-6677-8899-AABBCCDDEEFF}' }, '0f 33221100554477668899aabbccddeeff'],
  [{ type: 'sizeT', value: '0x7ff6a1b20000' }, '10 0000b2a1f67f0000'],
  [{ type: 'filetime', value: 0x0102030405060708n }, '11 0807060504030201'],
  // 14 March 2026 is a Saturday, day 6.
  [{ type: 'systemtime', value: '2026-03-14T09:41:05.123Z' }, '12 ea07030006000e000900290005007b00'],
  [{ type: 'sid', value: 'S-1-5-32-544' }, '13 01020000000000052000000020020000'],
  [{ type: 'hex32', value: '0xC000006D' }, '14 6d0000c0'],
  [{ type: 'hex64', value: '3e7' }, '15 e703000000000000'],
  [{ type: 'strings', value: ['a', '', 'b'] }, '81 61000000000062000000'],
  [{ type: 'strings', value: [] }, '81 '],
]

describe('ValueList', () => {
  for (const [value, expected] of cases) {
    const shown = typeof value === 'object' ? value.type : typeof value
    it(`add() encodes ${shown} as ${expected}`, () => {
      expect(encoded(value)).toBe(expected)
    })
  }

  it('writeTo() puts the count first, then all descriptors, then all values', () => {
    expect(bytesOf(listOf({ type: 'uint8', value: 9 }, { type: 'null' }, 'a'))).toEqual([
      ...[3, 0, 0, 0],
      ...[1, 0, 4, 0, 0, 0, 0, 0, 2, 0, 1, 0],
      ...[9, 0x61, 0],
    ])
  })

  it('setFragmentSize() states the size of a last value whose bytes are elsewhere', () => {
    const list = listOf({ type: 'uint8', value: 9 })
    list.addFragment()
    list.setFragmentSize(0x1234)
    expect(list.size).toBe(4 + 8 + 1)
    expect(bytesOf(list)).toEqual([2, 0, 0, 0, 1, 0, 4, 0, 0x34, 0x12, 0x21, 0, 9])
  })

  it('clear() leaves nothing of the record before', () => {
    const list = listOf('long enough to be seen', 5)
    list.clear()
    list.add({ type: 'uint8', value: 9 })
    expect(bytesOf(list)).toEqual([1, 0, 0, 0, 1, 0, 4, 0, 9])
  })

  const refused: DescribedValue[] = [
    -1,
    1.5,
    2 ** 32,
    { type: 'int8', value: 128 },
    { type: 'int8', value: -129 },
    { type: 'uint8', value: 256 },
    { type: 'int16', value: -32_769 },
    { type: 'uint16', value: 65_536 },
    { type: 'int32', value: 2_147_483_648 },
    { type: 'int64', value: 2n ** 63n },
    { type: 'uint64', value: -1n },
    { type: 'filetime', value: -1n },
    { type: 'guid', value: 'no guid' },
    { type: 'sid', value: 'S-1' },
    { type: 'hex32', value: '0x100000000' },
    { type: 'hex64', value: 'xyz' },
    { type: 'binary', value: 'abc' },
    { type: 'ansi', value: 'Ω' },
    { type: 'systemtime', value: 'yesterday' },
    { type: 'strings', value: ['a\0b'] },
  ]
  for (const value of refused) {
    const shown = typeof value === 'object' && 'value' in value ? `${value.type} ${value.value}` : String(value)
    it(`add() refuses ${JSON.stringify(shown)}`, () => {
      expect(() => listOf(value)).toThrow(FormatError)
    })
  }

  it('add() refuses a value of more than 65535 bytes, and values that no chunk can hold together', () => {
    expect(() => listOf('x'.repeat(32_768))).toThrow(/65536 bytes is longer/)
    const half = 'x'.repeat(16_384)
    expect(() => listOf(half, half)).toThrow(/do not fit a chunk/)
  })
})
