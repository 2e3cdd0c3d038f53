import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import * as evtxray from '../src/index.ts'

const { analyze, dump, EVERY_EVENT, english, findEvidence, isDamage, renderJson, timeline, toJson, walkLog, writeLog } =
  evtxray
const SAMPLE = fileURLToPath(new URL('../samples/key-denied', import.meta.url))
const watch = { signal: new AbortController().signal }
const scan = { threads: 1, recover: 'resync', verify: false } as const

describe('the front door', () => {
  it('opens on these, and on nothing by accident', () => {
    expect(Object.keys(evtxray).sort()).toEqual(
      [
        ...['EVERY_EVENT', 'EvtxError', 'FormatError', 'InputError', 'OutputError', 'QueryError', 'SCENARIOS'],
        ...['UsageError', 'analyze', 'dump', 'english', 'findEvidence', 'health', 'isDamage', 'renderJson'],
        ...['renderMarkdown', 'renderXml', 'say', 'timeline', 'toIso', 'toJson', 'toolVersion', 'walkLog', 'writeLog'],
        ...['LANGUAGE_CODES', 'bytesInMemory', 'chooseFormat', 'dwordOf', 'french', 'hashFiles', 'loadLanguage'],
        ...['machineFacts', 'openHive', 'qwordOf', 'renderHtml', 'textOf', 'textsOf'],
      ].sort(),
    )
  })

  it('leads from a folder to the result document', async () => {
    const collection = await findEvidence([SAMPLE])
    const window = { windowText: '24h', windowTicks: 864_000_000_000n, reference: 'last-event' } as const
    const { analysis } = await analyze(collection, { ...scan, window, referenceText: 'last-event' }, watch)
    const document = JSON.parse(renderJson(analysis, english))
    expect(document).toMatchObject({ schemaVersion: 1, hosts: [{ host: 'key-denied' }] })
    expect(document.hosts[0].findings[0]).toMatchObject({ scenario: 'listener-key-unusable', verdict: 'probable' })
  })

  it('leads from a folder to its events, as a dump and as a timeline', async () => {
    const collection = await findEvidence([SAMPLE])
    const filter = { ...EVERY_EVENT, eventIds: [{ first: 1058, last: 1058 }] }
    let written = ''
    const write = async (bytes: Uint8Array) => {
      written += Buffer.from(bytes).toString()
    }
    await dump(collection, { ...scan, format: 'jsonl', jsonShape: 'evtxray', filter }, write, watch)
    expect(
      written
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).EventID),
    ).toEqual([1058, 1058, 1058, 1058])
    written = ''
    await timeline(collection, { ...scan, format: 'jsonl', bom: false, filter }, write, watch)
    expect(
      written
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).EventId),
    ).toEqual([1058, 1058, 1058, 1058])
  })

  it('leads from a description to a log and back', () => {
    const log = writeLog([
      {
        provider: { name: 'Schannel' },
        eventId: 36870,
        timeCreated: '2026-03-13T16:02:10Z',
        channel: 'System',
        computer: 'RDS01',
        payload: { kind: 'eventData', items: [{ name: 'Type', value: 'server' }] },
      },
    ])
    const [record, ...others] = walkLog(log)
    if (!record || isDamage(record)) throw new Error('no record')
    expect(others).toEqual([])
    expect(toJson(record.event)).toMatchObject({ EventID: 36870, EventData: { Type: 'server' } })
  })
})
