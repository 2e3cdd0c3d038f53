import { describe, expect, it } from 'vitest'
import { nearest } from '../../src/query/nearest.ts'

describe('nearest()', () => {
  const formats = ['text', 'json', 'markdown']

  it('finds what a slip of the finger meant, and what was left unfinished', () => {
    expect(nearest('jsno', formats)).toBe('json')
    expect(nearest('TEXT', formats)).toBe('text')
    expect(nearest('mark', formats)).toBe('markdown')
  })

  it('has nothing for a word that is like none of them, or for no word', () => {
    expect(nearest('csvx-table', formats)).toBeUndefined()
    expect(nearest('', formats)).toBeUndefined()
  })
})
