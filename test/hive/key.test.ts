import { describe, expect, it } from 'vitest'
import { parseIso } from '../../src/bytes/filetime.ts'
import { dwordOf } from '../../src/hive/value.ts'
import type { KeyDescription } from '../../src/hive/write/hive-description.ts'
import { writeHive } from '../../src/hive/write/hive-writer.ts'
import { cellNamed, cellsLike, countAll, openBytes, openDescribed, SOME_TIME } from '../support/hives.ts'

/** Keys `Key0` … with a value that tells which one it is. */
function manyKeys(count: number): Record<string, KeyDescription> {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`Key${i}`, { values: { number: i } }]))
}

describe('subkey()', () => {
  it('finds a key in any letter case, and gives its name as it is written', () => {
    const hive = openDescribed({ keys: { ControlSet001: { keys: { Größe: {}, ключ: {} } } } })
    const set = hive.root.subkey('CONTROLSET001')!
    expect(set.name).toBe('ControlSet001')
    expect(set.subkey('grÖSSE')).toBeUndefined()
    expect(set.subkey('GRÖßE')!.name).toBe('Größe')
    expect(set.subkey('КЛЮЧ')!.path).toBe('ControlSet001\\ключ')
    expect(hive.damageMet).toBe(0)
  })

  it.each(['li', 'lf', 'lh'] as const)('finds each key in lists of kind %s, divided or not', (lists) => {
    for (const leafSize of [5, 1_000]) {
      const bytes = writeHive({ lastWrite: SOME_TIME, keys: manyKeys(200), lists, leafSize })
      expect(cellsLike(bytes, 'ri')).toHaveLength(leafSize === 5 ? 1 : 0)
      const { root, damage } = openBytes(bytes)
      for (let i = 0; i < 200; i++) expect(dwordOf(root.subkey(`kEY${i}`)!.value('Number')!)).toBe(i)
      expect(root.subkey('Key200')).toBeUndefined()
      expect(damage).toEqual([])
    }
  })

  it.each(['lf', 'lh'] as const)('finds a key whose hash or hint in the %s is wrong', (lists) => {
    const bytes = writeHive({ lastWrite: SOME_TIME, keys: { Alpha: {}, Beta: {}, Gamma: {} }, lists })
    const [list] = cellsLike(bytes, lists)
    for (let i = 0; i < 3; i++) list!.view.setUint32(4 + 8 * i + 4, 0x12345678, true)
    const { root } = openBytes(bytes)
    expect(['alpha', 'BETA', 'Gamma', 'Delta'].map((name) => root.subkey(name)?.name)).toEqual([
      ...['Alpha', 'Beta', 'Gamma'],
      undefined,
    ])
  })

  it('finds keys in a list that is not sorted', () => {
    const bytes = writeHive({ lastWrite: SOME_TIME, keys: { A: {}, B: {}, C: {} } })
    const { view } = cellsLike(bytes, 'lh')[0]!
    const first = view.getBigUint64(4)
    view.setBigUint64(4, view.getBigUint64(20))
    view.setBigUint64(20, first)
    const { root } = openBytes(bytes)
    expect(Array.from(root.subkeys(), ({ name }) => name)).toEqual(['C', 'B', 'A'])
    expect(['a', 'b', 'c'].map((name) => root.subkey(name)?.name)).toEqual(['A', 'B', 'C'])
  })

  it('raises damageMet each time a broken sibling may be the key that is not found', () => {
    const bytes = writeHive({ lastWrite: SOME_TIME, keys: { Alpha: {}, Beta: {} } })
    cellNamed(bytes, 'nk', 'Beta').view.setUint16(0, 0)
    const hive = openBytes(bytes)
    expect(hive.root.subkey('Alpha')).toBeDefined()
    expect(hive.damageMet).toBe(0)
    for (let i = 1; i < 4; i++) {
      const before = hive.damageMet
      expect(hive.root.subkey('Beta')).toBeUndefined()
      expect(hive.damageMet).toBeGreaterThan(before)
    }
    expect(hive.damage).toHaveLength(1)
  })
})

describe('a key', () => {
  it('has its class name and last write; one that is not described has that of the key above', () => {
    const time = '2024-02-29T23:59:59.9999999Z'
    const { root } = openDescribed({ keys: { Lsa: { lastWrite: time, className: 'ä1b2', keys: { Data: {} } } } })
    expect(root.lastWrite).toBe(parseIso(SOME_TIME)!.ticks)
    expect(root.className).toBeUndefined()
    const lsa = root.subkey('Lsa')!
    expect([lsa.className, lsa.lastWrite]).toEqual(['ä1b2', parseIso(time)!.ticks])
    expect(lsa.subkey('Data')!.lastWrite).toBe(parseIso(time)!.ticks)
  })

  it('without a readable class name has none, and damage', () => {
    const bytes = writeHive({ lastWrite: SOME_TIME, keys: { Lsa: { className: 'x', values: { a: 1 } } } })
    cellNamed(bytes, 'nk', 'Lsa').view.setUint32(48, 0x7ffff8, true)
    const hive = openBytes(bytes)
    const lsa = hive.root.subkey('Lsa')!
    expect([lsa.className, dwordOf(lsa.value('a')!)]).toEqual([undefined, 1])
    expect(hive.damage).toEqual([expect.objectContaining({ kind: 'hive-cell', offset: 4096 + 0x7ffff8 })])
  })

  it('whose count of values is a predefined handle has no values', () => {
    const bytes = writeHive({ lastWrite: SOME_TIME, keys: { '009': { values: { a: 1 } } } })
    const { view } = cellNamed(bytes, 'nk', '009')
    view.setUint16(2, view.getUint16(2, true) | 0x40, true)
    view.setUint32(36, 0x80000060, true)
    const hive = openBytes(bytes)
    expect([...hive.root.subkey('009')!.values()]).toEqual([])
    expect(hive.damage).toEqual([])
  })

  it('costs nothing but itself where its cell is broken', () => {
    const keys = { A: { values: { n: 1 } }, B: { values: { n: 2 } }, C: { values: { n: 3 } } }
    const bytes = writeHive({ lastWrite: SOME_TIME, keys })
    cellNamed(bytes, 'nk', 'B').view.setUint16(72, 0xffff, true)
    const hive = openBytes(bytes)
    expect(Array.from(hive.root.subkeys(), ({ name }) => name)).toEqual(['A', 'C'])
    expect(hive.damage).toHaveLength(1)
    expect(hive.damage[0]!.detail).toMatch(/^The key at 0x[0-9a-f]+ would take 65611 bytes, and its cell holds \d+$/)
  })

  it('is not read from a cell that is not in use', () => {
    const bytes = writeHive({ lastWrite: SOME_TIME, keys: { A: {}, B: {} } })
    const { at } = cellNamed(bytes, 'nk', 'B')
    const view = new DataView(bytes.buffer)
    view.setInt32(4096 + at, -view.getInt32(4096 + at, true), true)
    const hive = openBytes(bytes)
    expect(hive.key('B')).toBeUndefined()
    expect(hive.damage[0]!.detail).toContain('no cell in use')
  })
})

