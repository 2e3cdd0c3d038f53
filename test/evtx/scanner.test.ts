import { describe, expect, it } from 'vitest'
import type { Damage } from '../../src/errors.ts'
import { CHUNK_SIZE, chunkAt } from '../../src/evtx/chunk.ts'
import { FILE_HEADER_SIZE } from '../../src/evtx/file-header.ts'
import type { Gate } from '../../src/evtx/gate.ts'
import { OPEN_GATE } from '../../src/evtx/gate.ts'
import { walkLog } from '../../src/evtx/log.ts'
import { Scanner } from '../../src/evtx/scanner.ts'
import type { EventDescription } from '../../src/evtx/write/event-description.ts'
import { writeLog } from '../../src/evtx/write/log-writer.ts'
import {
  type ChunkBytes,
  chunkOf,
  headerChecksum,
  hex,
  logOf,
  type RawValue,
  TEMPLATE_GUID,
  utf16,
} from '../support/evtx-bytes.ts'
import { scanLog } from '../support/scan-log.ts'

function event(fields: Partial<EventDescription> = {}): EventDescription {
  return {
    provider: { name: 'P' },
    eventId: 7,
    timeCreated: '2026-03-14T09:41:00Z',
    channel: 'System',
    computer: 'HOST',
    payload: { kind: 'classic', strings: ['a'] },
    ...fields,
  }
}

const MANIFEST = { name: 'Microsoft-Windows-Test', guid: '{11112222-3333-4444-5555-666677778888}' }

/** A gate for some ids of some providers in some channels. */
function gate(providers: Readonly<Record<string, readonly number[]>>, channels?: readonly string[]) {
  const asked: string[] = []
  const mask = (ids: readonly number[]) => {
    const bytes = new Uint8Array(65_536)
    for (const id of ids) bytes[id] = 1
    return bytes
  }
  const made: Gate = {
    eventIds(provider) {
      asked.push(provider)
      return providers[provider] && mask(providers[provider])
    },
    anyProvider: mask(Object.values(providers).flat()),
    mayHold(channel) {
      asked.push(channel)
      return channels?.includes(channel) ?? true
    },
  }
  return { gate: made, asked }
}

const ids = (bytes: Uint8Array, open: Gate = OPEN_GATE) =>
  [...scanLog(bytes, { gate: open }).systems.values()].map(({ provider, eventId }) => `${provider} ${eventId}`)

