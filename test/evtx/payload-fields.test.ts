import { describe, expect, it } from 'vitest'
import { parseIso } from '../../src/bytes/filetime.ts'
import type { Chunk } from '../../src/evtx/chunk.ts'
import { isElement, type XmlElement } from '../../src/evtx/element.ts'
import { isDamage, walkLog } from '../../src/evtx/log.ts'
import { PayloadFields, UNDECIDED } from '../../src/evtx/payload-fields.ts'
import type { ScannedRecord } from '../../src/evtx/scanned-record.ts'
import { attributeOf, childOf, textOf } from '../../src/evtx/system.ts'
import { TemplateCache } from '../../src/evtx/template.ts'
import type { DescribedPayload, EventDescription } from '../../src/evtx/write/event-description.ts'
import { writeLog } from '../../src/evtx/write/log-writer.ts'
import { corpusLogs, HAS_CORPUS, readCorpus } from '../support/corpus.ts'
import { scanLog } from '../support/scan-log.ts'

function event(payload: DescribedPayload, fields: Partial<EventDescription> = {}): EventDescription {
  return {
    provider: { name: 'P' },
    eventId: 7,
    timeCreated: '2026-03-14T09:41:00Z',
    channel: 'System',
    computer: 'HOST',
    payload,
    ...fields,
  }
}

/** Text of the first field of that name. */
function textFound(fields: PayloadFields, chunk: Chunk, record: ScannedRecord, name: string) {
  const found = fields.find(chunk, record, name)
  if (found === UNDECIDED) return UNDECIDED
  return found === 'absent' ? undefined : fields.text(chunk, found)
}

/** What is read of each record of a log under these names. */
function readAll(log: Uint8Array, names: readonly string[]): (string | undefined | typeof UNDECIDED)[][] {
  const templates = new TemplateCache()
  const fields = new PayloadFields(templates)
  const read: (string | undefined | typeof UNDECIDED)[][] = []
  let last = -1
  scanLog(log, {
    onMatch(record, chunk, fileOffset) {
      if (last !== fileOffset) templates.startChunk()
      last = fileOffset
      read.push(names.map((name) => textFound(fields, chunk, record, name)))
    },
  })
  return read
}

/** The first field of each name, in lower case, in a decoded event: the leaves of EventData or UserData. */
function decodedFields(event: XmlElement): Map<string, string> {
  const found = new Map<string, string>()
  const visit = (element: XmlElement): void => {
    const inner = element.children.filter(isElement)
    for (const child of inner) visit(child)
    if (inner.length > 0) return
    const name = element.name === 'Data' ? (attributeOf(element, 'Name') ?? '') : element.name.replace(/^.*:/, '')
    if (!found.has(name.toLowerCase())) found.set(name.toLowerCase(), textOf(element))
  }
  for (const name of ['EventData', 'UserData']) {
    const payload = childOf(event, name)
    for (const child of payload?.children ?? []) if (isElement(child)) visit(child)
  }
  return found
}

describe('PayloadFields.find()', () => {
  const named: DescribedPayload = {
    kind: 'eventData',
    items: [
      { name: 'LogonType', value: 10 },
      { name: 'Empty', value: '' },
      { name: 'Nothing', value: { type: 'null' } },
      { name: 'Twice', value: 'first' },
      { name: 'Twice', value: 'second' },
      { name: 'Flag', value: { type: 'bool', value: true } },
    ],
  }

  it('reads named items, by any letter case of the template', () => {
    const names = ['logontype', 'empty', 'twice', 'flag', 'absent']
    expect(readAll(writeLog([event(named)]), names)).toEqual([['10', '', 'first', 'true', undefined]])
  })

  it('reads the values of the record at hand, not those of the one before', () => {
    const logon = (type: number) => event({ kind: 'eventData', items: [{ name: 'LogonType', value: type }] })
    expect(readAll(writeLog([2, 3, 10].map(logon)), ['logontype'])).toEqual([['2'], ['3'], ['10']])
  })

  it('reads the elements of UserData', () => {
    const payload: DescribedPayload = {
      kind: 'userData',
      element: 'EventXML',
      items: [{ name: 'Address', value: '::1' }],
    }
    expect(readAll(writeLog([event(payload)]), ['address'])).toEqual([['::1']])
  })

  it('leaves to the decoder what has no payload template', () => {
    const log = writeLog([event(named, { form: 'plain' }), event({ kind: 'none' })])
    expect(readAll(log, ['logontype'])).toEqual([[UNDECIDED], [UNDECIDED]])
  })

  it('leaves arrays to the decoder', () => {
    const log = writeLog([event({ kind: 'classic', strings: ['a', 'b'] })])
    expect(readAll(log, [''])).toEqual([[UNDECIDED]])
  })
})

