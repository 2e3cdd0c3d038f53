import { describe, expect, it } from 'vitest'
import { GroupTable, isLess } from '../../src/evtx/group.ts'
import { Interner } from '../../src/evtx/interner.ts'

/** A table that counted these records of one channel: [time, record id] each. */
function counted(records: readonly (readonly [bigint, bigint])[]) {
  const names = new Interner()
  const table = new GroupTable(names)
  const group = table.of(names.ofText('HOST'), names.ofText('System'))
  const half = (value: bigint) => [Number(value & 0xffffffffn), Number(value >> 32n)] as const
  for (const [time, id] of records) {
    const [timeLow, timeHigh] = half(time)
    const [recordIdLow, recordIdHigh] = half(id)
    table.add(group, { timeLow, timeHigh, recordIdLow, recordIdHigh })
  }
  const join = (low: number, high: number) => (BigInt(high) << 32n) | BigInt(low)
  return {
    records: group.records,
    first: join(group.firstLow, group.firstHigh),
    last: join(group.lastLow, group.lastHigh),
    lowest: join(group.lowestLow, group.lowestHigh),
    highest: join(group.highestLow, group.highestHigh),
    ofHighest: join(group.ofHighestLow, group.ofHighestHigh),
  }
}

const FAR = 0x1_0000_0000n

describe('GroupTable', () => {
  it('keeps least and greatest time and id, in whatever order records stand (quirks 9 and 39)', () => {
    const records = [
      [5n, 2n],
      [FAR + 1n, 1n],
      [FAR, FAR + 7n],
      [3n, 3n],
    ] as const
    const expected = { records: 4, first: 3n, last: FAR + 1n, lowest: 1n, highest: FAR + 7n, ofHighest: FAR }
    expect(counted(records)).toEqual(expected)
    expect(counted(records.toReversed())).toEqual(expected)
  })

  it('takes the later time of two records with the greatest id', () => {
    expect(
      counted([
        [9n, 5n],
        [4n, 5n],
      ]).ofHighest,
    ).toBe(9n)
    expect(
      counted([
        [4n, 5n],
        [9n, 5n],
      ]).ofHighest,
    ).toBe(9n)
  })

  it('has one group for each computer and channel', () => {
    const names = new Interner()
    const table = new GroupTable(names)
    const [a, b, c] = ['A', 'B', 'C'].map((text) => names.ofText(text)) as [number, number, number]
    expect(table.of(a, b)).toBe(table.of(a, b))
    expect(table.of(a, b)).not.toBe(table.of(b, a))
    expect(table.of(a, c)).toMatchObject({ computer: 'A', channel: 'C', records: 0 })
    expect(table.all().map(({ computer, channel }) => computer + channel)).toEqual(['AB', 'BA', 'AC'])
  })
})

describe('isLess()', () => {
  it('compares 64 bits without sign', () => {
    expect(isLess(0xffff_ffff, 0, 0, 1)).toBe(true)
    expect(isLess(0, 1, 0xffff_ffff, 0)).toBe(false)
    expect(isLess(1, 0x8000_0000, 2, 0x8000_0000)).toBe(true)
    expect(isLess(0, 0x7fff_ffff, 0, 0x8000_0000)).toBe(true)
    expect(isLess(5, 5, 5, 5)).toBe(false)
  })
})
