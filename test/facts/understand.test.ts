import { describe, expect, it } from 'vitest'
import { openRegistry } from '../../src/facts/registry.ts'
import type { ValueKind } from '../../src/facts/registry-fact.ts'
import { factOf } from '../../src/facts/understand.ts'
import type { ValueDescription } from '../../src/hive/write/hive-description.ts'
import { hiveEvidence } from '../support/machine.ts'

function understood(kind: ValueKind, value: ValueDescription) {
  const SYSTEM = hiveEvidence('SYSTEM', { K: { V: value } })
  const registry = openRegistry({ SYSTEM, SOFTWARE: { file: 'SOFTWARE', state: 'not-collected' } })
  const { state, value: told, reason } = factOf('id', registry.value('SYSTEM', 'K', 'V'), kind)
  return state === 'present' ? told : `${state}: ${reason}`
}

const bytes = (...numbers: readonly number[]): Uint8Array => Uint8Array.from(numbers)

describe('factOf()', () => {
  it.each<[ValueKind, ValueDescription, string | number]>([
    ['dword', 3389, 3389],
    ['dword', 0xffffffff, 4294967295],
    ['dword', { type: 'dwordBigEndian', value: 2 }, 2],
    ['signed', 0xffffffc4, -60],
    ['decimal', '17763', 17763],
    ['text', 'RDS01', 'RDS01'],
    ['text', { type: 'expandSz', value: '%SystemDrive%\\ProgramData' }, '%SystemDrive%\\ProgramData'],
    ['text', '', ''],
    ['list', ['A', 'B'], 'A, B'],
    ['list', 'A,B,', 'A, B'],
    ['list', [], ''],
    ['hash', Uint8Array.from({ length: 20 }, (_, i) => i), '000102030405060708090A0B0C0D0E0F10111213'],
    ['filetime', bytes(0, 0x80, 0x3e, 0xd5, 0xde, 0xb1, 0x9d, 0x01), '1970-01-01T00:00:00.0000000Z'],
    ['filetime', 0n, '1601-01-01T00:00:00.0000000Z'],
  ])('understands %s %o', (kind, value, told) => {
    expect(understood(kind, value)).toBe(told)
  })

  it.each<[ValueKind, ValueDescription, string]>([
    ['dword', '1', 'REG_SZ "1" where REG_DWORD is expected'],
    ['dword', 1n, 'REG_QWORD of 8 bytes (0100000000000000) where REG_DWORD is expected'],
    ['dword', { type: 4, value: bytes(1) }, 'REG_DWORD of 1 byte (01) where REG_DWORD is expected'],
    [
      'dword',
      { type: 4, value: bytes(1, 0, 0, 0, 0) },
      'REG_DWORD of 5 bytes (0100000000) where REG_DWORD is expected',
    ],
    ['dword', { type: 0x10007, value: bytes(1, 0, 0, 0) }, '0x10007 of 4 bytes (01000000) where REG_DWORD is expected'],
    ['decimal', '17763a', 'REG_SZ "17763a" where REG_SZ with a number is expected'],
    ['text', 5, 'REG_DWORD 5 where REG_SZ is expected'],
    ['text', { type: 'link', value: 'x' }, 'REG_LINK "x" where REG_SZ is expected'],
    ['hash', bytes(), 'REG_BINARY of 0 bytes where REG_BINARY of 20 bytes is expected'],
    [
      'hash',
      new Uint8Array(19),
      'REG_BINARY of 19 bytes (00000000000000000000000000000000…) where REG_BINARY of 20 bytes is expected',
    ],
    ['filetime', bytes(1), 'REG_BINARY of 1 byte (01) where a FILETIME of 8 bytes is expected'],
  ])('calls %s %o unreadable, with what was found', (kind, value, why) => {
    expect(understood(kind, value)).toBe(`unreadable: ${why}`)
  })

  it('shows little of a text that is far too long', () => {
    const told = understood('text', 'x'.repeat(40_000))
    expect(told).toMatch(/^unreadable: REG_SZ of 8000[02] bytes \(/)
    expect(String(told).length).toBeLessThan(150)
  })
})
