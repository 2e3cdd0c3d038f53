import fc from 'fast-check'
import { expect, test } from 'vitest'
import { levelName, renderFields, renderTime, rowOf, type TimelineRow } from '../../src/timeline/columns.ts'
import { csvHeader, renderCells, renderCsvRows } from '../../src/timeline/csv.ts'
import { at } from '../support/finding.ts'
import { readCsv } from '../support/read-csv.ts'

function row(more: Partial<TimelineRow> = {}): TimelineRow {
  const event = {
    provider: 'Schannel',
    channel: 'System',
    computer: 'RDS01',
    eventId: 36870,
    timeCreated: at('2026-03-13T16:02:11.0200001Z'),
    recordId: 48_113,
    file: 'RDS01/System.evtx',
    offset: 70_144,
    level: 2,
    data: [{ name: 'Type', value: 'server' }],
  }
  return { ...rowOf(event, 'RDS01'), ...more }
}

test('csvHeader() is the documented line, with the mark for Excel only when asked for', () => {
  const line =
    'TimeCreatedUtc,Level,Host,Computer,Channel,Provider,EventId,RecordId,Role,Scenario,Summary,Fields,SourceFile,Offset,Recovered,DupOf\r\n'
  expect(csvHeader()).toBe(line)
  expect(csvHeader({ bom: true })).toBe(`\ufeff${line}`)
})

test('renderCsvRows() quotes texts, leaves numbers bare and absent cells empty', () => {
  expect(renderCsvRows([row({ role: 'trigger' })])).toBe(
    '"2026-03-13 16:02:11.0200001","Error","RDS01","RDS01","System","Schannel",36870,48113,"trigger",,,' +
      '"{""Type"":""server""}","RDS01/System.evtx",70144,,\r\n',
  )
})

test('renderCsvRows() of no rows is empty', () => {
  expect(renderCsvRows([])).toBe('')
})

test('renderCsvRows() of hostile text is read back as one line of sixteen harmless cells, and counted', () => {
  const tally = { guarded: 0, cut: 0 }
  const hostile = '=HYPERLINK("http://evil","x")\r\n"quoted", next'
  const [cells, ...rest] = readCsv(renderCsvRows([row({ computer: hostile, summary: '＋1' })], tally))
  expect(rest).toEqual([])
  expect(cells).toHaveLength(16)
  expect(cells?.[3]).toBe('\'=HYPERLINK("http://evil","x") ¦ "quoted", next')
  expect(cells?.[10]).toBe("'＋1")
  expect(tally).toEqual({ guarded: 2, cut: 0 })
})

test('renderCsvRows() writes the same bytes as csv-stringify, and another reader gets every cell back, whatever the texts', () => {
  const nasty = fc.string({ unit: fc.constantFrom('"', ',', '\r', '\n', '=', ' ', 'a', '\u001b', '😀', '|', '\t') })
  fc.assert(
    fc.property(fc.array(fc.record({ computer: nasty, summary: nasty, value: nasty })), (texts) => {
      const rows = texts.map(({ value, ...more }) => row({ ...more, data: [{ name: value, value }] }))
      const cells = rows.map((r) => [
        renderTime(r.timeCreated),
        levelName(r.level),
        r.host,
        r.computer,
        r.channel,
        r.provider,
        r.eventId,
        r.recordId,
        r.role,
        r.scenario,
        r.summary,
        renderFields(r),
        r.file,
        r.offset,
        r.recovered,
        r.dupOf,
      ])
      const csv = renderCsvRows(rows)
      expect(csv).toBe(renderCells(cells))
      const read = readCsv(csv)
      expect(read.map((line) => line.length)).toEqual(rows.map(() => 16))
      for (const [index, line] of read.entries()) {
        expect(JSON.parse(line[11] ?? '')).toEqual(JSON.parse(renderFields(rows[index] ?? row())))
        expect(line.join('')).not.toMatch(/[\r\n\u001b]/)
      }
    }),
  )
})
