import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { mutateChunk } from '../../scripts/engines/mutate-chunk.ts'
import { random } from '../../scripts/samples/random.ts'
import { parseIso, ticksFrom } from '../../src/bytes/filetime.ts'
import type { Damage } from '../../src/errors.ts'
import { winEventOf } from '../../src/event/decode.ts'
import type { WinEvent } from '../../src/event/win-event.ts'
import { CHUNK_SIZE } from '../../src/evtx/chunk.ts'
import { FILE_HEADER_SIZE } from '../../src/evtx/file-header.ts'
import { decodeRecord, isDamage, type LogRecord } from '../../src/evtx/log.ts'
import type { Dialect } from '../../src/evtx/plan.ts'
import { Scanner } from '../../src/evtx/scanner.ts'
import { TemplateCache } from '../../src/evtx/template.ts'
import { EVERY_EVENT, type Filter, matcherOf } from '../../src/query/filter.ts'
import { gateOf } from '../../src/query/filter-gate.ts'
import { type DumpTask, dumpTask } from '../../src/scan/dump-task.ts'
import type { Engine } from '../../src/scan/engine.ts'
import type { MatchOptions, NamedRange, RangeReading } from '../../src/scan/read-matching.ts'
import { dataDamage, readRange } from '../../src/scan/read-range.ts'
import { RecordOutput } from '../../src/scan/record-output.ts'
import { rowOutputOf } from '../../src/scan/row-output.ts'
import { type Run, RunBuilder } from '../../src/scan/row-run.ts'
import { withElsewhere } from '../../src/scan/run-elsewhere.ts'
import { timelineTask } from '../../src/scan/timeline-task.ts'
import type { ProfileName, TimelineFormat } from '../../src/timeline/profile.ts'
import { writerOf } from '../../src/timeline/profiles.ts'
import { corpusLogs, HAS_CORPUS, readCorpus } from '../support/corpus.ts'
import { sampleLogs } from '../support/samples.ts'

const CHANGED_LOGS = 3
const CHUNKS_A_LOG = 32

const ticks = (time: string) => parseIso(time)!.ticks
/** Some ask what a gate knows, some what only the exact filter does. */
const FILTERS: Readonly<Record<string, Partial<Filter>>> = {
  'one event id': { eventIds: [{ first: 4624, last: 4624 }] },
  'all event ids': { eventIds: [{ first: 0, last: 65_535 }] },
  'a range of event ids of one provider': { eventIds: [{ first: 1, last: 50_000 }], providers: ['Schannel', 'sysmon'] },
  'the end of a provider': { providers: ['Security-Auditing'] },
  'a channel': { channels: ['system', 'Sysmon/Operational'] },
  'a time': { since: ticks('2019-01-01T00:00:00Z'), until: ticks('2026-03-14T10:00:00Z') },
  'a time that never was': { since: ticks('2999-01-01T00:00:00Z') },
  'nothing that is there': { providers: ['No-Such-Provider'] },
  'a level': { levels: [2, 3] },
  'the level of what has none': { levels: [0] },
  'a computer': { computers: ['RDS01', 'iewin7', 'MSEDGEWIN10'] },
  'all at once': {
    eventIds: [{ first: 1, last: 60_000 }],
    providers: ['Security-Auditing', 'Schannel', 'Sysmon'],
    channels: ['Security', 'System', 'Sysmon/Operational'],
    levels: [0, 2, 4],
    since: ticks('2010-01-01T00:00:00Z'),
  },
}
/** Of records that these do not want nobody tells whether they can be decoded. */
const ASKS_BESIDE_THE_GATE = new Set(['a level', 'the level of what has none', 'a computer', 'all at once'])

/** What is asked for, and by whom. */
const DUMPS: readonly (readonly [Dialect, Engine['name']])[] = [
  ['xml', 'kernel'],
  ['json', 'kernel'],
  ['evtx_dump', 'kernel'],
  ['xml', 'plain'],
  ['json', 'plain'],
  ['evtx_dump', 'plain'],
]
const TIMELINES: readonly (readonly [ProfileName, TimelineFormat])[] = [
  ['default', 'csv'],
  ['default', 'jsonl'],
  ['default', 'parquet'],
  ['timesketch', 'jsonl'],
]

