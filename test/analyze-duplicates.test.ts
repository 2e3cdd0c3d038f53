import { expect, it } from 'vitest'
import { type AnalyzeOptions, analyze } from '../src/analyze.ts'
import type { WinEvent } from '../src/event/win-event.ts'
import { writeLog } from '../src/evtx/write/log-writer.ts'
import { renderJson } from '../src/report/json.ts'
import { english } from '../src/report/language/en.ts'
import { attempt, createFailed, describedAs, keyUnusable, LAST_DAY } from './support/events.ts'
import { evidenceOf, SCAN, UNWATCHED } from './support/logs.ts'

const OPTIONS: AnalyzeOptions = { ...SCAN, window: LAST_DAY, referenceText: 'last-event' }
const NAMES = ['System.evtx', 'zz/System-archived.evtx', 'zz/System-exported.evtx']

async function analysisOf(files: Readonly<Record<string, Uint8Array>>) {
  return (await analyze(await evidenceOf(files), OPTIONS, UNWATCHED)).analysis
}

function events(computer = 'RDS01'): readonly WinEvent[] {
  return [
    createFailed('09:30:00', undefined, { computer, recordId: 11 }),
    attempt('09:30:09', { computer, recordId: 12, channel: 'System' }),
    keyUnusable('09:30:10', {}, { computer, recordId: 13 }),
  ]
}

function logOf(all: readonly WinEvent[], form: 'template' | 'plain' = 'template'): Uint8Array {
  return writeLog(all.map((event) => ({ ...describedAs(event), recordId: event.recordId, form })))
}

it('analyze() counts an event once that lies in a log, its archive and an export, and says where else it stands', async () => {
  const log = logOf(events())
  const once = await analysisOf({ [NAMES[0]!]: log })
  const thrice = await analysisOf({ [NAMES[0]!]: log, [NAMES[1]!]: log, [NAMES[2]!]: logOf(events(), 'plain') })
  const [finding] = thrice.hosts[0]!.findings
  expect(finding).toMatchObject({ verdict: once.hosts[0]!.findings[0]!.verdict })
  expect(finding!.counts).toEqual(once.hosts[0]!.findings[0]!.counts)
  const trigger = finding!.evidence.find(({ eventId }) => eventId === 36870)!
  expect(trigger.file).toMatch(/[/\\]System\.evtx$/)
  expect(trigger.copies?.map(({ file }) => file.replace(/^.*(archived|exported).*$/, '$1'))).toEqual([
    'archived',
    'exported',
  ])
  const document = JSON.parse(renderJson(thrice, english))
  const counted = document.inputs.map((input: { duplicates?: number }) => input.duplicates)
  expect(counted).toEqual([undefined, 2, 2])
  expect(document.hosts[0].findings[0].evidence.at(-1).copies).toHaveLength(2)
})

it('analyze() takes the same record numbers and times of two hosts for two events', async () => {
  const two = await analysisOf({ 'a.evtx': logOf(events('PC1')), 'b.evtx': logOf(events('PC2')) })
  expect(two.hosts.map(({ host }) => host)).toEqual(['PC1', 'PC2'])
  for (const { findings } of two.hosts) {
    expect(findings).toHaveLength(1)
    expect(findings[0]!.evidence.some(({ copies }) => copies !== undefined)).toBe(false)
  }
  expect(two.inputs.some(({ duplicates }) => duplicates !== undefined)).toBe(false)
})

it('analyze() takes the records of a log that began anew for new ones', async () => {
  const later = events().map((event) => ({ ...event, timeCreated: event.timeCreated + 36_000_000_000n }))
  const both = await analysisOf({ 'a.evtx': logOf(events()), 'b.evtx': logOf(later) })
  const [finding] = both.hosts[0]!.findings
  expect(finding!.counts.trigger).toBe(
    2 * (await analysisOf({ 'a.evtx': logOf(events()) })).hosts[0]!.findings[0]!.counts.trigger,
  )
  expect(both.inputs.some(({ duplicates }) => duplicates !== undefined)).toBe(false)
})
