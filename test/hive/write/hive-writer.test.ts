import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseIso } from '../../../src/bytes/filetime.ts'
import { encodeUtf16 } from '../../../src/bytes/utf16.ts'
import { FormatError } from '../../../src/errors.ts'
import { upcase } from '../../../src/hive/name.ts'
import { dwordOf, qwordOf, textOf, textsOf } from '../../../src/hive/value.ts'
import type { HiveDescription, KeyDescription } from '../../../src/hive/write/hive-description.ts'
import { writeHive } from '../../../src/hive/write/hive-writer.ts'
import { valueData } from '../../../src/hive/write/value-data.ts'
import { cellsLike, cellsOf, hexOf, openBytes, SOME_TIME, type Tree, treeOf } from '../../support/hives.ts'

/** Things whose names differ in more than letter case, as a description has them. */
function byName<T>(name: fc.Arbitrary<string>, thing: fc.Arbitrary<T>, maxLength: number): fc.Arbitrary<[string, T][]> {
  return fc.uniqueArray(fc.tuple(name, thing), { maxLength, selector: ([key]) => upcase(key) })
}

const character = fc.oneof(
  fc.string({ minLength: 1, maxLength: 1, unit: 'grapheme-ascii' }),
  fc.constantFrom('é', 'ÿ', 'µ', 'ß', 'ж', '😀', '中', '\0', ' ', '/'),
)
const keyName = fc
  .array(character, { minLength: 1, maxLength: 12 })
  .map((characters) => characters.join('').replaceAll('\\', '-'))
const valueName = fc.array(character, { maxLength: 12 }).map((characters) => characters.join(''))
const ticks = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n })
const value = fc.oneof(
  fc.string(),
  fc.nat(0xffffffff),
  fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
  fc.array(fc.string({ minLength: 1 }).map((text) => text.replaceAll('\0', '.'))),
  fc.uint8Array({ maxLength: 40 }),
  fc.record({ type: fc.nat(0xffffffff), value: fc.uint8Array({ maxLength: 10 }) }),
  fc.record({
    type: fc.constant('binary' as const),
    value: fc.nat(60_000).map((size) => new Uint8Array(size).fill(7)),
  }),
)
const { key } = fc.letrec<{ key: KeyDescription }>((tie) => ({
  key: fc.record(
    {
      lastWrite: ticks,
      className: fc.string({ minLength: 1, maxLength: 10 }),
      values: byName(valueName, value, 6),
      keys: byName(keyName, tie('key'), 5),
    },
    { requiredKeys: [] },
  ),
}))

/** What a hive of this key should read as. */
function expectedTree(name: string, description: KeyDescription, above: bigint): Tree {
  // The arbitrary makes times as ticks, and things by name as pairs.
  const lastWrite = (description.lastWrite as bigint | undefined) ?? above
  const pairs = [...((description.keys ?? []) as Iterable<readonly [string, KeyDescription]>)]
  const values = [...((description.values ?? []) as Iterable<readonly [string, Parameters<typeof valueData>[0]]>)]
  return {
    name,
    lastWrite,
    className: description.className,
    values: values.map(([valueName, described]) => {
      const { type, data } = valueData(described)
      return [valueName, type, hexOf(data)] as const
    }),
    keys: pairs
      .toSorted(([a], [b]) => (upcase(a) < upcase(b) ? -1 : 1))
      .map(([childName, child]) => expectedTree(childName, child, lastWrite)),
  }
}

