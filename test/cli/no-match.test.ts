import { describe, expect, it } from 'vitest'
import { noMatchNotes } from '../../src/cli/no-match.ts'

const log = (name: string) => ({
  source: { kind: 'file', path: name } as const,
  name,
  size: 1,
  root: 0,
  forwarded: false,
})
const collection = { logs: [log('F:/System.evtx'), log('F:/Microsoft-Windows-X%4Operational.evtx')] }
const stats = { records: 1200, decoded: 0 }

describe('noMatchNotes()', () => {
  it('tells that nothing matched, of how many', () => {
    expect(noMatchNotes({}, stats, collection)).toEqual(['0 of 1,200 records matched'])
    expect(noMatchNotes({ channel: ['system'] }, { ...stats, records: 1 }, collection)).toEqual([
      '0 of 1 record matched',
    ])
  })

  it('names the channel that was meant, or those there are', () => {
    expect(noMatchNotes({ channel: ['Systm', 'Quite-Another'] }, stats, collection)).toEqual([
      '0 of 1,200 records matched',
      'No log here is named after the channel "Systm": did you mean "System"?',
      'No log here is named after the channel "Quite-Another": there are Microsoft-Windows-X/Operational, System',
    ])
  })

  it('is silent when a record matched, and when there was none', () => {
    expect(noMatchNotes({ channel: ['Systm'] }, { records: 5, decoded: 1 }, collection)).toEqual([])
    expect(noMatchNotes({}, { records: 0, decoded: 0 }, collection)).toEqual([])
  })
})
