import { describe, expect, it } from 'vitest'
import { viewOf } from '../../src/bytes/view.ts'
import { CHUNK_HEADER_SIZE, CHUNK_SIZE } from '../../src/evtx/chunk.ts'
import { FILE_HEADER_SIZE } from '../../src/evtx/file-header.ts'
import { isDamage, type LogRecord, walkLog } from '../../src/evtx/log.ts'
import { systemOf } from '../../src/evtx/system.ts'
import type { EventDescription } from '../../src/evtx/write/event-description.ts'
import { writeLog } from '../../src/evtx/write/log-writer.ts'
import { renderXml } from '../../src/evtx/xml.ts'
import { described, NINE, SECOND } from '../support/logs.ts'

const FIRST = FILE_HEADER_SIZE + CHUNK_HEADER_SIZE

/** A log of one chunk whose records all follow each other, then the chunk's header told to end before them. */
function leftOver(over: (index: number) => Partial<EventDescription> = () => ({}), count = 3): Uint8Array {
  const log = writeLog(
    Array.from({ length: count }, (_, i) =>
      described(`text ${i}`, { timeCreated: NINE + BigInt(i) * SECOND, ...over(i) }),
    ),
  )
  viewOf(log).setUint32(FILE_HEADER_SIZE + 48, CHUNK_HEADER_SIZE, true)
  return sealed(log)
}

/** With the header's checksum switched off, so that it is believed. */
function sealed(log: Uint8Array): Uint8Array {
  viewOf(log).setUint32(FILE_HEADER_SIZE + 120, 4, true)
  return log
}

/** Places of the records of a log of one chunk. */
function places(log: Uint8Array): number[] {
  const found: number[] = []
  const view = viewOf(log)
  for (let at = FIRST; at + 8 <= FILE_HEADER_SIZE + CHUNK_SIZE && view.getUint32(at, true) === 0x2a2a; ) {
    found.push(at)
    at += view.getUint32(at + 4, true)
  }
  return found
}

function recovered(log: Uint8Array): LogRecord[] {
  return [...walkLog(log, { recover: 'slack' })].filter((found): found is LogRecord => !isDamage(found))
}

const NAMES_IN_VALUES: Partial<EventDescription> = {
  provider: { name: 'P-Q', guid: '{11111111-2222-3333-4444-555555555555}' },
  channel: 'P-Q/Operational',
  payload: {
    kind: 'eventData',
    items: [
      { name: 'A', value: 'one' },
      { name: 'B', value: 2 },
    ],
  },
}

