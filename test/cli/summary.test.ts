import { describe, expect, it } from 'vitest'
import { damageLines, passedLines, statsLine, summaryLine, unreadLines } from '../../src/cli/summary.ts'
import { english } from '../../src/report/language/en.ts'
import { voiceOf } from '../../src/report/language/voice.ts'
import { renderSize } from '../../src/report/quantity.ts'

const STATS = { files: 14, bytes: 190_840_832, records: 205_812, decoded: 61, threads: 2 }
const SIZE = renderSize(STATS.bytes, voiceOf(english))

describe('summaryLine()', () => {
  it('tells what was read and how long it took', () => {
    expect(summaryLine(STATS, 0.4249)).toBe(`Read 14 logs, ${SIZE}, 205,812 records in 0.42 s`)
    expect(summaryLine(STATS, 1, 2)).toMatch(/^Read 12 of 14 logs, /)
    expect(summaryLine({ ...STATS, files: 1 }, 1, 1)).toMatch(/^Read 0 of 1 log, /)
    expect(summaryLine({ ...STATS, files: 1, records: 1 }, 1)).toBe(`Read 1 log, ${SIZE}, 1 record in 1.00 s`)
  })
})

describe('passedLines()', () => {
  it('says what lay in the way and what to do about it, and names five zips', () => {
    expect(passedLines({})).toEqual([])
    const unopened = Array.from({ length: 7 }, (_, i) => `case/${i}.zip`)
    const volumesAbove = [{ given: 'F:/Windows\x1b', volume: 'F:', real: 'F:' }]
    const lines = passedLines({ unopened, volumesAbove })
    expect(lines[0]).toMatch(
      /^"F:\/Windows.*" lies in a Windows volume: give "F:" to look at its registry and key files/,
    )
    expect(lines[0]).not.toContain('\x1b')
    expect(lines[1]).toMatch(/^7 zip files were not opened/)
    expect(lines.slice(2)).toEqual([...unopened.slice(0, 5).map((name) => `  ${name}`), '  and 2 more'])
  })

  it('names links, as what they lead to was not read', () => {
    expect(passedLines({ links: ['case/a.evtx'] })).toEqual([
      '1 link was not followed; what a link leads to is read when it is an argument of its own:',
      '  case/a.evtx',
    ])
  })
})

describe('damageLines()', () => {
  it('counts places and logs, and says who tells where; nothing where there is no damage', () => {
    expect(damageLines([])).toEqual([])
    expect(damageLines([{ file: 'a.evtx' }])).toEqual(['Damage in 1 place of 1 log: evtxray info tells where'])
    expect(damageLines([{ file: 'a.evtx' }, { file: 'b.evtx' }, { file: 'a.evtx' }])).toEqual([
      'Damage in 3 places of 2 logs: evtxray info tells where',
    ])
    expect(damageLines([{ file: 'a.evtx' }], 1_600)).toEqual([
      'Damage in 1,601 places of 1 log: evtxray info tells where',
    ])
  })
})

describe('statsLine()', () => {
  it('is one line that a script can split', () => {
    expect(statsLine(STATS, 0.5)).toMatch(
      /^stats: bytes=190840832 records=205812 decoded=61 threads=2 engine=plain seconds=0\.500 mb_per_s=382 peak_mb=\d+$/,
    )
  })
})

describe('unreadLines()', () => {
  it('lists each with its reason, and nothing when all was read', () => {
    expect(unreadLines([])).toEqual([])
    expect(unreadLines([{ name: 'a\x1b[2J', reason: 'Gone' }])).toEqual([
      '1 file or folder could not be read:',
      '  a\\u{1b}[2J: Gone',
    ])
  })
})