describe('subkeys()', () => {
  it('gives no key that is its own parent further up, and tells it', () => {
    const bytes = writeHive({ lastWrite: SOME_TIME, keys: { A: { keys: { B: { keys: { C: {} } } } } } })
    const lists = cellsLike(bytes, 'lh')
    const a = cellNamed(bytes, 'nk', 'A')
    // The list that holds C is the one that is written first.
    lists[0]!.view.setUint32(4, a.at, true)
    const hive = openBytes(bytes)
    expect([...hive.key('A\\B')!.subkeys()]).toEqual([])
    expect(hive.damage[0]!.detail).toContain('belongs below')
    expect(countAll(hive.root)).toBe(3)
  })

  it('gives a root that is listed below itself once', () => {
    const bytes = writeHive({ lastWrite: SOME_TIME, keys: { A: {} } })
    const root = cellNamed(bytes, 'nk', 'ROOT')
    root.view.setUint32(16, root.at, true)
    cellsLike(bytes, 'lh')[0]!.view.setUint32(4, root.at, true)
    const hive = openBytes(bytes)
    expect(countAll(hive.root)).toBe(1)
    expect(hive.damage).toHaveLength(1)
  })

  it('gives a key whose word for its parent is no key to the first that lists it, and to no other', () => {
    const bytes = writeHive({ lastWrite: SOME_TIME, keys: { A: { keys: { Lost: {} } }, B: { keys: { Other: {} } } } })
    const lost = cellNamed(bytes, 'nk', 'Lost')
    lost.view.setUint32(16, 0x100000, true)
    for (const list of cellsLike(bytes, 'lh').slice(0, 2)) list.view.setUint32(4, lost.at, true)
    const hive = openBytes(bytes)
    expect(Array.from(hive.key('A')!.subkeys(), ({ path }) => path)).toEqual(['A\\Lost'])
    expect([...hive.key('B')!.subkeys()]).toEqual([])
    expect(hive.key('A\\Lost')).toBeDefined()
  })

  it('gives a key once that is listed twice', () => {
    const bytes = writeHive({ lastWrite: SOME_TIME, keys: { A: {}, B: {} } })
    const { view } = cellsLike(bytes, 'lh')[0]!
    view.setUint32(12, view.getUint32(4, true), true)
    const hive = openBytes(bytes)
    expect(Array.from(hive.root.subkeys(), ({ name }) => name)).toEqual(['A'])
    expect(hive.damage[0]!.detail).toContain('listed twice')
  })

  it('reads as many entries as a list has room for, whatever it says', () => {
    const bytes = writeHive({ lastWrite: SOME_TIME, keys: { A: {}, B: {}, C: {} } })
    cellsLike(bytes, 'lh')[0]!.view.setUint16(2, 0xffff, true)
    const hive = openBytes(bytes)
    expect(Array.from(hive.root.subkeys(), ({ name }) => name)).toEqual(['A', 'B', 'C'])
    expect(hive.damage.map(({ detail }) => detail)[0]).toMatch(/says 65535, and its cell holds 3$/)
  })

  it('ends on a list of lists that lists itself, and on leaves that are listed many times', () => {
    const bytes = writeHive({ lastWrite: SOME_TIME, keys: manyKeys(20), leafSize: 2 })
    const [root] = cellsLike(bytes, 'ri')
    const leaf = root!.view.getUint32(4, true)
    for (let i = 1; i < 10; i++) root!.view.setUint32(4 + 4 * i, i % 2 ? root!.at : leaf, true)
    const hive = openBytes(bytes)
    expect([...hive.root.subkeys()]).toHaveLength(2)
    expect(hive.damage.some(({ detail }) => detail.includes('a list of lists in another one'))).toBe(true)
    expect(hive.damage.some(({ detail }) => detail.includes('listed twice'))).toBe(true)
  })

  it('has as many levels as Windows allows', () => {
    let key: KeyDescription = {}
    for (let i = 0; i < 512; i++) key = { keys: { [`L${512 - i}`]: key } }
    const hive = openDescribed(key)
    expect(countAll(hive.root)).toBe(513)
    expect(hive.damage).toEqual([])
  })
})
