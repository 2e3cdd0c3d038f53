import { expect, test } from 'vitest'
import { FormatError } from '../../../src/errors.ts'
import { parseSddl } from '../../../src/facts/sddl.ts'
import { readSecurityDescriptor } from '../../../src/facts/security-descriptor.ts'
import { writeSecurityDescriptor } from '../../../src/facts/write/descriptor-writer.ts'
import { descriptorBytes } from '../../support/descriptor-bytes.ts'

test.each([
  'O:SYG:SYD:PAI(A;;0x12019f;;;WD)(A;;FA;;;BA)',
  'O:BAG:SYD:PAI(D;CI;KA;;;SY)(A;CIOI;KR;;;BU)',
  'O:S-1-5-80-4022436659-1090538466-1613889075-870485073-3428993833D:(A;;FR;;;NS)',
  'G:SYD:',
  'O:SYD:NO_ACCESS_CONTROL',
])('writeSecurityDescriptor() writes what readSecurityDescriptor() reads: %s', (sddl) => {
  const descriptor = parseSddl(sddl)
  expect(descriptor).toBeDefined()
  expect(readSecurityDescriptor(writeSecurityDescriptor(descriptor!))).toEqual(descriptor)
})

test('writeSecurityDescriptor() writes the bytes that Windows does', () => {
  const descriptor = parseSddl('O:SYG:SYD:(A;;GA;;;SY)')
  const entries = [{ mask: 0x10000000, sid: 'S-1-5-18' }]
  expect(writeSecurityDescriptor(descriptor!)).toEqual(descriptorBytes({ entries }))
})

test('writeSecurityDescriptor() refuses letters for a SID that depends on a domain, and conditions', () => {
  for (const sddl of ['O:DA', 'O:SYD:(XA;;FR;;;SY;(a == 1))']) {
    expect(() => writeSecurityDescriptor(parseSddl(sddl)!)).toThrow(FormatError)
  }
})