describe('PayloadFields.ticks()', () => {
  /** What is read of the first record under each name. */
  function ticksOf(payload: DescribedPayload, names: readonly string[], form: EventDescription['form'] = 'template') {
    const fields = new PayloadFields(new TemplateCache())
    const read: (bigint | undefined | typeof UNDECIDED)[] = []
    scanLog(writeLog([event(payload, { form })]), {
      onMatch: (record, chunk) => read.push(...names.map((name) => fields.ticks(chunk, record, name))),
    })
    return read
  }
  const times: DescribedPayload = {
    kind: 'eventData',
    items: [
      { name: 'First', value: { type: 'filetime', value: 0n } },
      { name: 'Last', value: { type: 'filetime', value: 2n ** 64n - 1n } },
      { name: 'Some', value: { type: 'filetime', value: 134_179_548_600_000_001n } },
      { name: 'Text', value: '2026-03-14T09:41:00.0000001Z' },
      { name: 'Word', value: 'yesterday' },
      { name: 'Number', value: 10 },
    ],
  }

  it('takes a FILETIME as it stands, and a text for what it says', () => {
    expect(ticksOf(times, ['first', 'some', 'text'])).toEqual([0n, 134_179_548_600_000_001n, 134_179_548_600_000_001n])
  })

  it('takes the greatest FILETIME for the number that it is', () => {
    expect(ticksOf(times, ['last'])).toEqual([2n ** 64n - 1n])
  })

  it('knows what says no time, and what it cannot tell', () => {
    expect(ticksOf(times, ['word', 'number', 'absent'])).toEqual([undefined, undefined, undefined])
    expect(ticksOf(times, ['some'], 'plain')).toEqual([UNDECIDED])
  })
})

describe.skipIf(!HAS_CORPUS)('PayloadFields.find() beside the full decode', () => {
  it('gives for every named field of every third log what the full decode gives', () => {
    const different: string[] = []
    const notInTime: string[] = []
    let compared = 0
    let undecided = 0
    for (const path of corpusLogs().filter((_, i) => i % 3 === 0)) {
      const log = readCorpus(path)
      const decoded = new Map<number, Map<string, string>>()
      for (const found of walkLog(log)) if (!isDamage(found)) decoded.set(found.offset, decodedFields(found.event))
      const templates = new TemplateCache()
      const fields = new PayloadFields(templates)
      let last = -1
      scanLog(log, {
        onMatch(record, chunk, fileOffset) {
          if (last !== fileOffset) templates.startChunk()
          last = fileOffset
          const expected = decoded.get(fileOffset + record.offset)
          if (!expected) return
          for (const name of [...expected.keys(), 'no such field']) {
            const read = textFound(fields, chunk, record, name)
            compared++
            if (read === UNDECIDED) undecided++
            else if (fields.ticks(chunk, record, name) !== parseIso(read ?? '')?.ticks)
              notInTime.push(`${path} ${name}`)
            else if (read !== expected.get(name)) different.push(`${path} ${record.offset} ${name}: ${String(read)}`)
          }
        },
      })
    }
    expect(different.slice(0, 5)).toEqual([])
    expect(notInTime.slice(0, 5)).toEqual([])
    expect(compared).toBeGreaterThan(50_000)
    // Most are decided without decoding, or it would not be worth it.
    expect(undecided / compared).toBeLessThan(0.1)
  })
})
