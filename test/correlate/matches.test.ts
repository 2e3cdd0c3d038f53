import { describe, expect, it } from 'vitest'
import { duplicatesIn, matchesOf } from '../../src/correlate/matches.ts'
import { hostInput, replaceFailed } from '../support/events.ts'

const NEED = 'listener-certificate-failed'

describe('matchesOf()', () => {
  it('counts a record that lies in two copies of a log once', () => {
    const record = replaceFailed('10:00', 'x', { recordId: 7 })
    const found = matchesOf(hostInput([record, { ...record, file: 'copy/System.evtx' }]))
    expect(found.events(NEED)).toHaveLength(1)
    expect(found.count(NEED)).toBe(1)
  })

  it('says of an event where else it stands', () => {
    const record = replaceFailed('10:00', 'x', { recordId: 7, offset: 4608 })
    const copies = ['b.evtx', 'a.evtx'].map((file) => ({ ...record, file }))
    const [event, ...others] = matchesOf(hostInput([record, ...copies])).events(NEED)
    expect(others).toEqual([])
    expect(event).toMatchObject({ file: record.file })
    expect(event?.copies).toEqual([
      { file: 'a.evtx', offset: 4608 },
      { file: 'b.evtx', offset: 4608 },
    ])
  })

  it.each([
    ['says something else', { data: [{ value: 'y' }] }],
    ['is of another time, in a log that began anew', { timeCreated: replaceFailed('11:00').timeCreated }],
  ])('takes a record of the same number for another event that %s', (_, other) => {
    const record = replaceFailed('10:00', 'x', { recordId: 7 })
    const found = matchesOf(hostInput([record, { ...record, file: 'copy.evtx', ...other }]))
    expect(found.events(NEED).map(({ copies }) => copies)).toEqual([undefined, undefined])
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

describe('duplicatesIn()', () => {
  it('counts by log the records that stand elsewhere, each once', () => {
    const records = [7, 8].map((recordId) => replaceFailed('10:00', 'x', { recordId, offset: recordId * 512 }))
    const input = hostInput([...records, ...records.map((record) => ({ ...record, file: 'zcopy.evtx' }))])
    expect([...duplicatesIn(input)]).toEqual([['zcopy.evtx', 2]])
  })

  it('counts nothing on a host whose channels lie in a log each', () => {
    expect(duplicatesIn(hostInput([replaceFailed('10:00'), replaceFailed('11:00')])).size).toBe(0)
  })
})
