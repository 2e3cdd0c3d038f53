import { describe, expect, it } from 'vitest'
import { analyze } from '../../src/analyze.ts'
import { DAY } from '../../src/bytes/filetime.ts'
import { eventNotes } from '../../src/cli/event-notes.ts'
import { renderHealthText } from '../../src/cli/health-page.ts'
import type { DamageKind } from '../../src/errors.ts'
import { CHUNK_SIZE } from '../../src/evtx/chunk.ts'
import { FILE_HEADER_SIZE } from '../../src/evtx/file-header.ts'
import { writeLog } from '../../src/evtx/write/log-writer.ts'
import { EVERY_EVENT } from '../../src/query/filter.ts'
import { DAMAGE_KEPT, DamageTally } from '../../src/scan/damage-tally.ts'
import { dump } from '../../src/scan/dump.ts'
import { health } from '../../src/scan/health.ts'
import { LateDamage } from '../../src/scan/late-damage.ts'
import { survey } from '../../src/scan/survey.ts'
import { described, evidenceOf, gathered, SCAN, UNWATCHED } from '../support/logs.ts'

const place = (kind: DamageKind, offset: number) => ({ kind, offset, length: 0, detail: 'It is wrong' })
const places = (kind: DamageKind, count: number) => Array.from({ length: count }, (_, i) => place(kind, i))

function tallyOf(kind: DamageKind, count: number): DamageTally {
  const tally = new DamageTally()
  for (const damage of places(kind, count)) tally.add(damage)
  return tally
}

describe('DamageTally', () => {
  it('lists all while there is room, and says of no more', () => {
    expect(tallyOf('chunk-bounds', DAMAGE_KEPT).found()).toEqual({ damage: places('chunk-bounds', DAMAGE_KEPT) })
  })

  it('counts what it does not list, hidden records apart, and records that could not be read', () => {
    const tally = tallyOf('record-content', DAMAGE_KEPT)
    tally.add(place('hidden-record', 1))
    tally.add(place('record-framing', 2))
    tally.add(place('chunk-bounds', 3))
    const { damage, unlisted } = tally.found()
    expect([damage.length, unlisted, tally.records]).toEqual([DAMAGE_KEPT, { places: 3, hidden: 1 }, DAMAGE_KEPT + 1])
  })

  it('adds up the parts of a log', () => {
    const whole = tallyOf('chunk-bounds', 10)
    whole.addAll(tallyOf('hidden-record', DAMAGE_KEPT + 5).found())
    const { damage, unlisted } = whole.found()
    expect([damage.length, unlisted]).toEqual([DAMAGE_KEPT, { places: 15, hidden: 15 }])
  })
})

const RECORDS = 1_300
/** A log in which the content of every record is broken. */
function brokenLog(): Uint8Array {
  const log = writeLog(Array.from({ length: RECORDS }, (_, i) => described(`record ${i}`)))
  const words = new DataView(log.buffer, log.byteOffset, log.length)
  for (let at = FILE_HEADER_SIZE + 512; at < log.length; at += 8) {
    if (words.getUint32(at, true) === 0x2a2a) log[at + 24] = 0xff
  }
  return log
}

/** Made once: nobody writes to it. */
const log = brokenLog()

describe('a log with more damage than is listed', () => {
  const unlistedDamage = { places: RECORDS - DAMAGE_KEPT, hidden: 0 }

  it.each([1, 4, 1_000])('is counted whole by info, dump and the scan, %i chunks at once', async (chunks) => {
    const collection = await evidenceOf({ 'System.evtx': log })
    const options = { ...SCAN, batchBytes: chunks * CHUNK_SIZE }
    const [found] = (await health(collection, options, UNWATCHED)).logs
    expect([found?.damage.length, found?.unlistedDamage]).toEqual([DAMAGE_KEPT, unlistedDamage])
    expect(renderHealthText([found!])).toContain('  damage in 1,300 places, 1,300 records damaged\n')
    const asked = { ...options, format: 'jsonl', jsonShape: 'evtxray' } as const
    for (const filter of [EVERY_EVENT, { ...EVERY_EVENT, eventIds: [{ first: 1, last: 9_999 }] }]) {
      const summary = await dump(collection, { ...asked, filter }, gathered().write, UNWATCHED)
      expect(summary.inputs).toMatchObject([{ damaged: RECORDS, unlistedDamage }])
      expect(eventNotes({}, summary)).toContain('Damage in 1,300 places of 1 log: evtxray info tells where')
    }
    const [scanned] = await survey(collection, [], options, UNWATCHED)
    expect([scanned?.damage.length, scanned?.unlisted]).toEqual([DAMAGE_KEPT, unlistedDamage])
  })

  it('is counted whole by analyze', async () => {
    const collection = await evidenceOf({ 'System.evtx': log })
    const asked = {
      ...SCAN,
      window: { windowTicks: DAY, windowText: '24h', reference: 'last-event' },
      referenceText: 'last-event',
    } as const
    const { analysis } = await analyze(collection, asked, UNWATCHED)
    expect(analysis.inputs).toMatchObject([{ unlistedDamage }])
    expect(analysis.damage.length).toBe(DAMAGE_KEPT)
  })
})

describe('LateDamage', () => {
  it('tells once what the scan has met, or what is met again, and counts what it does not list', async () => {
    const collection = await evidenceOf({ 'System.evtx': writeLog([described('one')]) })
    const [scanned] = await survey(collection, [], SCAN, UNWATCHED)
    const found = { ...scanned!, ...tallyOf('chunk-bounds', DAMAGE_KEPT + 2).found() }
    const { name } = found.log
    const late = new LateDamage([found])
    for (const offset of [7, 7]) late.add(name, place('chunk-bounds', offset))
    expect([late.all().length, late.unlisted(name)]).toEqual([DAMAGE_KEPT, { places: 2, hidden: 0 }])
    for (const damage of places('record-content', DAMAGE_KEPT + 3)) {
      late.add(name, damage)
      late.add(name, damage)
    }
    late.add('other.evtx', place('chunk-bounds', 9))
    expect([late.all().length, late.unlisted(name)]).toEqual([2 * DAMAGE_KEPT, { places: 5, hidden: 0 }])
    expect(
      late
        .all()
        .slice(0, 2)
        .map(({ kind, offset }) => [kind, offset]),
    ).toEqual([
      ['chunk-bounds', 0],
      ['record-content', 0],
    ])
    expect(new LateDamage([{ ...scanned!, ...tallyOf('chunk-bounds', 1).found() }]).unlisted(name)).toBeUndefined()
  })
})
