import { describe, expect, it } from 'vitest'
import { listsByLog } from '../../src/correlate/by-log.ts'

const of = (file: string, channel: string, recordId: number) => ({ file, channel, recordId })

describe('listsByLog()', () => {
  it('parts the records of logs and channels, in the order of their first', () => {
    const [a, b, c, d, e] = [of('x', 'A', 1), of('y', 'A', 1), of('x', 'B', 2), of('x', 'A', 3), of('y', 'A', 4)]
    expect(listsByLog([a, b, c, d, e])).toEqual([[a, d], [b, e], [c]])
  })

  it('takes a channel for the same in whatever case', () => {
    const [a, b, c] = [of('x', 'System', 1), of('x', 'SYSTEM', 2), of('x', 'System', 3)]
    expect(listsByLog([a, b, c])).toEqual([[a, b, c]])
  })

  it('has no lists of nothing', () => {
    expect(listsByLog([])).toEqual([])
  })
})
