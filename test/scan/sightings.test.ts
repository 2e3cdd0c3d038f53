import { describe, expect, it } from 'vitest'
import type { Need } from '../../src/query/need.ts'
import { HostDecoder } from '../../src/scan/host-decoder.ts'
import { keptOf } from '../../src/scan/sightings.ts'
import { survey } from '../../src/scan/survey.ts'
import { bulkyLog, evidenceOf, SCAN, UNWATCHED } from '../support/logs.ts'

const CHANGES: Need = { id: 'changes', provider: 'Service Control Manager', eventIds: [7036], as: 'event' }
const STARTS: Need = { ...CHANGES, id: 'starts', eventIds: [7040] }

/** What is kept of a System log of 30 records, every third of them a 7040. */
async function keptFrom(needs: readonly Need[]) {
  const log = bulkyLog(3, (i) => ({
    provider: { name: 'Service Control Manager' },
    eventId: i % 3 === 0 ? 7040 : 7036,
  }))
  const surveyed = await survey(await evidenceOf({ 'System.evtx': log }), needs, SCAN, UNWATCHED)
  return keptOf(surveyed, needs, new HostDecoder([surveyed], needs, () => {}).of(0))
}

describe('keptOf()', () => {
  it('decodes all that a need for events found', async () => {
    const { events, sightings, count } = (await keptFrom([CHANGES])).get('changes')!
    expect([events.length, sightings.length, count]).toEqual([20, 20, 20])
    expect(events.every(({ data }) => data.length > 0)).toBe(true)
  })

  it('decodes those of the highest record ids, where a need asks for no more, and sights the others', async () => {
    const { events, sightings, count } = (await keptFrom([{ ...CHANGES, newestWithFields: 3 }])).get('changes')!
    expect(count).toBe(20)
    expect(sightings.map(({ recordId }) => recordId)).toEqual(
      [...sightings.map(({ recordId }) => recordId)].sort((a, b) => a - b),
    )
    expect(sightings).toHaveLength(20)
    expect(events.map(({ recordId }) => recordId)).toEqual(sightings.slice(-3).map(({ recordId }) => recordId))
    expect(sightings.some((each) => 'data' in each)).toBe(false)
  })

  it('decodes nothing that is asked for beside what is not there', async () => {
    const beside = await keptFrom([CHANGES, { ...STARTS, beside: [CHANGES.id] }])
    expect(beside.get('starts')).toMatchObject({ count: 10, events: { length: 10 } })
    const alone = await keptFrom([{ ...STARTS, beside: [CHANGES.id] }])
    expect(alone.get('starts')).toMatchObject({ count: 10, events: [], sightings: [] })
  })

  it('decodes only the ends of a stretch that holds a match beside it and the last before each such, and counts all', async () => {
    const within = await keptFrom([{ ...CHANGES, beside: [STARTS.id], endsBetween: [STARTS.id] }, STARTS])
    // Every third record is a start: each stretch behind one holds two changes, and the one before the first none.
    expect(within.get('changes')).toMatchObject({ count: 20, events: { length: 20 } })
    const whole = (await keptFrom([{ ...CHANGES, beside: [STARTS.id], endsBetween: [] }, STARTS])).get('changes')!
    expect([whole.count, whole.events.map(({ recordId }) => recordId)]).toEqual([
      20,
      [2, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30],
    ])
  })
})
