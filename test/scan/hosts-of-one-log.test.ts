import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { analyze } from '../../src/analyze.ts'
import type { WinEvent } from '../../src/event/win-event.ts'
import { findEvidence } from '../../src/evidence/find-logs.ts'
import { writeLog } from '../../src/evtx/write/log-writer.ts'
import { attempt, booted, describedAs, keyUnusable, LAST_DAY, renamed } from '../support/events.ts'
import { evidenceOf, SCAN, UNWATCHED } from '../support/logs.ts'
import { plant, temporaryFolder } from '../support/temporary-folder.ts'
import { zipOf } from '../support/zip-bytes.ts'

const OPTIONS = { ...SCAN, window: LAST_DAY, referenceText: 'last-event' } as const

function logOf(events: readonly WinEvent[]): Uint8Array {
  return writeLog(events.map(describedAs))
}

describe('analyze() of one log with the records of many computers', () => {
  it('joins all that were renamed, however many they are together', async () => {
    const machines = 1_100
    const log = logOf(
      Array.from({ length: machines }, (_, i) => [
        renamed('09:00', 'IMAGE', `WIN-${i}`, { computer: `WIN-${i}` }),
        renamed('10:00', `WIN-${i}`, `PC-${i}`, { computer: `PC-${i}` }),
      ]).flat(),
    )
    const { analysis } = await analyze(await evidenceOf({ 'System.evtx': log }), OPTIONS, UNWATCHED)
    expect(analysis.hosts).toHaveLength(machines)
    expect(analysis.hosts.every(({ computers }) => computers.length === 2)).toBe(true)
  })

  it('judges each computer of a forwarded log in a zip as of one that is unpacked', async () => {
    const log = logOf(
      Array.from({ length: 30 }, (_, i) => {
        const computer = `PC-${i % 10}`
        const at = (second: number) => `10:${String(i + 10)}:0${second}`
        return [
          booted(at(0), { computer }),
          attempt(at(1), { computer }),
          keyUnusable(at(2), { Type: i % 3 === 0 ? 'client' : 'server' }, { computer }),
        ]
      }).flat(),
    )
    const files = { 'ForwardedEvents.evtx': log }
    const zip = join(plant(temporaryFolder(), { 'logs.zip': zipOf(files, { method: 8 }) }), 'logs.zip')
    const [plain, zipped] = await Promise.all(
      [await evidenceOf(files), await findEvidence([zip])].map((collection) => analyze(collection, OPTIONS, UNWATCHED)),
    )
    const findings = (result: typeof plain) =>
      result!.analysis.hosts.map(({ computers, findings: found }) => [
        computers,
        found.map(({ verdict, counts, evidence }) => [verdict, counts, evidence.map(({ offset }) => offset)]),
      ])
    expect(findings(zipped)).toEqual(findings(plain))
    expect(plain!.analysis.hosts.filter(({ findings: found }) => found.length > 0)).toHaveLength(10)
  })
})
