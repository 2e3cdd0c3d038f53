import { expect, it } from 'vitest'
import { type AnalyzeOptions, analyze } from '../src/analyze.ts'
import { walkLog } from '../src/evtx/log.ts'
import { writeLog } from '../src/evtx/write/log-writer.ts'
import { renderXml } from '../src/evtx/xml.ts'
import { attempt, createFailed, describedAs, keyUnusable, LAST_DAY } from './support/events.ts'
import { evidenceOf, SCAN, UNWATCHED } from './support/logs.ts'

const OPTIONS: AnalyzeOptions = { ...SCAN, window: LAST_DAY, referenceText: 'last-event' }

/** So many failures, a minute apart, each with a client and a Schannel record behind it. */
function logOf(failures: number, computer = 'RDS01'): Uint8Array {
  const clock = (minute: number, second: string) =>
    `${String(1 + Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:${second}`
  const events = Array.from({ length: failures }, (_, n) => [
    createFailed(clock(n, '00'), undefined, { computer, recordId: 3 * n + 1 }),
    attempt(clock(n, '09'), { computer, recordId: 3 * n + 2, channel: 'System' }),
    keyUnusable(clock(n, '10'), {}, { computer, recordId: 3 * n + 3 }),
  ]).flat()
  return writeLog(events.map((event) => ({ ...describedAs(event), recordId: event.recordId })))
}

it('analyze() carries the XML of triggers as Windows writes it: of the first and the latest, 20 a finding at most', async () => {
  const log = logOf(30)
  const { analysis } = await analyze(await evidenceOf({ 'System.evtx': log }), OPTIONS, UNWATCHED)
  const [finding] = analysis.hosts[0]!.findings
  const triggers = finding!.evidence.filter(({ role }) => role === 'trigger')
  expect(triggers).toHaveLength(30)
  expect(triggers.map(({ xml }) => xml !== undefined)).toEqual(triggers.map((_, n) => n === 0 || n > 10))
  expect(finding!.evidence.some(({ role, xml }) => role !== 'trigger' && xml !== undefined)).toBe(false)
  const written = new Map([...walkLog(log)].map((found) => ['event' in found ? found.offset : -1, found]))
  for (const { offset, xml } of triggers) {
    const found = written.get(offset)
    if (xml !== undefined) expect(found && 'event' in found && renderXml(found.event)).toBe(xml)
  }
})

it('analyze() gives every finding of many the XML of one trigger at least, and of all no more than 200 beyond that', async () => {
  const names = Array.from({ length: 14 }, (_, n) => `PC${n}`)
  const files = Object.fromEntries(names.map((name) => [`${name}.evtx`, logOf(16, name)]))
  const { analysis } = await analyze(await evidenceOf(files), OPTIONS, UNWATCHED)
  const counts = analysis.hosts.flatMap(({ findings }) =>
    findings.map(({ evidence }) => evidence.filter(({ xml }) => xml !== undefined).length),
  )
  expect(counts).toHaveLength(14)
  expect(Math.min(...counts)).toBeGreaterThanOrEqual(1)
  expect(counts.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(200 + counts.length)
})
