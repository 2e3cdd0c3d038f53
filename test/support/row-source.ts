import { winEventOf } from '../../src/event/decode.ts'
import { isDamage, walkLog } from '../../src/evtx/log.ts'
import type { EventDescription } from '../../src/evtx/write/event-description.ts'
import { writeLog } from '../../src/evtx/write/log-writer.ts'
import type { RowSource, RowWriter } from '../../src/timeline/profile.ts'
import { described } from './logs.ts'

/** What a profile makes the row of a described event from, written to a log and read again. */
export function rowSource(over: Partial<EventDescription>, host = 'RDS01'): RowSource {
  const [record] = walkLog(writeLog([described('', over)]))
  if (record === undefined || isDamage(record)) throw new Error('The event cannot be read')
  const { offset } = record
  return { record, event: winEventOf(record.event, { file: 'RDS01/System.evtx', offset }), host }
}

/** The text of a row. */
export function rowText(writer: RowWriter, source: RowSource): string {
  const { before, said, after } = writer.render(source)
  return `${before}${said}${after}`
}

/** The text of a row that is a copy of another. */
export function copyText(writer: RowWriter, source: RowSource, first: string): string {
  const text = rowText(writer, source)
  if (!text.endsWith(writer.ending.end)) throw new Error('The row does not end as its writer says')
  return writer.ending.copyEnd === undefined
    ? text
    : text.slice(0, -writer.ending.end.length) + writer.ending.copyEnd(first)
}
