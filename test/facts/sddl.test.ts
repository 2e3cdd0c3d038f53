import { describe, expect, it } from 'vitest'
import { parseSddl, renderSddl } from '../../src/facts/sddl.ts'
import { readSecurityDescriptor } from '../../src/facts/security-descriptor.ts'
import { descriptorBytes } from '../support/descriptor-bytes.ts'

describe('parseSddl()', () => {
  it('reads the descriptor that a healthy folder of keys has', () => {
    expect(parseSddl('O:SYG:SYD:PAI(A;;0x12019f;;;WD)(A;;FA;;;BA)')).toEqual({
      owner: 'S-1-5-18',
      group: 'S-1-5-18',
      dacl: {
        isProtected: true,
        isInherited: true,
        entries: [
          { effect: 'allow', type: 0, flags: 0, mask: 0x12019f, sid: 'S-1-1-0', isConditional: false },
          { effect: 'allow', type: 0, flags: 0, mask: 0x1f01ff, sid: 'S-1-5-32-544', isConditional: false },
        ],
      },
    })
  })

  it('reads denials, flags, rights in letters, whole SIDs and conditions, and leaves a system list out', () => {
    const sid = 'S-1-5-80-4022436659-1090538466-1613889075-870485073-3428993833'
    const text = `O:${sid}G:DUD:AI(D;OICIIOID;FRSD;;;NS)(XA;;FX;;;WD;(@User.a=="b)(c;d"))(A;;131209;;;${sid})S:(AU;SA;FA;;;WD)`
    expect(parseSddl(text)).toMatchObject({
      owner: sid,
      group: 'DU',
      dacl: {
        isProtected: false,
        entries: [
          { effect: 'deny', flags: 0x1b, mask: 0x130089, sid: 'S-1-5-20' },
          { effect: 'allow', mask: 0x1200a0, isConditional: true },
          { mask: 131209, sid },
        ],
      },
    })
  })

  it('takes a missing list, and NO_ACCESS_CONTROL, for no list', () => {
    expect(parseSddl('O:SYG:SY')).toEqual({ owner: 'S-1-5-18', group: 'S-1-5-18' })
    expect(parseSddl('O:SYD:NO_ACCESS_CONTROL')).toEqual({ owner: 'S-1-5-18' })
    expect(parseSddl('O:SYD:P')).toMatchObject({ dacl: { entries: [] } })
  })

  it.each([
    '',
    'x',
    'D',
    'xD:(A;;FA;;;WD)',
    'D:(A;;QQ;;;WD)',
    'D:(A;;FA;;;)',
    'D:(A;ZZ;FA;;;WD)',
    'D:(A;;FA;;;WD',
    '((((',
  ])('does not take %o for one', (text) => {
    expect(parseSddl(text)).toBeUndefined()
  })

  it('is done at once with a text made to take long', () => {
    expect(parseSddl(`D:${'('.repeat(100_000)}`)).toBeUndefined()
    expect(parseSddl(`D:${'()'.repeat(20_000)}`)?.dacl?.entries.length).toBe(20_000)
  })
})

describe('renderSddl()', () => {
  it.each([
    'O:SYG:SYD:PAI(A;;0x12019f;;;WD)(A;;FA;;;BA)',
    'O:SYG:SYD:(D;;FR;;;NS)(A;ID;FA;;;SY)(A;;FR;;;S-1-5-80-1-2-3-4-5)',
    'O:BAG:DUD:NO_ACCESS_CONTROL',
  ])('gives back what was parsed: %s', (text) => {
    expect(renderSddl(parseSddl(text)!)).toBe(text)
  })

  it('shows that an entry has a condition', () => {
    const entries = [{ type: 9, mask: 0x1f01ff, sid: 'S-1-1-0', condition: Uint8Array.from([1]) }]
    expect(renderSddl(readSecurityDescriptor(descriptorBytes({ entries })))).toBe('O:SYG:SYD:(XA;;FA;;;WD;(…))')
  })
})