describe('Scanner.scanChunk()', () => {
  it.each<[string, Partial<EventDescription>]>([
    ['provider and channel in the template', { names: 'literal' }],
    ['provider and channel among the values', { provider: MANIFEST, names: 'values', channel: 'Security' }],
    ['no template', { form: 'plain' }],
    ['a payload of named items', { payload: { kind: 'eventData', items: [{ name: 'x', value: 'y' }] } }],
    ['UserData', { payload: { kind: 'userData', element: 'EventXML', items: [{ name: 'x', value: 'y' }] } }],
    ['no payload', { payload: { kind: 'none' } }],
    ['an empty computer (quirk 37)', { computer: '' }],
    ['ids and times of 64 bits', { timeCreated: 0xffff_ffff_ffff_ffffn, recordId: 2 ** 40 + 1 }],
  ])('takes the System fields of an event with %s', (_, fields) => {
    const one = event(fields)
    const [system] = scanLog(writeLog([one])).systems.values()
    expect(system).toMatchObject({
      provider: one.provider.name,
      eventId: '7',
      recordId: String(one.recordId ?? 1),
      channel: one.channel,
      computer: one.computer,
    })
  })

  it('hands on what the gate wants, and counts all', () => {
    const events = [7, 8, 9].flatMap((eventId) =>
      ['A', 'B', 'C'].map((name) => event({ provider: { name }, eventId, names: name === 'B' ? 'values' : 'literal' })),
    )
    const log = writeLog([...events, event({ provider: { name: 'A' }, eventId: 8, form: 'plain' })])
    const { gate: some } = gate({ A: [8], B: [7, 9] })
    const { systems, scanner } = scanLog(log, { gate: some })
    expect([...systems.values()].map(({ provider, eventId }) => provider + eventId)).toEqual(['B7', 'A8', 'B9', 'A8'])
    expect(scanner.records).toBe(10)
    expect(scanner.groups.all().reduce((sum, { records }) => sum + records, 0)).toBe(10)
  })

  it('hands on what the gate may want where there are more names than are told apart', () => {
    const log = writeLog([event({ provider: { name: 'A' }, eventId: 8, channel: 'X', names: 'values' })])
    const { gate: some } = gate({ A: [8] }, ['X'])
    const met: number[] = []
    const scanner = new Scanner(some, { onMatch: ({ eventId }) => met.push(eventId), onDamage: () => {} })
    for (let count = 0; count < scanner.names.texts.length; count++) scanner.names.ofText(`name ${count}`)
    expect(scanner.names.isFlooded).toBe(true)
    const chunk = chunkAt(new ArrayBuffer(CHUNK_SIZE), 0)
    chunk.bytes.set(log.subarray(FILE_HEADER_SIZE, FILE_HEADER_SIZE + CHUNK_SIZE))
    scanner.scanChunk(chunk, FILE_HEADER_SIZE, { recover: 'none', dirty: false })
    expect(met).toEqual([8])
  })

  it('begins anew behind a log with more names than are told apart', () => {
    const log = writeLog([event({ provider: { name: 'A' }, eventId: 8, channel: 'X' })])
    const { gate: some } = gate({ A: [8] }, ['X'])
    const providers: string[] = []
    const scanner: Scanner = new Scanner(some, {
      onMatch: ({ provider }) => providers.push(scanner.names.texts[provider]!),
      onDamage: () => {},
    })
    const chunk = chunkAt(new ArrayBuffer(CHUNK_SIZE), 0)
    chunk.bytes.set(log.subarray(FILE_HEADER_SIZE, FILE_HEADER_SIZE + CHUNK_SIZE))
    const scan = () => {
      scanner.startLog()
      scanner.scanChunk(chunk, FILE_HEADER_SIZE, { recover: 'none', dirty: false })
      return scanner.groups.all().map(({ channel, computer, records }) => ({ channel, computer, records }))
    }
    const before = scan()
    for (let count = 0; !scanner.names.isFlooded; count++) scanner.names.ofText(`name ${count}`)
    expect(scan()).toEqual(before)
    expect(scanner.names.isFlooded).toBe(false)
    expect(scanner.names.texts.length).toBeLessThan(20)
    expect(providers).toEqual(['A', 'A'])
  })

  it('asks the gate once for each provider and channel', () => {
    const events = Array.from({ length: 5 }, () => [
      event(),
      event({ provider: MANIFEST, channel: 'X', names: 'values' }),
      event({ form: 'plain' }),
    ]).flat()
    const { gate: some, asked } = gate({ P: [7], [MANIFEST.name]: [7] }, ['System'])
    expect(ids(writeLog(events), some)).toHaveLength(10)
    expect(asked.toSorted()).toEqual([MANIFEST.name, 'P', 'System', 'X'].toSorted())
  })

  it('gives the bounds of each channel by the events themselves, and not by record headers (quirks 38 and 39)', () => {
    const times = ['2026-03-14T09:00:00Z', '2026-03-12T09:00:00Z', '2026-03-13T09:00:00Z']
    const log = writeLog(times.map((timeCreated, i) => event({ timeCreated, recordId: 100 - i })))
    const view = new DataView(log.buffer)
    // Written long after.
    view.setBigUint64(4096 + 512 + 16, 0x7fff_ffff_ffff_ffffn, true)
    const [group] = scanLog(log).scanner.groups.all()
    const moment = (i: number) => BigInt(Date.parse(times[i]!)) * 10_000n + 116_444_736_000_000_000n
    expect(group && (BigInt(group.firstHigh) << 32n) | BigInt(group.firstLow)).toBe(moment(1))
    expect(group && (BigInt(group.lastHigh) << 32n) | BigInt(group.lastLow)).toBe(moment(0))
    expect(group).toMatchObject({ lowestLow: 98, highestLow: 100, records: 3 })
  })

  it('forgets its counts with each log, and no template', () => {
    const scanner = new Scanner(OPEN_GATE, { onMatch: () => {}, onDamage: () => {} })
    const chunk = chunkOf((b) => b.record(() => b.fragment(() => b.element('Event', { content: () => b.system() }))))
    scanner.scanChunk(chunk.chunk(), 4096, { recover: 'resync', dirty: false })
    expect([scanner.records, scanner.chunks]).toEqual([1, 1])
    scanner.startLog()
    expect([scanner.records, scanner.recovered, scanner.damaged, scanner.chunks]).toEqual([0, 0, 0, 0])
    expect(scanner.groups.all()).toEqual([])
  })

  it('gives places beyond 4 GiB exactly (quirk 2)', () => {
    const far = 4096 + 70_000 * 65_536
    const found: (number | Damage)[] = []
    const scanner = new Scanner(OPEN_GATE, {
      onMatch: (record, _, fileOffset) => found.push(fileOffset + record.offset),
      onDamage: (damage) => found.push(damage.offset),
    })
    const chunk = chunkOf((b) => {
      b.record(() => b.fragment(() => b.element('Event', { content: () => b.system() })))
      b.record(() => b.fragment(() => {}))
    })
    scanner.scanChunk(chunk.chunk(), far, { recover: 'resync', dirty: false })
    expect(found[0]).toBe(far + 512)
    expect(found[1]).toBeGreaterThan(far + 512)
  })

  it('still reads the System fields of a record whose payload template is lost (quirk 18)', () => {
    const log = writeLog([event(), event({ eventId: 8 })])
    // The second record's payload refers to the definition in the first one: another stands there now.
    const payload = Buffer.from(log).lastIndexOf(hex('0f0101000c01'))
    log[payload + 6]! ^= 0xff
    expect(ids(log)).toEqual(['P 7', 'P 8'])
  })

  it('counts what it recovers, and keeps what lay in unused space out of the bounds (quirk 14)', () => {
    const log = writeLog([event(), event(), event()])
    const view = new DataView(log.buffer)
    // The free space begins behind the second record.
    const sizes = [512, 512 + view.getUint32(4096 + 516, true)]
    sizes.push(sizes[1]! + view.getUint32(4096 + sizes[1]! + 4, true))
    view.setUint32(4096 + 48, sizes[2]!, true)
    view.setUint32(4096 + 124, headerChecksum(log.subarray(4096)), true)
    expect(scanLog(log).scanner).toMatchObject({ records: 2, recovered: 0 })
    const { scanner } = scanLog(log, { recover: 'slack' })
    expect(scanner).toMatchObject({ records: 3, recovered: 1 })
    expect(scanner.groups.all()).toMatchObject([{ records: 2 }])
  })
})

