import { describe, expect, it } from 'vitest'
import { compareText } from '../../src/bytes/compare-text.ts'

describe('compareText()', () => {
  it('orders by code unit, so that no language has a say', () => {
    expect(['ä', 'a', 'Z', '', 'a1'].sort(compareText)).toEqual(['', 'Z', 'a', 'a1', 'ä'])
  })

  it('is 0 for equal texts only', () => {
    expect(compareText('a', 'a')).toBe(0)
    expect(compareText('a', 'A')).toBe(1)
    expect(compareText('A', 'a')).toBe(-1)
  })
})
