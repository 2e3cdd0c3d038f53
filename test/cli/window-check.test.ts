import { describe, expect, it } from 'vitest'
import { ticksFromUnixMs } from '../../src/bytes/filetime.ts'
import { parseMoment } from '../../src/cli/parse-time.ts'
import { outsideNotes } from '../../src/cli/window-check.ts'

const day = (n: number): bigint => ticksFromUnixMs(Date.UTC(2026, 2, n))
const host = (name: string, first: number, last: number, window = { start: day(first), end: day(last) }) => ({
  host: name,
  windows: { window, log: { start: day(first), end: day(last) } },
})

describe('outsideNotes()', () => {
  it('is silent for bounds that touch the logs, and without bounds', () => {
    const hosts = [host('A', 10, 12)]
    expect(outsideNotes({ since: parseMoment('2026-03-12') }, hosts)).toEqual([])
    expect(outsideNotes({ until: parseMoment('2026-03-10') }, hosts)).toEqual([])
    expect(outsideNotes({}, hosts)).toEqual([])
  })

  it('refuses a window behind or before all records', () => {
    const hosts = [host('A', 10, 12)]
    expect(() => outsideNotes({ since: parseMoment('2026-03-13') }, hosts)).toThrow(
      'A: the logs end at 2026-03-12T00:00:00.0000000Z, before --since 2026-03-13: the window holds no record',
    )
    expect(() => outsideNotes({ until: parseMoment('2026-03-09') }, hosts)).toThrow(
      'A: the logs begin at 2026-03-10T00:00:00.0000000Z, after --until 2026-03-09: the window holds no record',
    )
  })

  it('refuses a reference before all records, and notes one whose window begins behind them', () => {
    const before = () => outsideNotes({ reference: parseMoment('2026-03-09') }, [host('A', 10, 12)])
    expect(before).toThrow('after --reference 2026-03-09: the window holds no record')
    const behind = host('A', 10, 12, { start: day(13), end: day(14) })
    expect(outsideNotes({ reference: 'now' }, [behind])).toEqual([
      'A: the logs end at 2026-03-12T00:00:00.0000000Z, before the window: it holds no record, and only the time since the last start was judged',
    ])
    expect(outsideNotes({ reference: 'now' }, [host('A', 10, 12)])).toEqual([])
  })

  it('refuses a window that ends with System before it begins', () => {
    const hosts = [host('A', 10, 14, { start: day(13), end: day(12) })]
    expect(() => outsideNotes({ since: parseMoment('2026-03-13') }, hosts)).toThrow('--until sets another end')
  })

  it('notes the hosts outside when another has records inside', () => {
    const notes = outsideNotes({ since: parseMoment('2026-03-13') }, [host('A', 10, 12), host('B', 10, 14)])
    expect(notes).toEqual(['A: the logs end at 2026-03-12T00:00:00.0000000Z, before --since 2026-03-13'])
    expect(outsideNotes({ since: parseMoment('2026-03-13') }, [{ host: 'C' }])).toEqual([])
  })
})
