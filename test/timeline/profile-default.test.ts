import { describe, expect, it } from 'vitest'
import { rowOf } from '../../src/timeline/columns.ts'
import { renderCsvRows } from '../../src/timeline/csv.ts'
import { renderJsonlRows } from '../../src/timeline/jsonl.ts'
import { defaultProfile, readShared } from '../../src/timeline/profile-default.ts'
import { copyText, rowSource, rowText } from '../support/row-source.ts'

const { csv, jsonl, parquet } = defaultProfile.writers as Required<typeof defaultProfile.writers>
const source = rowSource({ computer: '=1+1', level: 2 }, 'RDS01')
const row = rowOf(source.event, source.host)
const dupOf = '=other "log".evtx@4608'

describe('defaultProfile', () => {
  it('writes a row as all rows of these columns are written, a copy too', () => {
    expect(rowText(csv, source)).toBe(renderCsvRows([row]))
    expect(rowText(jsonl, source)).toBe(renderJsonlRows([row]))
    expect(copyText(csv, source, dupOf)).toBe(renderCsvRows([{ ...row, dupOf }]))
    expect(copyText(jsonl, source, dupOf)).toBe(renderJsonlRows([{ ...row, dupOf }]))
  })

  it('finds the host of a row of any time, with a level and without', () => {
    for (const timeCreated of [0n, 0x7fffffffffffffffn]) {
      const leveled = rowSource({ timeCreated, level: 2, computer: 'RDS01' }, 'vm "1"')
      const { level, ...event } = leveled.event
      const lines = [leveled, { ...leveled, event }].map((each) => rowText(jsonl, each))
      expect([level, ...lines.map((line) => line.includes('"Level"'))]).toEqual([2, true, false])
      for (const line of lines) {
        expect(line.slice(jsonl.hostCell!.find(Buffer.from(line)))).toMatch(/^"vm \\"1\\"","Computer"/)
      }
    }
  })

  it('says the same of an event wherever it stands', () => {
    const { event } = source
    const elsewhere = { ...source, event: { ...event, file: 'copy.evtx', offset: 99, recovered: 'slack' as const } }
    for (const writer of [csv, jsonl, parquet]) {
      expect(writer.render(elsewhere).said).toBe(writer.render(source).said)
      expect(writer.render(elsewhere)).not.toEqual(writer.render(source))
    }
  })
})

describe('readShared()', () => {
  it('gives back what the rows of a Parquet file share', () => {
    expect(readShared(parquet.render(source).shared)).toEqual({
      level: 'Error',
      computer: '=1+1',
      provider: 'Service Control Manager',
      eventId: 7036,
      recovered: undefined,
    })
  })
})