describe('writeHive()', () => {
  it('writes what openHive() reads, whatever it is', () => {
    const form = fc.record({
      minorVersion: fc.constantFrom(3 as const, 4 as const, 5 as const, 6 as const),
      lists: fc.constantFrom('li' as const, 'lf' as const, 'lh' as const),
      leafSize: fc.integer({ min: 1, max: 6 }),
    })
    fc.assert(
      fc.property(key, form, ticks, (root, options, time) => {
        const description: HiveDescription = { ...root, ...options, lastWrite: time }
        const hive = openBytes(writeHive(description))
        expect(hive.damage).toEqual([])
        expect(treeOf(hive.root)).toEqual(expectedTree('ROOT', { ...root, lastWrite: time }, time))
        for (const { name } of hive.root.subkeys()) expect(hive.root.subkey(upcase(name))!.name).toBe(name)
      }),
      { numRuns: 150, seed: 20_260_314 },
    )
  })

  it('gives the same bytes for the same description, in whatever order its keys are', () => {
    const a = writeHive({ lastWrite: SOME_TIME, keys: { A: { values: { x: 1 } }, B: {} } })
    expect(writeHive({ lastWrite: SOME_TIME, keys: { A: { values: { x: 1 } }, B: {} } })).toEqual(a)
    const b = writeHive({ lastWrite: SOME_TIME, keys: { B: {}, A: { values: { x: 1 } } } })
    expect(treeOf(openBytes(b).root)).toEqual(treeOf(openBytes(a).root))
  })

  it('writes values in the form of their type', () => {
    const { root } = openBytes(
      writeHive({
        lastWrite: SOME_TIME,
        values: {
          sz: 'text',
          expandSz: { type: 'expandSz', value: '%SystemRoot%' },
          link: { type: 'link', value: '\\Registry' },
          multiSz: ['a', 'b'],
          none: [],
          dword: 0xfedcba98,
          bigEndian: { type: 'dwordBigEndian', value: 0x01020304 },
          qword: 1n << 40n,
        },
      }),
    )
    expect(textOf(root.value('sz')!)).toBe('text')
    expect(root.value('sz')!.bytes).toEqual(encodeUtf16('text\0'))
    expect([root.value('expandSz')!.typeName, textOf(root.value('expandSz')!)]).toEqual([
      'REG_EXPAND_SZ',
      '%SystemRoot%',
    ])
    expect(root.value('link')!.bytes).toEqual(encodeUtf16('\\Registry'))
    expect(textsOf(root.value('multiSz')!)).toEqual(['a', 'b'])
    expect(root.value('multiSz')!.bytes).toEqual(encodeUtf16('a\0b\0\0'))
    expect(textsOf(root.value('none')!)).toEqual([])
    expect(dwordOf(root.value('dword')!)).toBe(0xfedcba98)
    expect([...root.value('bigEndian')!.bytes]).toEqual([1, 2, 3, 4])
    expect(qwordOf(root.value('qword')!)).toBe(1n << 40n)
  })

  it('fills its bins from end to end, and says so in its first block', () => {
    const bytes = writeHive({
      lastWrite: SOME_TIME,
      sequence: 42,
      fileName: 'SYSTEM',
      values: { long: new Uint8Array(50_000), longer: { type: 'none', value: new Uint8Array(16_344) } },
    })
    const view = new DataView(bytes.buffer)
    expect([view.getUint32(4, true), view.getUint32(8, true)]).toEqual([42, 42])
    expect(view.getBigUint64(12, true)).toBe(parseIso(SOME_TIME)!.ticks)
    expect(view.getUint32(40, true)).toBe(bytes.length - 4_096)
    expect(bytes.subarray(48, 60)).toEqual(encodeUtf16('SYSTEM'))
    for (let bin = 4_096; bin < bytes.length; bin += view.getUint32(bin + 8, true)) {
      expect(view.getUint32(bin)).toBe(0x6862696e)
      expect(view.getUint32(bin + 4, true)).toBe(bin - 4_096)
    }
    const total = cellsOf(bytes).reduce((sum, cell) => sum + cell.view.byteLength + 4, 0)
    expect(total).toBeGreaterThan(bytes.length - 4_096 - 32 * (bytes.length / 4_096))
    expect(
      cellsLike(bytes, 'sk').map(({ at, view }) => [at, view.getUint32(4, true), view.getUint32(12, true)]),
    ).toEqual([[expect.any(Number), cellsLike(bytes, 'sk')[0]!.at, 1]])
  })

  it.each<[string, Partial<HiveDescription>, string]>([
    ['a key without a name', { keys: { '': {} } }, 'bad-name'],
    ['a key with a backslash in its name', { keys: { 'a\\b': {} } }, 'bad-name'],
    ['a key with too long a name', { keys: { ['x'.repeat(256)]: {} } }, 'bad-name'],
    ['two keys of one name', { keys: { Key: {}, KEY: {} } }, 'bad-name'],
    ['two values of one name', { values: { Value: 1, VALUE: 2 } }, 'bad-name'],
    ['a time that is none', { lastWrite: 'yesterday' }, 'bad-value'],
    ['a time before 1601', { lastWrite: -1n }, 'bad-value'],
  ])('refuses %s', (_, description, code) => {
    expect(() => writeHive({ lastWrite: SOME_TIME, ...description })).toThrow(expect.objectContaining({ code }))
  })

  it('refuses more levels than Windows allows', () => {
    let deep: KeyDescription = {}
    for (let i = 0; i < 513; i++) deep = { keys: { K: deep } }
    expect(() => writeHive({ lastWrite: SOME_TIME, ...deep })).toThrow(FormatError)
  })

  it('writes a hive of real size from keys that come one by one', () => {
    const blob = new Uint8Array(4_000)
    function* keys(): Generator<readonly [string, KeyDescription]> {
      for (let i = 0; i < 16_000; i++) yield [`K${i}`, { values: { blob, n: i, text: `value number ${i}` } }]
    }
    const bytes = writeHive({ lastWrite: SOME_TIME, keys: keys() })
    expect(bytes.length).toBeGreaterThan(65_000_000)
    expect(dwordOf(openBytes(bytes).key('k15999')!.value('n')!)).toBe(15_999)
  })
})
