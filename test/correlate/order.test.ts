import { describe, expect, it } from 'vitest'
import { compareSightings } from '../../src/correlate/order.ts'
import { anything } from '../support/events.ts'

const inSystem = (time: string, recordId: number) => anything(time, { recordId })

describe('compareSightings()', () => {
  it('goes by time, then channel, record, file and offset, and is never 0 for different records', () => {
    const a = inSystem('10:00', 1)
    const ordered = [
      a,
      { ...a, offset: 9 },
      { ...a, file: 'z.evtx' },
      { ...a, recordId: 2 },
      { ...a, channel: 'Technical' },
      inSystem('10:00:00.0000001', 1),
    ]
    expect([...ordered].reverse().sort(compareSightings)).toEqual(ordered)
    for (const one of ordered)
      for (const other of ordered) expect(compareSightings(one, other) === 0).toBe(one === other)
  })
})
