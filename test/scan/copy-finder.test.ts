import { describe, expect, it } from 'vitest'
import { CopyFinder } from '../../src/scan/copy-finder.ts'
import { RunStore } from '../../src/scan/run-store.ts'
import { type DescribedRow, describedRow, runOf } from '../support/timeline-rows.ts'

/** For each row in order: what it is a copy of. */
function copiesIn(rows: readonly DescribedRow[]): (string | undefined)[] {
  const store = new RunStore()
  store.add(runOf(rows))
  const names = store.names()
  const finder = new CopyFinder()
  const found: (string | undefined)[] = []
  for (const row of store.merged(names)) {
    const first = finder.firstOf(row)
    found.push(first && `${names[first.file]}@${first.offset}`)
  }
  return found
}

const event = describedRow(7, { file: 'a', offset: 1 })

describe('CopyFinder', () => {
  it('finds the first of all that say the same', () => {
    const rows = [event, { ...event, file: 'b' }, { ...event, file: 'c', offset: 9 }]
    expect(copiesIn(rows)).toEqual([undefined, 'a@1', 'a@1'])
  })

  it('looks at what the event says, not at what stands around it', () => {
    const copy = { ...event, file: 'b', before: 'elsewhere ', after: ' at another place' }
    expect(copiesIn([event, copy])).toEqual([undefined, 'a@1'])
  })

  it('takes two events with one key and other words for two, and finds the copies of either', () => {
    const other = { ...event, said: 'other' }
    const rows = [event, { ...other, offset: 2 }, { ...event, file: 'b' }, { ...other, file: 'b', offset: 2 }]
    expect(copiesIn(rows)).toEqual([undefined, undefined, 'a@1', 'a@2'])
  })

  it.each(['time', 'host', 'channel', 'recordId'] as const)('finds no copy in an event of another %s', (part) => {
    const more = { time: 8n, host: 'z', channel: 'z', recordId: 8 }
    expect(copiesIn([event, { ...event, file: 'b', [part]: more[part] }])).toEqual([undefined, undefined])
  })

  it('is not misled by the checksum alone', () => {
    // Two texts of one CRC-32.
    const rows = [
      { ...event, said: 'ks' },
      { ...event, said: 'x2017200', file: 'b' },
    ]
    expect(copiesIn(rows)).toEqual([undefined, undefined])
  })

  it('remembers a bounded number of events under one key', () => {
    const many = Array.from({ length: 5_000 }, (_, i) => ({ ...event, said: `${i}`, offset: i }))
    const again = many.map((row) => ({ ...row, file: 'b' }))
    const found = copiesIn([...many, ...again]).filter((each) => each !== undefined)
    expect(found.length).toBeGreaterThan(4_000)
    expect(found.length).toBeLessThan(5_000)
  })
})
