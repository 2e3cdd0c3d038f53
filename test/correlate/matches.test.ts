import { describe, expect, it } from 'vitest'
import { matchesOf } from '../../src/correlate/matches.ts'
import { hostInput, replaceFailed } from '../support/events.ts'

const NEED = 'listener-certificate-failed'

describe('matchesOf()', () => {
  it('counts a record that lies in two copies of a log once', () => {
    const record = replaceFailed('10:00', 'x', { recordId: 7 })
    const found = matchesOf(hostInput([record, { ...record, file: 'copy/System.evtx' }]))
    expect(found.events(NEED)).toHaveLength(1)
    expect(found.count(NEED)).toBe(1)
  })

  it('prefers the living record to the copy in slack', () => {
    const record = replaceFailed('10:00', 'x', { recordId: 7 })
    const found = matchesOf(
      hostInput([
        { ...record, recovered: 'slack', offset: 4096 },
        { ...record, offset: 8192 },
      ]),
    )
    expect(found.events(NEED)).toMatchObject([{ offset: 8192 }])
  })

  it('keeps the true count where more matched than are kept', () => {
    expect(matchesOf(hostInput([replaceFailed('10:00')], { counts: { [NEED]: 5_000 } })).count(NEED)).toBe(5_000)
  })
})
