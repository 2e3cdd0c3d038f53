import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  evaluateAccess,
  evaluateKey,
  evaluateRead,
  evaluateWrite,
  NETWORK_SERVICE_TOKEN,
  SESSION_ENV_TOKEN,
  SYSTEM_TOKEN,
} from '../../src/facts/access.ts'
import { parseSddl } from '../../src/facts/sddl.ts'

const SESSION_ENV = 'S-1-5-80-4022436659-1090538466-1613889075-870485073-3428993833'
const of = (entries: string) => parseSddl(`O:SYG:SYD:PAI${entries}`)!
const reads = (entries: string, token = NETWORK_SERVICE_TOKEN) => evaluateRead(of(entries), token)

describe('tokens', () => {
  it.each([
    ['TermService', NETWORK_SERVICE_TOKEN],
    ['SessionEnv', SESSION_ENV_TOKEN],
  ])('hold the SID of %s', (name, token) => {
    const digest = createHash('sha1').update(Buffer.from(name.toUpperCase(), 'utf16le')).digest()
    const numbers = [0, 4, 8, 12, 16].map((at) => digest.readUInt32LE(at))
    expect(token.has(`S-1-5-80-${numbers.join('-')}`)).toBe(true)
  })
})

describe('evaluateRead()', () => {
  it.each([
    ['the healthy file of Server 2019', `(A;;FA;;;SY)(A;;FR;;;NS)(A;;FA;;;${SESSION_ENV})`, 'allowed'],
    ['no entry for NETWORK SERVICE', '(A;;FA;;;SY)(A;;FA;;;BA)', 'denied'],
    ['an empty list', '', 'denied'],
    ['everyone', '(A;;FR;;;WD)', 'allowed'],
    ['users', '(A;;FR;;;BU)', 'allowed'],
    ['authenticated users', '(A;;FR;;;AU)', 'allowed'],
    ['every service', '(A;;FR;;;SU)', 'allowed'],
    ['administrators only', '(A;;FA;;;BA)', 'denied'],
    ['a denial before an allowance', '(D;;FR;;;NS)(A;;FR;;;NS)', 'denied'],
    ['a denial of everyone', '(D;;0x1;;;WD)(A;;FA;;;NS)', 'denied'],
    ['a denial of something else', '(D;;WO;;;NS)(A;;FR;;;NS)', 'allowed'],
    ['split entries', '(A;;0x20089;;;NS)(A;;0x100000;;;WD)', 'allowed'],
    ['split entries that lack a part', '(A;;0x1;;;NS)', 'unknown'],
    ['generic rights', '(A;;GR;;;NS)', 'allowed'],
    ['all generic rights', '(A;;GA;;;NS)', 'allowed'],
    ['an entry that is only inherited', '(A;OIIO;FA;;;NS)', 'denied'],
    ['an explicit allowance before an inherited denial', '(A;;FR;;;NS)(D;ID;FR;;;NS)', 'allowed'],
    ['a list out of order, in which both orders differ', '(A;;FR;;;NS)(D;;FR;;;NS)', 'unknown'],
    ['a list out of order, in which they do not', '(A;;WO;;;NS)(D;;FR;;;NS)', 'denied'],
    ['a condition that may allow', '(XA;;FR;;;NS;(@User.a==1))', 'unknown'],
    ['a condition that may deny', '(XD;;FR;;;NS;(@User.a==1))(A;;FR;;;NS)', 'unknown'],
    ['a condition that changes nothing', '(XA;;FR;;;NS;(@User.a==1))(A;;FR;;;WD)', 'allowed'],
  ])('with %s', (_, entries, verdict) => {
    expect(reads(entries)).toBe(verdict)
  })

  it('is allowed without any list', () => {
    expect(evaluateRead({}, NETWORK_SERVICE_TOKEN)).toBe('allowed')
  })

  it('tells SessionEnv, which is SYSTEM with a SID of its own, from NETWORK SERVICE', () => {
    expect(reads(`(A;;FA;;;${SESSION_ENV})`, SESSION_ENV_TOKEN)).toBe('allowed')
    expect(reads('(A;;FA;;;SY)', SESSION_ENV_TOKEN)).toBe('allowed')
    expect(reads('(A;;FR;;;NS)', SESSION_ENV_TOKEN)).toBe('denied')
    expect(reads(`(D;;FA;;;${SESSION_ENV})(A;;FA;;;SY)`, SESSION_ENV_TOKEN)).toBe('denied')
  })
})

describe('evaluateWrite()', () => {
  it('on a folder is the right to create files in it', () => {
    const folder = of('(A;;0x12019f;;;WD)(A;;FA;;;BA)')
    expect(evaluateWrite(folder, NETWORK_SERVICE_TOKEN)).toBe('allowed')
    expect(evaluateWrite(of('(A;;FR;;;WD)(A;;FA;;;BA)'), NETWORK_SERVICE_TOKEN)).toBe('denied')
    expect(evaluateWrite(of('(A;;FR;;;WD)(A;;FA;;;BA)'), SESSION_ENV_TOKEN)).toBe('allowed')
  })
})

describe('evaluateKey()', () => {
  it('maps generic rights to those of registry keys', () => {
    expect(evaluateKey(of('(A;;GA;;;SY)'), SYSTEM_TOKEN)).toBe('allowed')
    expect(evaluateKey(of('(A;;KA;;;SY)'), SYSTEM_TOKEN)).toBe('allowed')
    expect(evaluateKey(of('(A;;KR;;;SY)'), SYSTEM_TOKEN)).toBe('denied')
    expect(evaluateKey(of('(D;;KR;;;SY)(A;;KA;;;SY)'), SYSTEM_TOKEN)).toBe('denied')
  })
})

describe('evaluateAccess()', () => {
  it('denies what the entries together leave open', () => {
    expect(evaluateAccess(of('(A;;0x1;;;NS)(A;;0x2;;;WD)'), NETWORK_SERVICE_TOKEN, 3)).toBe('allowed')
    expect(evaluateAccess(of('(A;;0x1;;;NS)(A;;0x2;;;BA)'), NETWORK_SERVICE_TOKEN, 3)).toBe('denied')
  })
})
