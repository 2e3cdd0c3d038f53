import { describe, expect, it } from 'vitest'
import { FormatError } from '../../../src/errors.ts'
import { NameTable } from '../../../src/evtx/write/name-table.ts'

describe('NameTable', () => {
  it('takes a name into the list of its hash, modulo 64', () => {
    const names = new NameTable()
    // The hash that stands beside "Event" in every log of Windows.
    expect(names.add('Event', 600)).toEqual({ hash: 0x0cba, next: 0 })
    expect(names.heads[0x0cba % 64]).toBe(600)
    expect(names.offsetOf('Event')).toBe(600)
  })

  it('makes the newest name of a list its head, and that refer to the one before', () => {
    const names = new NameTable()
    names.add('@', 600)
    // '@' is 64, so both hashes are 0 modulo 64.
    expect(names.add('\u0080', 700)).toEqual({ hash: 0x80, next: 600 })
    expect(names.heads[0]).toBe(700)
  })

  it('counts the bytes of the names it does not have', () => {
    const names = new NameTable()
    names.add('Event', 600)
    expect(names.missingSize(['Event', 'Data', 'xmlns'])).toBe(10 + 8 + 10 + 10)
  })

  it('refuses a name without characters and one with more than 512', () => {
    expect(() => new NameTable().add('', 600)).toThrow(FormatError)
    expect(() => new NameTable().add('n'.repeat(513), 600)).toThrow(/513 characters/)
    expect(new NameTable().add('n'.repeat(512), 600).next).toBe(0)
  })
})