describe('recoverRecord()', () => {
  it('takes whole records of unused space, as they were', () => {
    const whole = writeLog([0, 1, 2].map((i) => described(`text ${i}`, { timeCreated: NINE + BigInt(i) * SECOND })))
    const live = recovered(whole)
    const slack = recovered(leftOver())
    expect(slack.map(({ recovered }) => recovered)).toEqual(['slack', 'slack', 'slack'])
    expect(slack.map(({ event }) => renderXml(event))).toEqual(live.map(({ event }) => renderXml(event)))
    expect(slack.every(({ template }) => template === undefined)).toBe(true)
  })

  it.each([
    ['a written time before the format', (view: DataView, at: number) => view.setBigUint64(at + 16, 1n, true)],
    [
      'a written time 30 years from the first record',
      (view: DataView, at: number) => view.setBigUint64(at + 16, NINE + 30n * 365n * 86_400n * SECOND, true),
    ],
    ['a record id that no log reaches', (view: DataView, at: number) => view.setBigUint64(at + 8, 1n << 60n, true)],
    ['another token than a record begins with', (view: DataView, at: number) => view.setUint8(at + 24, 0x10)],
    ['a value that is longer than the record', (view: DataView, at: number) => view.setUint16(at + 42, 0xffff, true)],
  ])('refuses one with %s', (_, spoil) => {
    const log = leftOver()
    const [, , third] = places(log)
    spoil(viewOf(log), third!)
    expect(recovered(log).map(({ recordId }) => recordId)).toEqual([1, 2])
  })

  it('refuses one whose values do not fill it', () => {
    const log = leftOver()
    const [, , third] = places(log)
    const view = viewOf(log)
    const size = view.getUint32(third! + 4, true)
    view.setUint32(third! + 4, size + 16, true)
    view.setUint32(third! + size + 12, size + 16, true)
    expect(recovered(log).map(({ recordId }) => recordId)).toEqual([1, 2])
  })

  it('looks for records inside what only looks like one', () => {
    const log = leftOver()
    const [first, second] = places(log)
    const view = viewOf(log)
    // A frame around all three that holds nothing.
    const size = CHUNK_SIZE - CHUNK_HEADER_SIZE - 64
    const at = first! - 0
    expect(second).toBeGreaterThan(at)
    view.setUint32(at + 4, size, true)
    view.setUint32(at + size - 4, size, true)
    expect(recovered(log).map(({ recordId }) => recordId)).toEqual([2, 3])
  })

  it('leaves out what repeats a live record of the log, and only that', () => {
    const log = writeLog([0, 1].map((i) => described(`text ${i}`, { timeCreated: NINE + BigInt(i) * SECOND })))
    const [, second] = places(log)
    const size = viewOf(log).getUint32(second! + 4, true)
    const free = second! + size
    log.copyWithin(free + 64, second!, free)
    const copy = free + 64
    expect(recovered(log).map(({ recordId, recovered }) => [recordId, recovered])).toEqual([
      [1, undefined],
      [2, undefined],
    ])
    // Another value: what was changed is no copy.
    log[copy + size - 20]! ^= 1
    expect(recovered(log)).toHaveLength(3)
  })

  it('tells System by the order of the slots where the template is lost, and the values as they stand', () => {
    const log = leftOver(() => NAMES_IN_VALUES, 2)
    const [first, second] = places(log)
    // The second record refers to the definition in the first.
    log.fill(0, first! + 60, second!)
    const [found] = recovered(log)
    expect(found).toMatchObject({ recovered: 'slack', template: 'root-map' })
    expect(systemOf(found!.event)).toMatchObject({
      provider: 'P-Q',
      channel: 'P-Q/Operational',
      eventId: '7036',
      recordId: '2',
      timeCreated: '2026-03-14T09:00:01.0000000Z',
      computer: '',
    })
    expect(renderXml(found!.event)).toContain('<EventData><Data>one</Data><Data>2</Data></EventData>')
  })

  it('takes the template of another chunk where its own is lost', () => {
    const events = Array.from({ length: 60 }, (_, i) =>
      described(`${i} ${'x'.repeat(1_500)}`, { timeCreated: NINE + BigInt(i) * SECOND }),
    )
    const whole = writeLog(events)
    const log = whole.slice()
    expect(log.length).toBeGreaterThan(FILE_HEADER_SIZE + CHUNK_SIZE)
    const [first, second] = places(log)
    // What stood in front of the second record is gone, and with it the definitions.
    log.fill(0, FILE_HEADER_SIZE, FILE_HEADER_SIZE + 512)
    log.fill(0, first! + 30, second!)
    const [live] = recovered(whole).slice(1)
    const [found] = recovered(log)
    expect(found).toMatchObject({ recordId: 2, template: 'library' })
    expect(renderXml(found!.event)).toBe(renderXml(live!.event))
  })

  it('keeps a live record whose template is lost, and labels it', () => {
    const log = sealed(writeLog([0, 1].map((i) => described(`text ${i}`, { ...NAMES_IN_VALUES, recordId: i + 1 }))))
    const [first] = places(log)
    // The body of the definition, and nothing else of the record.
    log.fill(0xee, first! + 70, first! + 90)
    const found = [...walkLog(log)].filter((each): each is LogRecord => !isDamage(each))
    expect(found.map(({ recordId, recovered, template }) => [recordId, recovered, template])).toEqual([
      [1, 'resync', 'root-map'],
      [2, 'resync', 'root-map'],
    ])
    expect([...walkLog(log, { recover: 'none' })].every(isDamage)).toBe(true)
  })
})
