import { toIso } from '../bytes/filetime.ts'
import { toJson } from '../evtx/json.ts'
import { renderEvtxDumpJson } from '../evtx/json-evtx-dump.ts'
import type { LogRecord } from '../evtx/log.ts'
import { renderXml } from '../evtx/xml.ts'
import { type MatchOptions, MatchReader, type NamedRange, type RangeReading } from './read-matching.ts'
import { TextBlock } from './text-block.ts'

/** What a dump is written as; JSON has two shapes (see `docs/format.md`). */
export type DumpFormat = 'xml' | 'jsonl'
export type JsonShape = 'evtxray' | 'evtx_dump'

/** Ranges of logs to render whole. */
export interface DumpTask extends MatchOptions {
  readonly ranges: readonly NamedRange[]
  readonly format: DumpFormat
  readonly jsonShape: JsonShape
  /** Records that were recovered stand among the others. */
  readonly withRecovered: boolean
}

/** The text of a task's records, in order. */
export interface DumpBlock {
  readonly bytes: Uint8Array
  /** For each range. */
  readonly readings: readonly RangeReading[]
  /** Recovered records that were left out. */
  readonly leftOut: number
  readonly rendered: number
}

/** Decodes and renders the records of a task's ranges. */
export async function dumpTask(task: DumpTask): Promise<DumpBlock> {
  const reader = new MatchReader(task)
  const block = new TextBlock()
  let rendered = 0
  const readings: RangeReading[] = []
  let leftOut = 0
  for (const range of task.ranges) {
    readings.push(
      await reader.read(range, (record) => {
        if (record.recovered && !task.withRecovered) {
          leftOut++
          return
        }
        block.add(render(record, range.name, task))
        rendered++
      }),
    )
  }
  return { bytes: block.toBytes(), readings, leftOut, rendered }
}

function render(record: LogRecord, file: string, { format, jsonShape }: DumpTask): string {
  if (format === 'xml') {
    const comment = record.recovered ? `<!-- recovered: ${record.recovered} -->` : ''
    return comment + renderXml(record.event)
  }
  if (jsonShape === 'evtx_dump') return `${renderEvtxDumpJson(record.event)}\n`
  const { offset, recordId, writtenTime, recovered } = record
  const meta = { file, offset, recordId, writtenTime: toIso(writtenTime), ...(recovered && { recovered }) }
  return `${JSON.stringify({ ...toJson(record.event), _meta: meta })}\n`
}
