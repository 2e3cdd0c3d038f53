import { describe, expect, it } from 'vitest'
import { writeLog } from '../../src/evtx/write/log-writer.ts'
import { type ChunkBytes, chunkOf, logOf } from '../support/evtx-bytes.ts'
import { scanLog } from '../support/scan-log.ts'

/** What a scan takes from the only record of a log whose System has this content; undefined where it takes nothing. */
function scanned(system: (b: ChunkBytes) => void) {
  const write = (b: ChunkBytes) =>
    b.record(() =>
      b.fragment(() => b.element('Event', { content: () => b.element('System', { content: () => system(b) }) })),
    )
  const { systems, damage } = scanLog(logOf([chunkOf(write)]))
  return { system: [...systems.values()][0], damage: damage.map(({ kind }) => kind) }
}

const TIME = '2026-03-14T09:41:00.0000000Z'

function fields(b: ChunkBytes, { eventId = '7', time = TIME, recordId = '9' } = {}): void {
  b.element('Provider', { attributes: () => b.attribute('Guid', '{G}', true).attribute('Name', 'P') })
  b.element('EventID', { attributes: () => b.attribute('Qualifiers', '0'), content: () => b.value(eventId) })
  b.element('TimeCreated', { attributes: () => b.attribute('SystemTime', time) })
  b.element('EventRecordID', { content: () => b.value(recordId) })
  b.element('Channel', { content: () => b.value('C') })
  b.element('Computer')
}

const SYSTEM = { provider: 'P', eventId: '7', level: '', timeCreated: TIME, recordId: '9', channel: 'C', computer: '' }

describe('PlainSystem.read()', () => {
  it('reads a record without template, an empty Computer too (quirks 19 and 37)', () => {
    expect(scanned((b) => fields(b))).toEqual({ system: SYSTEM, damage: [] })
  })

  it('reads what the writer writes without template', () => {
    const log = writeLog([
      {
        provider: { name: 'P' },
        eventId: 7,
        timeCreated: TIME,
        recordId: 9,
        level: 3,
        channel: 'C',
        computer: 'HOST',
        payload: { kind: 'classic', strings: ['a'] },
        form: 'plain',
      },
    ])
    expect([...scanLog(log).systems.values()]).toEqual([{ ...SYSTEM, level: '3', computer: 'HOST' }])
  })

  it('decodes what is out of the ordinary: split texts, references, CDATA (quirks 32 and 34)', () => {
    const odd = (b: ChunkBytes) => {
      b.element('Provider', { attributes: () => b.attribute('Name', () => b.value('P', 0x45).value('Q')) })
      b.element('EventID', { content: () => b.u8(0x07).text('7') })
      b.element('TimeCreated', { attributes: () => b.attribute('SystemTime', TIME) })
      b.element('EventRecordID', { content: () => b.u8(0x08).u16(0x39) })
      b.element('Channel', { content: () => b.value('R').u8(0x09).name('amp').value('D') })
    }
    expect(scanned(odd).system).toEqual({ ...SYSTEM, provider: 'PQ', channel: 'R&D' })
  })

  it('takes nothing from elements of the same names elsewhere', () => {
    const elsewhere = (b: ChunkBytes) => {
      b.element('Security', { content: () => b.value('x') })
      fields(b)
      b.element('Extra', { attributes: () => b.attribute('Channel', 'Z'), content: () => b.value('z') })
    }
    expect(scanned(elsewhere).system).toEqual(SYSTEM)
  })

  it('holds a record without readable id, time or record id for damaged', () => {
    for (const wrong of [
      { eventId: '' },
      { eventId: '-1' },
      { eventId: '65536' },
      { eventId: '123456' },
      { time: 'yesterday' },
      { time: '2026-02-30T00:00:00Z' },
      { recordId: 'x' },
      { recordId: '18446744073709551616' },
    ]) {
      expect(scanned((b) => fields(b, wrong))).toEqual({ system: undefined, damage: ['record-content'] })
    }
  })

  it('takes ids of 64 bits exactly', () => {
    for (const recordId of ['9007199254740993', '18446744073709551615']) {
      expect(scanned((b) => fields(b, { recordId })).system).toEqual({ ...SYSTEM, recordId })
    }
    expect(scanned((b) => fields(b, { eventId: '65535' })).system).toEqual({ ...SYSTEM, eventId: '65535' })
  })
})