const folder = mkdtempSync(join(tmpdir(), 'evtxray-filtered-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
afterEach(() => vi.unstubAllEnvs())

/** One log of the chunks of all. */
function joined(logs: readonly Uint8Array[]): Uint8Array {
  const chunks = logs.map((bytes) => bytes.subarray(FILE_HEADER_SIZE))
  const whole = chunks.map((bytes) => bytes.subarray(0, bytes.length - (bytes.length % CHUNK_SIZE)))
  return Buffer.concat([logs[0]!.subarray(0, FILE_HEADER_SIZE), ...whole])
}

/** A range of one log whose bytes are these. */
function rangeOf(bytes: Uint8Array): NamedRange {
  const path = join(folder, 'log.evtx')
  writeFileSync(path, bytes)
  const end = bytes.length + CHUNK_SIZE
  return {
    source: { kind: 'file', path },
    start: FILE_HEADER_SIZE,
    end,
    foundSize: bytes.length,
    name: 'Security.evtx',
  }
}

/** What a filter lets through, decoded to trees. */
interface Truth {
  readonly found: readonly { readonly record: LogRecord; readonly event: WinEvent }[]
  readonly reading: Omit<RangeReading, 'names'>
}

/** Every record that the gate lets through is decoded to its tree, and the exact filter asks the event. */
function slowly(range: NamedRange, { filter, recover, verify }: MatchOptions): Promise<Truth> {
  return withElsewhere(undefined, recover, async (elsewhere) => {
    const templates = new TemplateCache()
    const damage: Damage[] = []
    const found: { record: LogRecord; event: WinEvent }[] = []
    const matches = matcherOf(filter)
    const { since = 0n, until = ticksFrom(0xffffffff, 0xffffffff) } = filter
    const onDamage = (one: Damage) => void damage.push(one)
    const scanner = new Scanner(gateOf(filter), {
      onDamage,
      onMatch: (scanned, chunk, fileOffset) => {
        const time = ticksFrom(scanned.timeLow, scanned.timeHigh)
        if (time < since || time > until) return
        const record = decodeRecord(chunk, fileOffset, scanned, { templates, elsewhere })
        if (typeof record === 'string') return
        if (isDamage(record)) {
          onDamage(record)
          return
        }
        const { offset, recovered, template } = record
        const place = { file: range.name, offset, ...(recovered && { recovered }), ...(template && { template }) }
        const event = winEventOf(record.event, place)
        if (matches(event)) found.push({ record, event })
      },
    })
    elsewhere?.startLog(range.source)
    await readRange(range, {
      onDamage,
      onChunk: (chunk, fileOffset, { dirty }) => {
        templates.startChunk()
        const ofData = verify && dataDamage(chunk, fileOffset)
        if (ofData) onDamage(ofData)
        scanner.scanChunk(chunk, fileOffset, { recover, dirty, elsewhere })
      },
    })
    const { records, recovered, copies } = scanner
    const damaged = damage.filter(({ kind }) => kind === 'record-framing' || kind === 'record-content').length
    return { found, reading: { records, recovered, copies, damaged, damage } }
  })
}

const trees = new Map<Dialect, RecordOutput>()

function textOf({ found }: Truth, dialect: Dialect): string {
  const output = trees.get(dialect) ?? new RecordOutput(dialect, 'plain')
  trees.set(dialect, output)
  output.clear()
  output.startLog('Security.evtx', { withRecovered: true })
  for (const { record } of found) output.addDecoded(record)
  return Buffer.concat(output.parts()).toString()
}

function runOf({ found }: Truth, profile: ProfileName, format: TimelineFormat): Run {
  const writer = writerOf(profile, format)
  const run = new RunBuilder()
  for (const { record, event } of found) {
    const { timeCreated: time, channel, recordId, file, offset, computer: host } = event
    run.add({ time, host, channel, recordId, file, offset }, writer.render({ record, event, host }))
  }
  return run.finish()
}

let runs = 1_000

/** Compares what is written of logs with the truth, in every format. */
class Comparison {
  readonly #what: string
  readonly #options: MatchOptions
  readonly #run = runs++
  wanted = 0

  constructor(what: string) {
    this.#what = what
    this.#options = { filter: { ...EVERY_EVENT, ...FILTERS[what] }, recover: 'resync', verify: true }
  }

  async add(bytes: Uint8Array, name: string, dumps = DUMPS, timelines = TIMELINES): Promise<void> {
    const range = rangeOf(bytes)
    const truth = await slowly(range, this.#options)
    const common = { ...this.#options, run: this.#run }
    for (const [dialect, engine] of dumps) {
      vi.stubEnv('EVTXRAY_ENGINE', engine === 'plain' ? 'plain' : undefined)
      const format = dialect === 'xml' ? 'xml' : 'jsonl'
      const jsonShape = dialect === 'evtx_dump' ? 'evtx_dump' : 'evtxray'
      const run = this.#run + 1_000 * (1 + DUMPS.findIndex(([one, by]) => one === dialect && by === engine))
      const task: DumpTask = { ...common, run, ranges: [range], format, jsonShape, withRecovered: true }
      const block = await dumpTask(task, 'here')
      const where = `${name} ${dialect} ${engine}`
      expect(Buffer.concat(block.parts).toString(), where).toBe(textOf(truth, dialect))
      expect([block.engine, block.rendered], where).toEqual([engine, truth.found.length])
      this.#expectReading(block.readings[0]!, truth, where)
    }
    for (const [profile, format] of timelines) {
      const run = this.#run + 1_000 * (1 + TIMELINES.findIndex(([one, as]) => one === profile && as === format))
      const ranges = [{ ...range, label: '', forwarded: false }]
      const block = await timelineTask({ ...common, run, ranges, profile, format })
      const expected = runOf(truth, profile, format)
      const where = `${name} ${profile} ${format}`
      expect([block.run.names, block.run.hosts], where).toEqual([expected.names, expected.hosts])
      expect(Buffer.compare(block.run.bytes, expected.bytes), where).toBe(0)
      expect(block.rows, where).toBe(truth.found.length)
      this.#expectReading(block.readings[0]!, truth, where)
    }
    this.wanted += truth.found.length
  }

  #expectReading({ names, ...reading }: RangeReading, truth: Truth, where: string): void {
    expect(names, where).toBeDefined()
    if (!ASKS_BESIDE_THE_GATE.has(this.#what)) {
      expect(reading, where).toEqual(truth.reading)
      return
    }
    const { damage, damaged, ...counts } = reading
    expect(truth.reading, where).toMatchObject(counts)
    expect(damaged, where).toBeLessThanOrEqual(truth.reading.damaged)
    expect(truth.reading.damage, where).toEqual(expect.arrayContaining([...damage]))
  }
}

const samples = sampleLogs()
  .map(({ bytes }) => bytes)
  .filter((bytes) => bytes.length > FILE_HEADER_SIZE)

describe.each(Object.keys(FILTERS))('asked for %s, every format is written as from trees', (what) => {
  it('of the samples', async () => {
    const comparison = new Comparison(what)
    await comparison.add(joined(samples), 'samples')
    expect(comparison.wanted > 0).toBe(!what.includes('never') && !what.includes('nothing'))
  }, 60_000)

  it(`of ${CHANGED_LOGS * CHUNKS_A_LOG} chunks with bytes changed`, async () => {
    const comparison = new Comparison(what)
    for (let i = 0; i < CHANGED_LOGS; i++) {
      const { integer } = random(`filtered ${what} ${i}`)
      const changed = new Uint8Array(FILE_HEADER_SIZE + CHUNKS_A_LOG * CHUNK_SIZE)
      changed.set(samples[0]!.subarray(0, FILE_HEADER_SIZE))
      for (let n = 0; n < CHUNKS_A_LOG; n++) {
        const at = FILE_HEADER_SIZE + n * CHUNK_SIZE
        const bytes = samples[integer(0, samples.length - 1)]!
        changed.set(bytes.subarray(FILE_HEADER_SIZE, FILE_HEADER_SIZE + CHUNK_SIZE), at)
        mutateChunk(changed.subarray(at, at + CHUNK_SIZE), (bound) => integer(0, bound - 1))
      }
      const turn = i + CHANGED_LOGS * Object.keys(FILTERS).indexOf(what)
      const [dump, timeline] = [DUMPS[turn % DUMPS.length]!, TIMELINES[turn % TIMELINES.length]!]
      await comparison.add(changed, `log ${i}`, [dump], [timeline])
    }
  }, 60_000)
})

describe.skipIf(!HAS_CORPUS).each(['one event id', 'a range of event ids of one provider', 'a level'])(
  'asked for %s, every format is written as from trees',
  (what) => {
    it('of the corpus', async () => {
      const comparison = new Comparison(what)
      await comparison.add(joined(corpusLogs().map(readCorpus)), 'corpus')
      expect(comparison.wanted).toBeGreaterThan(100)
    }, 120_000)
  },
)

describe('a filtered timeline', () => {
  it('leaves next to nothing of healthy logs to the trees', async () => {
    const run = runs++
    const output = rowOutputOf(run, 'csv')!
    const add = output.addRecord.bind(output)
    let own = 0
    output.addRecord = (offset, size) => {
      const isAdded = add(offset, size)
      if (isAdded) own++
      return isAdded
    }
    const ranges = [{ ...rangeOf(joined(samples)), label: '', forwarded: false }]
    const filter = { ...EVERY_EVENT, eventIds: [{ first: 0, last: 65_535 }] }
    const task = { run, ranges, profile: 'default', format: 'csv', filter, recover: 'resync', verify: false } as const
    const { rows } = await timelineTask(task)
    expect(own).toBeGreaterThan(0.9 * rows)
  })
})
