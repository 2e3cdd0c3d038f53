import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareRowKeys, frameRows, readRow, type UnframedRow } from '../../src/scan/row-run.ts'

const name = fc.constantFrom('', 'A', 'a', 'RDS01', 'ü', '\u{1f600}', '\uffff', 'x\0y')
const row: fc.Arbitrary<UnframedRow> = fc.record({
  time: fc.constantFrom(0n, 1n, 134_179_452_000_000_000n, 0xffff_ffff_ffff_ffffn),
  host: name,
  channel: name,
  recordId: fc.constantFrom(0, 1, 2 ** 32, 2 ** 53, 2 ** 64),
  file: name,
  offset: fc.constantFrom(4608, 2 ** 33),
  text: fc.constantFrom('', '\n', 'a,b\r\n', 'é\u{1f600}'.repeat(50)),
})

describe('frameRows()', () => {
  it('gives back through readRow() what was framed', () => {
    const property = fc.property(fc.array(row, { maxLength: 12 }), (rows) => {
      const { names, bytes } = frameRows(rows)
      const found: UnframedRow[] = []
      for (let at = 0; at < bytes.length; ) {
        const next = readRow(bytes, at, names)!
        found.push({ ...next.row, text: Buffer.from(next.row.text).toString() })
        at = next.end
      }
      expect(found).toEqual(rows)
    })
    fc.assert(property)
  })

  it('has room for more names than 16 bits count: a hostile log has a channel a record', () => {
    const rows = Array.from({ length: 70_000 }, (_, i) => {
      return { time: 0n, host: `h${i}`, channel: `c${i}`, recordId: i, file: 'f', offset: 0, text: '' }
    })
    const { names, bytes } = frameRows(rows)
    expect(readRow(bytes, 40 * 69_999, names)?.row).toMatchObject({ host: 'h69999', channel: 'c69999', file: 'f' })
  })

  it('frames nothing as nothing', () => {
    expect(frameRows([])).toMatchObject({ names: [], bytes: Buffer.alloc(0) })
  })
})

describe('readRow()', () => {
  it('has no row where the bytes end before the row does', () => {
    const { names, bytes } = frameRows([
      { time: 1n, host: 'h', channel: 'c', recordId: 1, file: 'f', offset: 0, text: 'text' },
    ])
    for (let length = 0; length < bytes.length; length++) {
      expect(readRow(bytes.subarray(0, length), 0, names)).toBeUndefined()
    }
    expect(readRow(bytes, 0, names)?.end).toBe(bytes.length)
  })
})

describe('compareRowKeys()', () => {
  it('orders by time, host, channel, record id, file, offset, in this order', () => {
    const least = { time: 1n, host: 'a', channel: 'a', recordId: 1, file: 'a', offset: 1 }
    const most = { time: 2n, host: 'b', channel: 'b', recordId: 2, file: 'b', offset: 2 }
    const keys = ['time', 'host', 'channel', 'recordId', 'file', 'offset'] as const
    for (const [i, key] of keys.entries()) {
      // All that comes after the key says the opposite.
      const later = Object.fromEntries(keys.slice(i + 1).map((each) => [each, most[each]]))
      const smaller = { ...least, ...later }
      const greater = { ...least, [key]: most[key] }
      expect(compareRowKeys(smaller, greater), key).toBeLessThan(0)
      expect(compareRowKeys(greater, smaller), key).toBeGreaterThan(0)
    }
  })

  it('is a total order, and equal only where all is equal', () => {
    const property = fc.property(row, row, row, (a, b, c) => {
      expect(Math.sign(compareRowKeys(a, b))).toBe(-Math.sign(compareRowKeys(b, a)) + 0)
      if (compareRowKeys(a, b) <= 0 && compareRowKeys(b, c) <= 0) expect(compareRowKeys(a, c)).toBeLessThanOrEqual(0)
      const { text: _, ...keyA } = a
      const { text: __, ...keyB } = b
      if (compareRowKeys(a, b) === 0) expect(keyA).toEqual(keyB)
    })
    fc.assert(property, { numRuns: 1_000 })
  })
})
