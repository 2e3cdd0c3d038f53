import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { mutateChunk } from '../../scripts/engines/mutate-chunk.ts'
import { random } from '../../scripts/samples/random.ts'
import { CHUNK_SIZE } from '../../src/evtx/chunk.ts'
import { FILE_HEADER_SIZE } from '../../src/evtx/file-header.ts'
import { EVERY_EVENT } from '../../src/query/filter.ts'
import { MatchReader, type TakeRecord } from '../../src/scan/read-matching.ts'
import { rowOutputOf } from '../../src/scan/row-output.ts'
import { RunBuilder } from '../../src/scan/row-run.ts'
import { type RunElsewhere, withElsewhere } from '../../src/scan/run-elsewhere.ts'
import { type TimelineBlock, type TimelineTask, timelineTask } from '../../src/scan/timeline-task.ts'
import { TIMELINE_FORMATS, type TimelineFormat } from '../../src/timeline/profile.ts'
import { writerOf } from '../../src/timeline/profiles.ts'
import { corpusLogs, HAS_CORPUS, readCorpus } from '../support/corpus.ts'
import { sampleLogs } from '../support/samples.ts'

const CHANGED_LOGS = 20
const CHUNKS_A_LOG = 32

const folder = mkdtempSync(join(tmpdir(), 'evtxray-rows-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A task for one log whose bytes are these. */
function taskOf(bytes: Uint8Array, format: TimelineFormat, name = 'Security.evtx'): TimelineTask {
  const path = join(folder, 'log.evtx')
  writeFileSync(path, bytes)
  const source = { kind: 'file', path } as const
  const range = { source, start: FILE_HEADER_SIZE, end: bytes.length + CHUNK_SIZE, foundSize: bytes.length, name }
  const ranges = [{ ...range, label: '', forwarded: false }]
  return { run: 1, ranges, profile: 'default', format, filter: EVERY_EVENT, recover: 'resync', verify: true }
}

/** The same by way of an event for each record. */
function slowly(task: TimelineTask): Promise<TimelineBlock> {
  return withElsewhere(task.logs, task.recover, (elsewhere) => eventByEvent(task, elsewhere))
}

async function eventByEvent(task: TimelineTask, elsewhere: RunElsewhere | undefined): Promise<TimelineBlock> {
  const writer = writerOf(task.profile, task.format)
  const run = new RunBuilder()
  const cells = { guarded: 0, cut: 0 }
  const reader = new MatchReader(task)
  const readings = []
  for (const range of task.ranges) {
    const take: TakeRecord = (record, asEvent) => {
      const event = asEvent()
      const { timeCreated: time, channel, recordId, file, offset, computer: host } = event
      run.add({ time, host, channel, recordId, file, offset }, writer.render({ record, event, host }, cells))
    }
    const reading = await reader.read(range, take, { elsewhere })
    readings.push(reading)
  }
  const rows = run.rows
  const finished = run.finish()
  return { rows, run: finished, readings, cells, engine: 'plain', moves: [finished.bytes.buffer] }
}

async function expectSame(task: TimelineTask, what: string): Promise<number> {
  const [quick, slow] = [await timelineTask(task), await slowly(task)]
  expect(quick.run.names, what).toEqual(slow.run.names)
  expect(Buffer.compare(quick.run.bytes, slow.run.bytes), what).toBe(0)
  expect([quick.engine, slow.engine], what).toEqual(['kernel', 'plain'])
  const told = ({ rows, readings, cells }: TimelineBlock) => ({ rows, readings, cells })
  expect(told(quick), what).toEqual(told(slow))
  return slow.rows
}

describe.each(TIMELINE_FORMATS)('the rows of the kernel are those of the events, in %s', (format) => {
  it('of every record of the samples, and nearly all are its own', async () => {
    let rows = 0
    let own = 0
    const output = rowOutputOf(1, format)!
    const add = output.add.bind(output)
    output.add = (...chunk) => {
      const taken = add(...chunk)
      own += taken?.records ?? 0
      return taken
    }
    for (const { path, bytes } of sampleLogs()) rows += await expectSame(taskOf(bytes, format), path)
    expect(rows).toBeGreaterThan(1_000)
    expect(own).toBeGreaterThan(0.9 * rows)
  })

  it.skipIf(!HAS_CORPUS)(
    'of every record of the corpus',
    async () => {
      let rows = 0
      for (const path of corpusLogs()) rows += await expectSame(taskOf(readCorpus(path), format), path)
      expect(rows).toBeGreaterThan(30_000)
    },
    120_000,
  )

  it(`of ${CHANGED_LOGS * CHUNKS_A_LOG} chunks with bytes changed, and tells the same damage`, async () => {
    const logs = sampleLogs().filter(({ bytes }) => bytes.length > FILE_HEADER_SIZE)
    for (let i = 0; i < CHANGED_LOGS; i++) {
      const { integer } = random(`rows ${format} ${i}`)
      const changed = new Uint8Array(FILE_HEADER_SIZE + CHUNKS_A_LOG * CHUNK_SIZE)
      changed.set(logs[0]!.bytes.subarray(0, FILE_HEADER_SIZE))
      for (let n = 0; n < CHUNKS_A_LOG; n++) {
        const { bytes } = logs[integer(0, logs.length - 1)]!
        const at = FILE_HEADER_SIZE + n * CHUNK_SIZE
        changed.set(bytes.subarray(FILE_HEADER_SIZE, FILE_HEADER_SIZE + CHUNK_SIZE), at)
        mutateChunk(changed.subarray(at, at + CHUNK_SIZE), (bound) => integer(0, bound - 1))
      }
      await expectSame(taskOf(changed, format), `log ${i}`)
    }
  })

  it('of a log whose name a spreadsheet would take for a formula', async () => {
    const { bytes } = sampleLogs()[0]!
    await expectSame(taskOf(bytes, format, '=cmd|calc.evtx'), 'formula')
  })
})

describe('rowOutputOf()', () => {
  it('gives the tasks of a run the same, and another run its own', () => {
    const first = rowOutputOf(8, 'csv')
    const again = rowOutputOf(8, 'csv')
    const other = rowOutputOf(9, 'csv')
    expect([first === again, first === other]).toEqual([true, false])
  })
})
