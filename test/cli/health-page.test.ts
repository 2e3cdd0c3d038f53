import { describe, expect, it } from 'vitest'
import { DAY } from '../../src/bytes/filetime.ts'
import { renderHealthJson, renderHealthText } from '../../src/cli/health-page.ts'
import { english } from '../../src/report/language/en.ts'
import { voiceOf } from '../../src/report/language/voice.ts'
import { renderSize } from '../../src/report/quantity.ts'
import type { ChannelHealth, LogHealth } from '../../src/scan/health.ts'

const channel = (name: string): ChannelHealth => ({
  channel: name,
  records: 1200,
  firstTime: 155_000n * DAY,
  lastTime: 155_001n * DAY,
  firstRecordId: 7,
  lastRecordId: 1206,
})

const log: LogHealth = {
  file: 'logs/System.evtx',
  size: 69_632,
  header: { dirty: true, full: false, version: '3.1', chunkCount: 3, nextRecordId: 1207, checksumOk: true },
  chunksUsed: 1,
  chunksEmpty: 2,
  chunksDamaged: 0,
  records: 1200,
  recovered: 0,
  copies: 0,
  damaged: 0,
  channels: [channel('System')],
  providers: 21,
  computers: ['RDS01'],
  damage: [],
}

describe('renderHealthText()', () => {
  it('says how a log is, in a few lines', () => {
    expect(renderHealthText([log])).toBe(`logs/System.evtx
  ${renderSize(log.size, voiceOf(english))}, chunks: 1 used (the header says 3), 2 unused, 0 damaged
  1,200 records
  version 3.1, not closed, which is usual on a snapshot (dirty)
  next record 1207, header checksum good
  computers: RDS01; 21 providers
  channel System
  ids 7–1206, 2025-05-18 00:00:00 → 2025-05-19 00:00:00 UTC
  no damage
`)
  })

  it('calls a header’s checksum wrong only where that is damage, and else says what marks the log', () => {
    const line = (header: Partial<NonNullable<LogHealth['header']>>) =>
      /header checksum (.*)/.exec(renderHealthText([{ ...log, header: { ...log.header!, ...header } }]))?.[1]
    expect(line({ checksumOk: false, dirty: false, noChecksums: true })).toBe(
      'not used: the log is marked to have none',
    )
    expect(line({ checksumOk: false, dirty: true })).toBe('out of date, as in any log that was not closed')
    expect(line({ checksumOk: false, dirty: false })).toBe('wrong')
    expect(line({ noChecksums: true })).toBe('good')
  })

  it('makes a table of several channels', () => {
    const lines = renderHealthText([{ ...log, channels: [channel('System'), channel('Security')] }]).split('\n')
    expect(lines).toContain('  channel   records  ids     first (UTC)          last (UTC)')
    expect(lines).toContain('  Security    1,200  7–1206  2025-05-18 00:00:00  2025-05-19 00:00:00')
  })

  it('lists damage with its place, and counts what it does not list', () => {
    const damage = Array.from({ length: 12 }, (_, i) => {
      return { file: log.file, kind: 'record-framing' as const, offset: 4096 + i, length: i, detail: 'A size is wrong' }
    })
    const text = renderHealthText([{ ...log, damage, damaged: 1 }])
    expect(text).toContain('  damage in 12 places, 1 record damaged\n')
    expect(text).toContain('    at 0x1001: record-framing: A size is wrong, 1 byte lost\n')
    expect(text).toContain('    … 2 more: --format json\n')
    const more = renderHealthText([{ ...log, damage, unlistedDamage: { places: 1_600, hidden: 0 } }])
    expect(more).toContain('  damage in 1,612 places\n')
    expect(more).toContain('    … 2 more: --format json\n    … and 1,600 more that are counted and not listed\n')
  })

  it('lets nothing that a log holds act on the terminal', () => {
    const hostile = { ...log, computers: ['\x1b[2J'], channels: [channel('\x1b[1m'), channel('\x9b')] }
    expect(renderHealthText([hostile])).not.toMatch(/[\x1b\x9b]/)
  })

  it('says why a log could not be read, and that its header cannot', () => {
    const { header: _, ...bare } = log
    expect(renderHealthText([bare])).toContain('  the file header cannot be read\n')
    expect(renderHealthText([{ ...log, failure: 'gone' }])).toContain('  could not be read whole: gone\n')
  })
})

describe('renderHealthJson()', () => {
  it('holds all of it, with times as ISO', () => {
    const [document] = JSON.parse(renderHealthJson([log]))
    expect(document).toMatchObject({ file: log.file, header: log.header, damage: [] })
    const [hurt] = JSON.parse(renderHealthJson([{ ...log, unlistedDamage: { places: 1, hidden: 0 } }]))
    expect(Object.keys(hurt)).toEqual(Object.keys(document))
    expect(document.channels[0]).toMatchObject({ firstTime: '2025-05-18T00:00:00.0000000Z', firstRecordId: 7 })
  })
})
