import { describe, expect, it } from 'vitest'
import { FormatError } from '../../src/errors.ts'
import { readSecurityDescriptor } from '../../src/facts/security-descriptor.ts'
import { descriptorBytes } from '../support/descriptor-bytes.ts'

const SYSTEM = 'S-1-5-18'
const EVERYONE = 'S-1-1-0'

describe('readSecurityDescriptor()', () => {
  it('reads owner, group, control and entries', () => {
    const bytes = descriptorBytes({
      owner: SYSTEM,
      group: 'S-1-5-32-544',
      control: 0x9404,
      entries: [
        { type: 1, mask: 1, sid: EVERYONE },
        { flags: 0x10, mask: 0x1f01ff, sid: SYSTEM },
      ],
    })
    expect(readSecurityDescriptor(bytes)).toEqual({
      owner: SYSTEM,
      group: 'S-1-5-32-544',
      dacl: {
        isProtected: true,
        isInherited: true,
        entries: [
          { effect: 'deny', type: 1, flags: 0, mask: 1, sid: EVERYONE, isConditional: false },
          { effect: 'allow', type: 0, flags: 0x10, mask: 0x1f01ff, sid: SYSTEM, isConditional: false },
        ],
      },
    })
  })

  it('tells an empty list from none', () => {
    expect(readSecurityDescriptor(descriptorBytes({ entries: [] })).dacl?.entries).toEqual([])
    expect(readSecurityDescriptor(descriptorBytes({}))).not.toHaveProperty('dacl')
    expect(readSecurityDescriptor(descriptorBytes({ control: 0x8000, entries: [] }))).not.toHaveProperty('dacl')
  })

  it('finds the SID behind the GUIDs of an entry for a type of object, and marks what depends on one', () => {
    const none = new Uint8Array(4)
    const both = Uint8Array.from({ length: 36 }, (_, i) => (i === 0 ? 3 : 0))
    const entries = [
      { type: 5, mask: 1, sid: EVERYONE, object: none },
      { type: 6, mask: 2, sid: EVERYONE, object: both },
    ]
    expect(readSecurityDescriptor(descriptorBytes({ entries })).dacl?.entries).toMatchObject([
      { effect: 'allow', sid: EVERYONE, isConditional: false },
      { effect: 'deny', sid: EVERYONE, isConditional: true },
    ])
  })

  it('marks entries with a condition, and passes over those that neither allow nor deny', () => {
    const condition = Uint8Array.from([0x61, 0x72, 0x74, 0x78])
    const entries = [
      { type: 9, mask: 1, sid: EVERYONE, condition },
      { type: 2, mask: 1, sid: EVERYONE },
      { type: 0x11, mask: 1, sid: EVERYONE },
    ]
    expect(readSecurityDescriptor(descriptorBytes({ entries })).dacl?.entries).toMatchObject([
      { effect: 'allow', isConditional: true },
      { effect: 'other' },
      { effect: 'other' },
    ])
  })

  it('ends in a FormatError, if in any, for one that is cut anywhere or holds any other byte', () => {
    const bytes = descriptorBytes({ entries: [{ type: 5, mask: 1, sid: EVERYONE, object: new Uint8Array(20) }] })
    for (let at = 0; at < bytes.length; at++) {
      expect(() => readSecurityDescriptor(bytes.subarray(0, at))).toThrow(FormatError)
      for (const byte of [0, 1, 0x10, 0x80, 0xff]) {
        const changed = Uint8Array.from(bytes)
        changed[at] = byte
        try {
          readSecurityDescriptor(changed)
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError)
        }
      }
    }
  })
})