/** The slots of a root template's System element by what they hold. */
interface Slots {
  readonly eventId: RawValue
  readonly time?: RawValue
  readonly provider?: RawValue
}

/** A log with one record of a root template that has EventID, time, provider and record id in slots. */
function rootLog({ eventId, time, provider }: Slots, { eventDependency = 0xffff } = {}): Uint8Array {
  const values: RawValue[] = [
    eventId,
    time ?? { type: 0x11, bytes: hex('00'.repeat(8)) },
    provider ?? { type: 0x01, bytes: utf16('P') },
    { type: 0x0a, bytes: hex('0900000000000000') },
  ]
  const root = (b: ChunkBytes) => () =>
    b.element('Event', {
      dependency: eventDependency,
      content: () =>
        b.element('System', {
          content: () => {
            b.element('Provider', { attributes: () => b.attribute('Name', () => b.slot(2, 0x01, 0x0e)) })
            b.element('EventID', { dependency: 0, content: () => b.slot(0, 0x06, 0x0e) })
            b.element('TimeCreated', { attributes: () => b.attribute('SystemTime', () => b.slot(1, 0x11, 0x0e)) })
            b.element('EventRecordID', { content: () => b.slot(3, 0x0a, 0x0e) })
            b.element('Channel', { content: () => b.value('C') })
            b.element('Computer', { content: () => b.value('HOST') })
          },
        }),
    })
  return logOf([chunkOf((b) => b.record(() => b.fragment(() => b.instance(root(b), values, TEMPLATE_GUID))))])
}

describe('Scanner.scanChunk() on root templates', () => {
  it('takes the fields from their slots', () => {
    const { systems } = scanLog(rootLog({ eventId: { type: 0x06, bytes: hex('2104') } }))
    expect([...systems.values()]).toEqual([
      {
        provider: 'P',
        eventId: '1057',
        level: '',
        timeCreated: '1601-01-01T00:00:00.0000000Z',
        recordId: '9',
        channel: 'C',
        computer: 'HOST',
      },
    ])
  })

  it.each<[string, Slots, string]>([
    ['an EventID of 32 bits', { eventId: { type: 0x08, bytes: hex('07000000') } }, 'P 7'],
    ['an EventID that is a text', { eventId: { type: 0x01, bytes: utf16('7') } }, 'P 7'],
    [
      'a provider with zeros behind it (quirk 28)',
      { eventId: { type: 0x06, bytes: hex('0700') }, provider: { type: 0x01, bytes: utf16('P\0') } },
      'P 7',
    ],
    [
      'a provider in ANSI (quirk 31)',
      { eventId: { type: 0x06, bytes: hex('0700') }, provider: { type: 0x02, bytes: hex('50') } },
      'P 7',
    ],
    ['no provider', { eventId: { type: 0x06, bytes: hex('0700') }, provider: { type: 0x00, bytes: hex('') } }, ' 7'],
    [
      'a time that is a text',
      {
        eventId: { type: 0x06, bytes: hex('0700') },
        time: { type: 0x01, bytes: utf16('2026-03-14T09:41:00.0000000Z') },
      },
      'P 7',
    ],
  ])('reads %s the slow way', (_, slots, expected) => {
    expect(ids(rootLog(slots))).toEqual([expected])
  })

  it('holds a record without EventID for damaged', () => {
    const { systems, damage } = scanLog(rootLog({ eventId: { type: 0x00, bytes: hex('') } }))
    expect(systems.size).toBe(0)
    expect(damage).toMatchObject([{ kind: 'record-content', offset: 4096 + 512 }])
  })

  // Half-written records have null there and zeros in all fields (evtx-rs-samples,
  // Microsoft-Windows-HelloForBusiness%4Operational.evtx, at 8080): counted, they would move their channel's bounds to 1601.
  it('holds a record whose Event element is left out for damaged, as the full decode does', () => {
    const log = rootLog({ eventId: { type: 0x06, bytes: hex('0000') } }, { eventDependency: 9 })
    expect([...walkLog(log)]).toMatchObject([{ kind: 'record-content' }])
    expect(scanLog(log).systems.size).toBe(0)
  })
})
