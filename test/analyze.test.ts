import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { type AnalyzeOptions, analyze } from '../src/analyze.ts'
import { HOUR } from '../src/bytes/filetime.ts'
import { UsageError } from '../src/errors.ts'
import type { WinEvent } from '../src/event/win-event.ts'
import type { Collection } from '../src/evidence/collection.ts'
import { findEvidence } from '../src/evidence/find-logs.ts'
import { CHUNK_SIZE } from '../src/evtx/chunk.ts'
import { writeLog } from '../src/evtx/write/log-writer.ts'
import { withOwnFolders } from '../src/finding/saved-folder.ts'
import { renderJson } from '../src/report/json.ts'
import { english } from '../src/report/language/en.ts'
import { damagedLogs } from './support/damaged-logs.ts'
import {
  attempt,
  authenticated,
  createFailed,
  describedAs,
  keyUnusable,
  LAST_DAY,
  sessionLogon,
  ticks,
} from './support/events.ts'
import { bulky, evidenceOf, SCAN, UNWATCHED } from './support/logs.ts'
import { isBuilt } from './support/run-binary.ts'
import { sampleLogs } from './support/samples.ts'
import { plant, temporaryFolder } from './support/temporary-folder.ts'

const SAMPLES = fileURLToPath(new URL('../samples/', import.meta.url))
const OPTIONS: AnalyzeOptions = { ...SCAN, window: LAST_DAY, referenceText: 'last-event' }

async function documentOf(
  collection: Collection,
  options: Partial<AnalyzeOptions> = {},
  run = analyze,
): Promise<string> {
  return renderJson((await run(collection, { ...OPTIONS, ...options }, UNWATCHED)).analysis, english)
}

/** The listener cannot use its key, and the next to knock is refused for it. */
function keyTrouble(computer: string): readonly WinEvent[] {
  return [
    createFailed('09:30:00', undefined, { computer }),
    attempt('09:30:09', { computer }),
    keyUnusable('09:30:10', {}, { computer }),
  ]
}

/** A long log in which what matters is far apart, with copies and another computer's records between. */
const longLog = writeLog([
  ...bulky(40).map((event) => ({ ...event, timeCreated: '2026-03-13T09:00:00Z' })),
  describedAs(createFailed('09:00:00')),
  ...bulky(300, (i) => ({ computer: i % 50 === 0 ? 'RDS02' : 'RDS01', form: i % 7 === 0 ? 'plain' : 'template' })),
  describedAs(keyUnusable('09:00:10')),
  ...bulky(60),
  describedAs(createFailed('09:30:00')),
  describedAs(keyUnusable('09:30:10')),
])

describe('analyze()', () => {
  it('says the same of a log however it is cut into ranges', async () => {
    const collection = await evidenceOf({ 'System.evtx': longLog })
    const whole = await documentOf(collection)
    expect(whole).toContain('listener-key-unusable')
    for (const chunks of [1, 3, 10]) {
      for (const recover of ['resync', 'slack'] as const) {
        const options = { batchBytes: chunks * CHUNK_SIZE, recover }
        expect(await documentOf(collection, options)).toBe(await documentOf(collection, { recover }))
      }
    }
  })

  it('says the same twice, and of two runs at once', async () => {
    const [samples, long] = [await findEvidence([SAMPLES]), await evidenceOf({ 'System.evtx': longLog })]
    const alone = [await documentOf(samples), await documentOf(long)]
    expect(await Promise.all([documentOf(samples), documentOf(long)])).toEqual(alone)
  })

  it('refuses a scenario that is not there', async () => {
    const collection = await evidenceOf({ 'System.evtx': longLog })
    await expect(analyze(collection, { ...OPTIONS, scenarios: ['nonsense'] }, UNWATCHED)).rejects.toThrow(UsageError)
  })

  it('stops with the reason of an abort', async () => {
    const watch = { signal: AbortSignal.abort('enough') }
    await expect(analyze(await evidenceOf({ 'System.evtx': longLog }), OPTIONS, watch)).rejects.toBe('enough')
  })
})

