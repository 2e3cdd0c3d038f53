import { describe, expect, it } from 'vitest'
import { type AnalyzeOptions, analyze } from '../src/analyze.ts'
import { SECOND, toIso } from '../src/bytes/filetime.ts'
import type { WinEvent } from '../src/event/win-event.ts'
import { writeLog } from '../src/evtx/write/log-writer.ts'
import { renderJson } from '../src/report/json.ts'
import { english } from '../src/report/language/en.ts'
import {
  certificateMade,
  credentialFailed,
  describedAs,
  keyUnusable,
  LAST_DAY,
  replaceFailed,
  ticks,
} from './support/events.ts'
import { evidenceOf, SCAN, UNWATCHED } from './support/logs.ts'

const OPTIONS: AnalyzeOptions = { ...SCAN, window: LAST_DAY, referenceText: 'last-event' }

/** So many failures, one a second. */
function failures(count: number, from: string): readonly WinEvent[] {
  const start = ticks(from)
  return Array.from({ length: count }, (_, second) => replaceFailed(toIso(start + BigInt(second) * SECOND)))
}

/** The finding of one System log, as `report.json` has it. */
async function documentOf(events: readonly WinEvent[]) {
  const log = writeLog(events.map(describedAs))
  const { analysis } = await analyze(await evidenceOf({ 'System.evtx': log }), OPTIONS, UNWATCHED)
  const [finding, ...others] = JSON.parse(renderJson(analysis, english)).hosts[0].findings
  expect(others).toEqual([])
  const why = (id: string) => finding.rules.find((rule: { id: string }) => rule.id === id)?.why.text
  return { ...finding, summary: finding.summary.text, trigger: why('trigger'), owners: why('attributed-to-listener') }
}

const OF_ANOTHER = { CallerProcessImageName: 'C:\\Windows\\System32\\inetsrv\\w3wp.exe', CallerProcessId: '44' }

describe('of more failures than are kept', () => {
  it('all are told where RDP worked before all but the first few', async () => {
    const found = await documentOf([...failures(10, '01:00'), certificateMade('02:00'), ...failures(25_000, '03:00')])
    expect(found.counts).toMatchObject({ trigger: 25_000, context: 11 })
    expect(found.trigger).toMatch(/^25,000 failures since it last worked/)
    expect(found.summary).toMatch(/^Since 2026-03-14 03:00:00 UTC the Remote Desktop service failed 25,000 times /)
    expect(found.moreTriggers).toBeUndefined()
  })

  it('those that RDP has outlived are told apart', async () => {
    const found = await documentOf([...failures(23_000, '01:00'), certificateMade('08:00'), ...failures(30, '09:00')])
    expect(found.counts).toMatchObject({ trigger: 30, context: 23_001 })
    expect(found.trigger).toMatch(/^30 failures since it last worked/)
    expect(found.summary).toMatch(/ failed 30 times /)
    expect(found.moreTriggers).toBeUndefined()
  })

  it('it is said that there may be more where nobody knows on which side of it they lie', async () => {
    const found = await documentOf([...failures(50, '01:00'), certificateMade('02:00'), ...failures(25_000, '03:00')])
    expect(found.counts).toMatchObject({ trigger: 20_000, context: 5_051 })
    expect(found.trigger).toMatch(/^At least 20,000 failures since it last worked/)
    expect(found.summary).toMatch(/^Since 2026-03-14 04:23:20 UTC or earlier the .* failed at least 20,000 times /)
    expect(found.moreTriggers).toBe(true)
  })

  it('nobody knows either whose those were where the listener is not the only one that fails', async () => {
    const events = failures(24_000, '03:00').map(({ timeCreated }, second) =>
      keyUnusable(toIso(timeCreated), second % 2 === 0 ? OF_ANOTHER : {}),
    )
    const found = await documentOf(events)
    expect(found.counts).toMatchObject({ trigger: 10_025, refute: 10_025, context: 3_950 })
    expect(found.trigger).toMatch(/^At least 10,025 failures, the latest at/)
    expect(found.owners).toMatch(/^At least 10,025 failures that nothing ties to the RDP listener/)
    expect(found.moreTriggers).toBe(true)
  })

  it.each(['36870', '36871'])('another service is not said to be the only one that fails: %s', async (id) => {
    const fail = id === '36870' ? keyUnusable : credentialFailed
    const events = failures(24_000, '03:00').map(({ timeCreated }) => fail(toIso(timeCreated), OF_ANOTHER))
    const found = await documentOf(events)
    expect(found.verdict).toBe('possible')
    expect(found.summary).toMatch(
      /The 20,050 failures that were looked at are another service's; nobody looked whether others are/,
    )
    expect(found.owners).toMatch(/^At least 20,050 failures belong to another service/)
    const few = await documentOf(events.slice(0, 9_000))
    expect([few.verdict, few.counts.refute]).toEqual(['refuted', 9_000])
  })

  it('another service’s failures clear the listener where all since RDP last worked were looked at', async () => {
    const fail = (time: bigint) => keyUnusable(toIso(time), OF_ANOTHER)
    const before = failures(24_000, '01:00').map(({ timeCreated }) => fail(timeCreated))
    const after = failures(100, '09:00').map(({ timeCreated }) => fail(timeCreated))
    const found = await documentOf([...before, certificateMade('08:00'), ...after])
    expect([found.verdict, found.summary]).toEqual([
      'refuted',
      expect.stringMatching(/failed 100 times .*, but each time for/),
    ])
    // Nothing failed since it worked: what was before is over, whosever it was.
    expect(await documentOf([...before, certificateMade('08:00')])).toMatchObject({ verdict: 'historic' })
  })

  it('of a log and its copy no exact number is claimed', async () => {
    const log = writeLog(failures(25_000, '01:00').map(describedAs))
    const copies = await evidenceOf({ 'System.evtx': log, 'old/System.evtx': log })
    const { analysis } = await analyze(copies, OPTIONS, UNWATCHED)
    const [finding] = analysis.hosts[0]!.findings
    expect(finding?.rules.find(({ id }) => id === 'trigger')?.why.params.count).toEqual({ atLeast: 10_025 })
    expect(finding).toMatchObject({ hasMoreTriggers: true, counts: { trigger: 10_025 } })
  })
})
