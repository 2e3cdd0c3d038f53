import { describe, expect, it } from 'vitest'
import { renamesAfter, renamesOf, sameComputer } from '../../src/correlate/renames.ts'
import { renamed, ticks } from '../support/events.ts'

it('renamesOf() leaves out a record with one name, and one that changes only letter case', () => {
  expect(renamesOf([renamed('10:00', '', 'DC1'), renamed('10:00', 'dc1', 'DC1')])).toEqual([])
  expect(renamesOf([renamed('10:00', 'WIN-X', 'DC1')])).toMatchObject([{ from: 'WIN-X', to: 'DC1' }])
})

it('renamesAfter() counts only what came after the role, and nothing where the role was never seen', () => {
  const renames = renamesOf([renamed('09:00', 'WIN-X', 'DC1'), renamed('11:00', 'DC1', 'DC2')])
  expect(renamesAfter(renames, ticks('10:00'))).toEqual([renames[1]])
  expect(renamesAfter(renames, ticks('11:00'))).toEqual([])
  expect(renamesAfter(renames, undefined)).toEqual([])
})

describe('sameComputer()', () => {
  it('takes a bare name for the first label of a full one, and two full ones only when equal', () => {
    expect(sameComputer('dc1', 'DC1.contoso.local')).toBe(true)
    expect(sameComputer('DC1.a.local', 'DC1.b.local')).toBe(false)
    expect(sameComputer('DC1', 'DC10')).toBe(false)
  })
})
