import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Recovery } from '../../src/evtx/record.ts'
import { KEPT_OLDEST } from '../../src/query/need.ts'
import { type SightingRow, SightingRows } from '../../src/query/sighting-rows.ts'

const CAP = 5
const MOST = CAP + KEPT_OLDEST
const HIGH = 4_294_967_296

function row(recordId: number, over: Partial<SightingRow> = {}): SightingRow {
  const timeCreated = BigInt(recordId) * 10n
  return { recordId, timeCreated, offset: recordId * 512, eventId: 7, recovery: undefined, size: 512, ...over }
}

function push(into: SightingRows, row: SightingRow, level?: number): void {
  const { recordId, timeCreated, offset, eventId, size, recovery } = row
  const [low, high] = [recordId % HIGH, Math.floor(recordId / HIGH)]
  const [timeLow, timeHigh] = [Number(timeCreated & 0xffffffffn), Number(timeCreated >> 32n)]
  into.push(low, high, timeLow, timeHigh, offset, eventId, size, recovery, level)
}

function rowsOf(rows: readonly SightingRow[], cap = CAP): SightingRows {
  const made = new SightingRows(cap)
  for (const each of rows) push(made, each)
  return made
}

function upTo(count: number): SightingRow[] {
  return Array.from({ length: count }, (_, i) => row(i + 1))
}

/** What should stay, the plain way: distinct records by id, time and event id; the best and first of each. */
function expected(rows: readonly SightingRow[]): { readonly kept: readonly SightingRow[]; readonly count: number } {
  const rank = (recovery: Recovery | undefined) => [undefined, 'resync', 'slack'].indexOf(recovery)
  const sorted = [...rows].sort(
    (a, b) =>
      a.recordId - b.recordId ||
      Number(a.timeCreated - b.timeCreated) ||
      a.eventId - b.eventId ||
      rank(a.recovery) - rank(b.recovery) ||
      a.offset - b.offset,
  )
  const key = ({ recordId, timeCreated, eventId }: SightingRow) => `${recordId} ${timeCreated} ${eventId}`
  const distinct = sorted.filter((each, i) => i === 0 || key(each) !== key(sorted[i - 1]!))
  if (distinct.length <= MOST) return { kept: distinct, count: distinct.length }
  return { kept: [...distinct.slice(0, KEPT_OLDEST), ...distinct.slice(-CAP)], count: rows.length }
}

describe('SightingRows', () => {
  it('gives back every field of a row', () => {
    const big = row(0x1_2345_6789, {
      timeCreated: 134_179_548_600_000_001n,
      offset: 5 * HIGH + 4096,
      eventId: 65_535,
      recovery: 'slack',
      size: 65_024,
    })
    expect([...rowsOf([big]).all()]).toEqual([big])
  })

  it('keeps all of as many as it may keep', () => {
    const full = rowsOf(upTo(MOST))
    expect([...full.all()]).toHaveLength(MOST)
    expect(full.pack().dropped).toBe(false)
  })

  it('keeps the newest and the oldest of one more, and the true count', () => {
    const over = rowsOf(upTo(MOST + 1))
    expect([...over.all()].map(({ recordId }) => recordId)).not.toContain(KEPT_OLDEST + 1)
    expect([...over.all()]).toHaveLength(MOST)
    expect(over.count).toBe(MOST + 1)
    expect(over.pack().dropped).toBe(true)
  })

  it('takes no more memory for a million rows than for a few', () => {
    const many = new SightingRows(CAP)
    for (let id = 1; id <= 1_000_000; id++) push(many, row(id))
    expect(many.pack().rows.length).toBe(rowsOf(upTo(MOST + 1)).pack().rows.length)
    expect(many.count).toBe(1_000_000)
  })

  it('orders by record id, whatever the clock and the place say', () => {
    const rows = rowsOf([row(3, { timeCreated: 1n }), row(1, { offset: 9_000 }), row(2)])
    expect([...rows.all()].map(({ recordId }) => recordId)).toEqual([1, 2, 3])
  })

  it('counts copies of a record once, and tells apart what differs in id, time or event', () => {
    const copies = rowsOf([row(1), row(1, { offset: 70_000 })])
    copies.prune()
    expect(copies.count).toBe(1)
    expect([...copies.all()][0]?.offset).toBe(512)
    const different = [row(1), row(2, { timeCreated: 10n }), row(1, { timeCreated: 11n }), row(1, { eventId: 8 })]
    expect([...rowsOf(different).all()]).toHaveLength(4)
  })

  it('knows a copy although another event of the same id and time lies between', () => {
    const rows = rowsOf([row(1), row(1, { offset: 1_024, eventId: 8 }), row(1, { offset: 2_048 })])
    expect([...rows.all()]).toHaveLength(2)
  })

  it('keeps the live record of two copies, though the recovered one stands before it', () => {
    const rows = rowsOf([row(1, { offset: 5_000, recovery: 'slack' }), row(1, { offset: 9_000 })])
    expect([...rows.all()]).toEqual([row(1, { offset: 9_000 })])
  })

  it('gives the same rows and count however they are divided, and in whatever order the parts are absorbed', () => {
    const record = fc.record({
      recordId: fc.integer({ min: 1, max: 90 }),
      timeCreated: fc.constantFrom(1n, 2n),
      eventId: fc.constantFrom(7, 8),
      recovery: fc.constantFrom<(Recovery | undefined)[]>(undefined, undefined, 'resync', 'slack'),
      part: fc.integer({ min: 0, max: 5 }),
    })
    const property = fc.property(
      fc.array(record, { maxLength: 400, size: 'max' }),
      fc.boolean(),
      (records, reversed) => {
        const rows = records.map(({ part, ...fields }, i) => ({
          row: row(fields.recordId, { ...fields, offset: 512 * i }),
          part,
        }))
        const { kept, count } = expected(rows.map((each) => each.row))
        const parts = [0, 1, 2, 3, 4, 5].map((part) =>
          rowsOf(rows.filter((each) => each.part === part).map((each) => each.row)),
        )
        const joined = new SightingRows(CAP)
        for (const part of reversed ? parts.reverse() : parts) joined.absorb(part.pack())
        const whole = rowsOf(rows.map((each) => each.row))
        for (const each of [whole, joined]) {
          expect([...each.all()]).toEqual(kept)
          expect(each.count).toBe(count)
        }
      },
    )
    fc.assert(property, { numRuns: 150 })
  })

  it('packs a buffer no longer than its rows, so that no more is sent than is kept', () => {
    const { rows } = rowsOf(upTo(3)).pack()
    expect(rows.buffer.byteLength).toBe(3 * 8 * 4)
  })
})

describe('SightingRows.sightings()', () => {
  it('gives the rows with what they have in common, and the level where it is known', () => {
    const rows = new SightingRows(CAP)
    push(rows, row(1), 0)
    push(rows, row(2, { recovery: 'resync' }), 4)
    push(rows, row(3))
    const source = { provider: 'Service', channel: 'System', computer: 'RDS01', file: 'System.evtx' }
    const common = { ...source, eventId: 7 }
    expect(rows.sightings(source)).toEqual([
      { ...common, recordId: 1, timeCreated: 10n, offset: 512, level: 0 },
      { ...common, recordId: 2, timeCreated: 20n, offset: 1_024, level: 4, recovered: 'resync' },
      { ...common, recordId: 3, timeCreated: 30n, offset: 1_536 },
    ])
  })
})
