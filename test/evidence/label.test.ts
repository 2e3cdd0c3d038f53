import { describe, expect, it } from 'vitest'
import { uniqueTails } from '../../src/evidence/label.ts'

describe('uniqueTails', () => {
  it('takes the last part where that is enough', () => {
    expect(uniqueTails(['samples/rds01', 'samples/rds02'])).toEqual(['rds01', 'rds02'])
    expect(uniqueTails(['F:', '/mnt/disk'])).toEqual(['F:', 'disk'])
  })

  it('goes up as far as each path needs, without regard to case', () => {
    expect(uniqueTails(['case/a/C', 'case/b/c', 'case/D'])).toEqual(['a/C', 'b/c', 'D'])
  })

  it('has none for a path without a name', () => {
    expect(uniqueTails(['.', '/', '..', './'])).toEqual(['', '', '', ''])
  })

  it('keeps the whole text of paths that are the tail of another', () => {
    expect(uniqueTails(['x/C', 'C'])).toEqual(['x/C', 'C'])
  })
})