describe.skipIf(!isBuilt)('analyze() on worker threads (needs npm run build)', () => {
  let built: typeof analyze

  beforeAll(async () => {
    // A worker loads JavaScript: the built module, whose types are those of the source.
    const module = (await import(new URL('../dist/src/analyze.js', import.meta.url).href)) as {
      analyze: typeof analyze
    }
    built = module.analyze
  })

  it.each([1, 2, 4])('says the same of samples/ with %i threads as in this process', async (threads) => {
    const collection = await findEvidence([SAMPLES])
    expect(await documentOf(collection, { threads, batchBytes: 1_000_000 }, built)).toBe(await documentOf(collection))
  })

  it.each([1, 2, 4])('says the same of a log in many ranges with %i threads', async (threads) => {
    const collection = await evidenceOf({ 'System.evtx': longLog })
    const options = { threads, batchBytes: 2 * CHUNK_SIZE, verify: true, recover: 'slack' } as const
    expect(await documentOf(collection, options, built)).toBe(
      await documentOf(collection, { verify: true, recover: 'slack' }),
    )
  })

  it.each([1, 2, 4])('says the same of damaged logs with %i threads, whichever thread reads which', async (threads) => {
    const damaged = damagedLogs(
      sampleLogs().map(({ bytes }) => bytes),
      200,
    )
    const collection = await evidenceOf(Object.fromEntries(damaged.map((log, i) => [`${i}.evtx`, log])))
    expect(await documentOf(collection, { threads, batchBytes: 2 * CHUNK_SIZE }, built)).toBe(
      await documentOf(collection),
    )
  })
})

describe('analyze() of loose logs of eleven computers in one folder', () => {
  const names = Array.from({ length: 11 }, (_, i) => `PC${String(i + 1).padStart(2, '0')}`)

  /** PC01 cannot use its key, PC02 can be reached an hour later, the others have a quiet day. */
  function folder(): string {
    return plant(
      temporaryFolder(),
      Object.fromEntries(
        names.map((computer, i) => {
          const quiet = bulky(3, () => ({ computer }))
          const trouble = keyTrouble(computer)
          const success = [
            attempt('10:30:00', { computer }),
            authenticated('10:30:01', { computer }),
            sessionLogon('10:30:05', '10.0.0.5', { computer }),
          ]
          const story = [trouble, success][i] ?? []
          return [`${computer}.evtx`, writeLog([...quiet, ...story.map(describedAs)])]
        }),
      ),
    )
  }

  it('makes eleven hosts, of which one has a finding', async () => {
    const { analysis } = await analyze(await findEvidence([folder()]), OPTIONS, UNWATCHED)
    expect(analysis.hosts.map(({ host }) => host)).toEqual(names)
    const found = analysis.hosts.filter(({ findings }) => findings.length > 0).map(({ host }) => host)
    expect(found).toEqual(['PC01'])
    expect(analysis.hosts[0]?.findings[0]).toMatchObject({ scenario: 'listener-key-unusable', verdict: 'probable' })
    expect(analysis.hosts[0]?.lastGood).toBeUndefined()
    expect(analysis.hosts[1]?.lastGood).toBeDefined()
  })

  it('says of each what it says of that one alone, but for the folder that its repair saves in', async () => {
    const where = folder()
    const { analysis } = await analyze(await findEvidence([where]), OPTIONS, UNWATCHED)
    for (const host of analysis.hosts) {
      const alone = await analyze(await findEvidence([`${where}/${host.host}.evtx`]), OPTIONS, UNWATCHED)
      const [own] = withOwnFolders([...alone.analysis.hosts, ...alone.analysis.hosts])
      expect([own, alone.analysis.hosts.length]).toEqual([host, 1])
    }
  })

  it('tells them apart in one log as well', async () => {
    const mixed = writeLog([
      ...keyTrouble('PC01').map(describedAs),
      ...names.flatMap((computer) => bulky(2, () => ({ computer }))),
      describedAs(sessionLogon('10:30:05', '10.0.0.5', { computer: 'PC02' })),
    ])
    const { analysis } = await analyze(await evidenceOf({ 'Exported.evtx': mixed }), OPTIONS, UNWATCHED)
    expect(analysis.hosts.map(({ host }) => host)).toEqual(names)
    expect(analysis.hosts.filter(({ findings }) => findings.length > 0)).toHaveLength(1)
    expect(analysis.hosts[0]?.findings[0]?.verdict).toBe('probable')
  })
})

describe('analyze() of many kept records', () => {
  it('keeps a bounded number of them, and tells the true count', async () => {
    const first = describedAs(createFailed('01:00:00'))
    const events = Array.from({ length: 23_000 }, (_, i) => ({
      ...first,
      timeCreated: ticks('01:00:00') + (BigInt(i) * HOUR) / 10_000n,
    }))
    const collection = await evidenceOf({ 'System.evtx': writeLog(events) })
    const { analysis, stats } = await analyze(collection, OPTIONS, UNWATCHED)
    const [finding] = analysis.hosts[0]!.findings
    expect(finding?.counts.trigger).toBe(23_000)
    expect(finding!.evidence.length).toBeLessThan(2_100)
    expect(stats.decoded).toBeLessThan(20_200)
  })
})
