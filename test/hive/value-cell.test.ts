import { describe, expect, it } from 'vitest'
import { dwordOf, textOf } from '../../src/hive/value.ts'
import type { ValueDescription } from '../../src/hive/write/hive-description.ts'
import { writeHive } from '../../src/hive/write/hive-writer.ts'
import { cellNamed, cellsLike, openBytes, openDescribed, SOME_TIME } from '../support/hives.ts'

/** Bytes that do not repeat within a segment. */
function data(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (i * 31 + (i >> 8)) & 0xff)
}

function hiveOf(values: Record<string, ValueDescription>): Uint8Array {
  return writeHive({ lastWrite: SOME_TIME, values })
}

describe('value()', () => {
  it('finds a value in any letter case, and the default value by an empty name', () => {
    const { root } = openDescribed({ values: { '': 'default', fDenyTSConnections: 1, Größe: 2, Ω: 3 } })
    expect(textOf(root.value('')!)).toBe('default')
    expect(dwordOf(root.value('FDENYTSCONNECTIONS')!)).toBe(1)
    expect(root.value('grÖßE')!.name).toBe('Größe')
    expect(root.value('ω')!.name).toBe('Ω')
    expect(root.value('fDeny')).toBeUndefined()
  })

  it.each([0, 1, 2, 3, 4, 5, 16_343, 16_344, 16_345, 32_688, 32_689, 100_000])('reads %i bytes of data', (length) => {
    for (const minorVersion of [3, 5] as const) {
      const bytes = writeHive({ lastWrite: SOME_TIME, minorVersion, values: { a: data(length), b: 7 } })
      expect(cellsLike(bytes, 'db')).toHaveLength(minorVersion === 5 && length > 16_344 ? 1 : 0)
      const hive = openBytes(bytes)
      expect(Buffer.compare(hive.root.value('a')!.bytes, data(length))).toBe(0)
      expect(dwordOf(hive.root.value('b')!)).toBe(7)
      expect(hive.damage).toEqual([])
    }
  })

  it('takes long data that begin like big data for what they are', () => {
    const plain = data(20_000)
    plain.set([0x64, 0x62, 2, 0])
    const bytes = writeHive({ lastWrite: SOME_TIME, minorVersion: 3, values: { a: plain } })
    expect(Buffer.compare(openBytes(bytes).root.value('a')!.bytes, plain)).toBe(0)
  })

  it('gives a copy of the data, which the hive does not share', () => {
    const bytes = hiveOf({ a: data(100) })
    const hive = openBytes(bytes)
    const { bytes: read } = hive.root.value('a')!
    read.fill(0)
    expect(Buffer.compare(hive.root.value('a')!.bytes, data(100))).toBe(0)
  })
})

describe('values()', () => {
  it('gives the values in their order, with the types as they are', () => {
    const { root } = openDescribed({
      values: {
        z: 'text',
        a: { type: 0xffff0012, value: data(3) },
        m: { type: 'resourceList', value: data(9) },
        n: { type: 'none', value: data(0) },
      },
    })
    expect(Array.from(root.values(), ({ name, typeName, bytes }) => [name, typeName, bytes.length])).toEqual([
      ['z', 'REG_SZ', 10],
      ['a', '0xffff0012', 3],
      ['m', 'REG_RESOURCE_LIST', 9],
      ['n', 'REG_NONE', 0],
    ])
  })

  it.each([
    ['its signature', 0, 0, /^There is no value at/],
    ['the length of its name', 2, 0xffff, /would take 65555 bytes/],
    ['the size of its data', 4, 0x7fffffff, /which is refused$/],
    ['a size of inline data', 4, 0x80000005, /5 bytes stand in a field of four$/],
    ['the place of its data', 8, 0x00400000, /where no cell can be$/],
    ['a place that is no multiple of 8', 8, 0x23, /where no cell can be$/],
    ['a place of what is smaller', 8, 0x20, /would take 200 bytes/],
  ])('leaves out a value with a broken field: %s', (_, field, wrong, tells) => {
    const bytes = hiveOf({ first: 1, broken: data(200), last: 3 })
    const { view } = cellNamed(bytes, 'vk', 'broken')
    if (field < 4) view.setUint16(field, wrong, true)
    else view.setUint32(field, wrong, true)
    const hive = openBytes(bytes)
    expect(Array.from(hive.root.values(), ({ name }) => name)).toEqual(['first', 'last'])
    expect(hive.damage.map(({ detail }) => detail)).toEqual([expect.stringMatching(tells)])
    expect(hive.root.value('broken')).toBeUndefined()
    expect(dwordOf(hive.root.value('last')!)).toBe(3)
  })

  it.each([
    ['too few segments', 2, 1, /have 1 segments; 70000 bytes need 5$/],
    ['a list that is nowhere', 4, 0x00400000, /where no cell can be$/],
    ['a list that is too short', 4, 0, /would take 20 bytes/],
  ])('leaves out a value with big data of %s', (_, field, wrong, tells) => {
    const bytes = hiveOf({ broken: data(70_000), tiny: data(5) })
    const { view } = cellsLike(bytes, 'db')[0]!
    if (field === 2) view.setUint16(field, wrong, true)
    else view.setUint32(field, wrong || cellNamed(bytes, 'vk', 'tiny').view.getUint32(8, true), true)
    const hive = openBytes(bytes)
    expect(Array.from(hive.root.values(), ({ name }) => name)).toEqual(['tiny'])
    expect(hive.damage.map(({ detail }) => detail)).toEqual([expect.stringMatching(tells)])
  })

  it('reads as many values as the list has room for, and each once', () => {
    const bytes = hiveOf({ a: 1, b: 2, c: 3 })
    cellNamed(bytes, 'nk', 'ROOT').view.setUint32(36, 0x7fffffff, true)
    const hive = openBytes(bytes)
    expect(Array.from(hive.root.values(), ({ name }) => name)).toEqual(['a', 'b', 'c'])
    expect(hive.damage[0]!.detail).toMatch(/2147483647 values, and the list at 0x[0-9a-f]+ holds 3$/)
  })

  it('ends where values tell the same data over and over', () => {
    const values = Object.fromEntries(Array.from({ length: 2_000 }, (_, i) => [`v${i}`, data(5)]))
    const bytes = hiveOf({ long: data(16_000), ...values })
    const long = cellNamed(bytes, 'vk', 'long').view.getUint32(8, true)
    for (const { view } of cellsLike(bytes, 'vk')) {
      view.setUint32(4, 16_000, true)
      view.setUint32(8, long, true)
    }
    const hive = openBytes(bytes)
    let total = 0
    for (const value of hive.root.values()) total += value.bytes.length
    expect(total).toBeLessThanOrEqual(bytes.length)
    expect(hive.damage[0]!.detail).toContain('more data than the hive')
  })
})
