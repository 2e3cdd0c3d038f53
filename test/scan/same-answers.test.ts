import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parseIso, SECOND } from '../../src/bytes/filetime.ts'
import { winEventOf } from '../../src/event/decode.ts'
import { isNetworkAddress } from '../../src/event/session-address.ts'
import { field, type WinEvent } from '../../src/event/win-event.ts'
import type { LogFile } from '../../src/evidence/collection.ts'
import { FILE_HEADER_SIZE } from '../../src/evtx/file-header.ts'
import { isDamage, walkLog } from '../../src/evtx/log.ts'
import type { RecoverMode } from '../../src/evtx/record.ts'
import { EVERY_EVENT, type Filter, matcherOf } from '../../src/query/filter.ts'
import { KEPT_MATCHES, KEPT_OLDEST, type Need } from '../../src/query/need.ts'
import { MatchReader } from '../../src/scan/read-matching.ts'
import { packRunLogs, withElsewhere } from '../../src/scan/run-elsewhere.ts'
import { survey } from '../../src/scan/survey.ts'
import { allNeeds } from '../../src/scenarios/catalogue.ts'
import { corpusLogs, HAS_CORPUS, readCorpus } from '../support/corpus.ts'
import { SCAN, UNWATCHED } from '../support/logs.ts'

const CORPUS = fileURLToPath(new URL('../../../shared/corpus/', import.meta.url))
const RECOVER: RecoverMode = 'slack'

/** Every log of the corpus, wholly decoded: the slow truth. */
const logs = corpusLogs().map((name) => {
  const bytes = readCorpus(name)
  const events: WinEvent[] = []
  const lost = new Set<number>()
  for (const found of walkLog(bytes, { recover: RECOVER })) {
    const { offset } = found
    if (isDamage(found)) {
      if (found.kind === 'record-content') lost.add(offset)
      continue
    }
    const { recovered, template } = found
    const place = { file: name, offset, ...(recovered && { recovered }), ...(template && { template }) }
    events.push(winEventOf(found.event, place))
  }
  const file: LogFile = {
    source: { kind: 'file', path: join(CORPUS, name) },
    name,
    size: bytes.length,
    root: 0,
    forwarded: false,
  }
  return { file, events, lost }
})

const ticks = (time: string) => parseIso(time)!.ticks
const FILTERS: Readonly<Record<string, Partial<Filter>>> = {
  'a provider in another case': { providers: ['MICROSOFT-WINDOWS-sysmon'] },
  'ids and ranges': {
    eventIds: [
      { first: 4624, last: 4634 },
      { first: 1, last: 1 },
      { first: 7036, last: 7036 },
    ],
  },
  'a channel': { channels: ['security'] },
  'a time': { since: ticks('2019-03-01T00:00:00Z'), until: ticks('2019-04-01T00:00:00Z') },
  'what no gate knows: computers and levels': { computers: ['iewin7', 'PC01.example.corp'], levels: [0, 2] },
  'all at once': {
    providers: ['Microsoft-Windows-Security-Auditing', 'Microsoft-Windows-Sysmon'],
    channels: ['Security'],
    eventIds: [{ first: 4600, last: 4700 }],
    levels: [0],
    since: ticks('2019-01-01T00:00:00Z'),
  },
  'nothing that is there': { providers: ['No-Such-Provider'] },
}

describe.skipIf(!HAS_CORPUS)('MatchReader with gates, on every log of the corpus', () => {
  it.each(Object.entries(FILTERS))('gives what decoding everything gives, asked for %s', async (what, part) => {
    const filter = { ...EVERY_EVENT, ...part }
    let count = 0
    for (const { file, events } of logs) {
      const range = { source: file.source, name: file.name, start: FILE_HEADER_SIZE, end: file.size }
      const found = await withElsewhere(packRunLogs([file]), RECOVER, async (elsewhere) => {
        const reader = new MatchReader({ filter, recover: RECOVER, verify: false })
        const events: WinEvent[] = []
        await reader.read(range, (_, asEvent) => events.push(asEvent()), { elsewhere })
        return events
      })
      expect(found, file.name).toEqual(events.filter((event) => matcherOf(filter)(event)))
      count += found.length
    }
    if (what !== 'nothing that is there') expect(count).toBeGreaterThan(0)
    else expect(count).toBe(0)
  })
})

/** Whether an event answers a need, in the plainest way. */
function answers(event: WinEvent, need: Need): boolean {
  const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()
  if (!same(event.provider, need.provider) || !need.eventIds.includes(event.eventId)) return false
  if (need.channels && !need.channels.some((channel) => same(channel, event.channel))) return false
  return (need.where ?? []).every((test) => {
    const value = field(event, test.name)
    if ('is' in test) return isNetworkAddress(value)
    if ('secondsApart' in test) {
      const [a, b] = [value, field(event, test.other)].map((text) => parseIso(text ?? '')?.ticks)
      return a !== undefined && b !== undefined && (a > b ? a - b : b - a) > BigInt(test.secondsApart) * SECOND
    }
    return (value !== undefined && test.values.some((wanted) => same(wanted, value))) !== (test.negate ?? false)
  })
}

/** Which record an event is; copies of one are alike. */
const identity = ({ recordId, timeCreated, eventId }: Pick<WinEvent, 'recordId' | 'timeCreated' | 'eventId'>) =>
  `${recordId} ${timeCreated} ${eventId}`

describe.skipIf(!HAS_CORPUS)('survey(), on every log of the corpus', () => {
  it('finds for the needs of all scenarios what decoding everything finds', async () => {
    const needs = allNeeds()
    const collection = { roots: [], refused: [], logs: logs.map(({ file }) => file) }
    const surveyed = await survey(collection, needs, SCAN, UNWATCHED)
    const answered = new Set<string>()
    for (const [index, { file, events, lost }] of logs.entries()) {
      const { groups } = surveyed[index]!
      const live = events.filter(({ recovered }) => recovered !== 'slack')
      for (const { group, rows } of groups) {
        const mine = live.filter(({ computer, channel }) => computer === group.computer && channel === group.channel)
        for (const [position, need] of needs.entries()) {
          const wanted = new Set(mine.filter((event) => answers(event, need)).map(identity))
          // Where a record is may be known although its fields cannot be decoded.
          const kept = [...(rows.get(position)?.all() ?? [])].filter(({ offset }) => !lost.has(offset)).map(identity)
          const most = KEPT_MATCHES + KEPT_OLDEST
          expect(kept.length, `${file.name} ${need.id}`).toBe(Math.min(wanted.size, most))
          expect(
            kept.filter((each) => !wanted.has(each)),
            `${file.name} ${need.id}`,
          ).toEqual([])
          if (kept.length > 0) answered.add(need.id)
        }
      }
    }
    // The corpus has RDP logs: most of what is asked for occurs in it.
    expect(answered.size).toBeGreaterThan(needs.length / 2)
  })

  it('counts every record that can be decoded', async () => {
    const collection = { roots: [], refused: [], logs: logs.map(({ file }) => file) }
    const options = { ...SCAN, recover: RECOVER }
    const surveyed = await survey(collection, [], options, UNWATCHED)
    for (const [index, { file, events }] of logs.entries()) {
      expect(surveyed[index]!.records, file.name).toBeGreaterThanOrEqual(events.length)
      const live = events.filter(({ recovered }) => recovered !== 'slack')
      const counted = surveyed[index]!.groups.reduce((sum, { group }) => sum + group.records, 0)
      expect(counted, file.name).toBeGreaterThanOrEqual(live.length)
    }
  })
})
