import { describe, expect, it } from 'vitest'
import { encodeUtf16 } from '../../src/bytes/utf16.ts'
import { dwordOf, type HiveValue, qwordOf, REG, textOf, textsOf, typeNameOf } from '../../src/hive/value.ts'

function value(type: number, bytes: Uint8Array | readonly number[]): HiveValue {
  return { name: 'x', type, typeName: typeNameOf(type), bytes: Uint8Array.from(bytes) }
}

describe('textOf()', () => {
  it.each([REG.sz, REG.expandSz, REG.link])(
    'reads text of type %i up to its NUL, and not what stands behind',
    (type) => {
      expect(textOf(value(type, encodeUtf16('Zürich\0rest')))).toBe('Zürich')
    },
  )

  it('reads text without NUL to its end, and drops an odd last byte', () => {
    expect(textOf(value(REG.sz, [0x41, 0, 0x42, 0, 0x43]))).toBe('AB')
    expect(textOf(value(REG.sz, []))).toBe('')
  })

  it('gives nothing for another type', () => {
    expect(textOf(value(REG.binary, encodeUtf16('A')))).toBeUndefined()
    expect(textOf(value(REG.multiSz, encodeUtf16('A\0\0')))).toBeUndefined()
  })
})

describe('textsOf()', () => {
  it('reads texts up to the empty one', () => {
    expect(textsOf(value(REG.multiSz, encodeUtf16('one\0two\0\0behind\0')))).toEqual(['one', 'two'])
    expect(textsOf(value(REG.multiSz, encodeUtf16('\0')))).toEqual([])
    expect(textsOf(value(REG.multiSz, []))).toEqual([])
  })

  it('reads texts that nothing ends', () => {
    expect(textsOf(value(REG.multiSz, encodeUtf16('one\0two')))).toEqual(['one', 'two'])
  })

  it('gives nothing for another type', () => {
    expect(textsOf(value(REG.sz, encodeUtf16('one\0')))).toBeUndefined()
  })
})

describe('dwordOf()', () => {
  it('reads either byte order, without a sign', () => {
    expect(dwordOf(value(REG.dword, [1, 2, 3, 0xf4]))).toBe(0xf4030201)
    expect(dwordOf(value(REG.dwordBigEndian, [1, 2, 3, 4]))).toBe(0x01020304)
  })

  it('gives nothing for fewer than four bytes, and for another type', () => {
    expect(dwordOf(value(REG.dword, [1, 2, 3]))).toBeUndefined()
    expect(dwordOf(value(REG.qword, [1, 2, 3, 4, 5, 6, 7, 8]))).toBeUndefined()
    expect(dwordOf(value(REG.sz, [1, 2, 3, 4]))).toBeUndefined()
  })
})

describe('qwordOf()', () => {
  it('reads eight bytes', () => {
    expect(qwordOf(value(REG.qword, [1, 0, 0, 0, 0, 0, 0, 0x80]))).toBe(0x8000000000000001n)
  })

  it('gives nothing for fewer than eight bytes, and for another type', () => {
    expect(qwordOf(value(REG.qword, [1, 2, 3, 4]))).toBeUndefined()
    expect(qwordOf(value(REG.binary, [1, 0, 0, 0, 0, 0, 0, 0]))).toBeUndefined()
  })
})

describe('typeNameOf()', () => {
  it('names the types of Windows, and numbers the others', () => {
    expect(Object.values(REG).map(typeNameOf)).toEqual([
      ...['REG_NONE', 'REG_SZ', 'REG_EXPAND_SZ', 'REG_BINARY', 'REG_DWORD', 'REG_DWORD_BIG_ENDIAN', 'REG_LINK'],
      ...['REG_MULTI_SZ', 'REG_RESOURCE_LIST', 'REG_FULL_RESOURCE_DESCRIPTOR', 'REG_RESOURCE_REQUIREMENTS_LIST'],
      'REG_QWORD',
    ])
    expect(typeNameOf(0xffff0012)).toBe('0xffff0012')
  })
})
