import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RunBuilder } from '../../src/scan/row-run.ts'
import { anyRow, compareRows, describedRow, rowsOf, runOf } from '../support/timeline-rows.ts'

describe('RunBuilder', () => {
  it('gives back through RunCursor what was put in, in the one order', () => {
    const property = fc.property(fc.array(anyRow(), { maxLength: 20 }), (rows) => {
      const { names, bytes } = runOf(rows)
      expect(rowsOf({ bytes }, names)).toEqual([...rows].sort(compareRows))
    })
    fc.assert(property)
  })

  it('orders by time, host, channel, record id, file, offset, in this order', () => {
    const least = describedRow(1, { host: 'a', channel: 'a', recordId: 1, file: 'a', offset: 1, said: 'least' })
    const most = { time: 2n ** 32n, host: 'b', channel: 'b', recordId: 2, file: 'b', offset: 2 }
    const keys = ['time', 'host', 'channel', 'recordId', 'file', 'offset'] as const
    for (const [i, key] of keys.entries()) {
      // All that comes after the key says the opposite.
      const later = Object.fromEntries(keys.slice(i + 1).map((each) => [each, most[each]]))
      const { names, bytes } = runOf([
        { ...least, [key]: most[key], said: 'greater' },
        { ...least, ...later },
      ])
      expect(
        rowsOf({ bytes }, names).map(({ said }) => said),
        key,
      ).toEqual(['least', 'greater'])
    }
  })

  it('names each name once, in order', () => {
    const { names } = runOf([describedRow(1, { host: 'b', file: 'a' }), describedRow(2, { host: 'a', file: 'b' })])
    expect(names).toEqual(['', 'a', 'b', 'c'])
  })

  it('has room for more names than 16 bits count: a hostile log has a channel a record', () => {
    const rows = Array.from({ length: 70_000 }, (_, i) => describedRow(i, { host: `h${i}`, channel: `c${i}` }))
    const { names, bytes } = runOf(rows)
    expect(rowsOf({ bytes }, names).at(-1)).toMatchObject({ host: 'h69999', channel: 'c69999', file: 'f' })
  })

  it('makes nothing of nothing, and counts its rows', () => {
    const builder = new RunBuilder()
    expect(builder.finish()).toEqual({ names: [], hosts: [], bytes: new Uint8Array(0) })
    builder.add(describedRow(1), describedRow(1))
    expect(builder.rows).toBe(1)
  })
})
