import { describe, expect, it } from 'vitest'
import type { Slot } from '../../src/evtx/instance.ts'
import { eventDataOfSlots, eventOfRootSlots } from '../../src/evtx/lost-template.ts'
import { renderXml } from '../../src/evtx/xml.ts'
import { ChunkBytes, hex, type RawValue, utf16 } from '../support/evtx-bytes.ts'

const NULL: RawValue = { type: 0x00, bytes: hex('') }

/** The slots that both families begin with. */
const SHARED: readonly RawValue[] = [
  { type: 0x04, bytes: hex('02') },
  { type: 0x04, bytes: hex('00') },
  { type: 0x06, bytes: hex('0500') },
  { type: 0x06, bytes: hex('1210') },
  NULL,
  { type: 0x15, bytes: hex('0000000000000080') },
  { type: 0x11, bytes: hex('8000a93e2aadd901') },
  NULL,
  { type: 0x08, bytes: hex('94020000') },
  { type: 0x08, bytes: hex('90040000') },
  { type: 0x0a, bytes: hex('4c9a000000000000') },
  { type: 0x04, bytes: hex('01') },
  { type: 0x13, bytes: hex('0101000000000005 12000000') },
]
const IN_VALUES: readonly RawValue[] = [
  NULL,
  { type: 0x01, bytes: utf16('P-Q') },
  NULL,
  { type: 0x01, bytes: utf16('P-Q/Admin') },
  { type: 0x21, bytes: hex('00') },
]
const LITERAL: readonly RawValue[] = [NULL, NULL, NULL, NULL, NULL, NULL, { type: 0x21, bytes: hex('00') }]

/** A chunk with these values one behind the other, and where they stand. */
function placed(values: readonly RawValue[]) {
  const b = new ChunkBytes()
  const slots: Slot[] = []
  for (const { type, bytes, size } of values) {
    const offset = b.at
    if (typeof bytes !== 'function') b.raw(bytes)
    slots.push({ type, offset, size: size ?? b.at - offset })
  }
  return { chunk: b.chunk(), slots }
}

function event(values: readonly RawValue[]): string | undefined {
  const { chunk, slots } = placed(values)
  const found = eventOfRootSlots(chunk, slots, () => [])
  return found && renderXml(found)
}

describe('eventOfRootSlots()', () => {
  it('tells System, provider and channel of a template with 18 slots', () => {
    expect(event([...SHARED, ...IN_VALUES])).toBe(
      "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='P-Q'></Provider>" +
        '<EventID>4114</EventID><Version>1</Version><Level>2</Level><Task>5</Task><Opcode>0</Opcode>' +
        "<Keywords>0x8000000000000000</Keywords><TimeCreated SystemTime='2023-07-02T21:14:53.5635072Z'></TimeCreated>" +
        "<EventRecordID>39500</EventRecordID><Execution ProcessID='660' ThreadID='1168'></Execution>" +
        "<Channel>P-Q/Admin</Channel><Security UserID='S-1-5-18'></Security></System></Event>",
    )
  })

  it('leaves out what a template with 20 slots says itself', () => {
    const text = event([...SHARED, ...LITERAL])
    expect(text).toContain('<EventRecordID>39500</EventRecordID>')
    expect(text).not.toMatch(/Provider|Channel|Computer/)
  })

  it('takes no other count of slots', () => {
    for (let count = 0; count < 24; count++) {
      const values = [...SHARED, ...IN_VALUES, ...LITERAL].slice(0, count)
      if (count !== 18 && count !== 20) expect(event(values), String(count)).toBeUndefined()
    }
  })

  it.each([0, 2, 3, 5, 6, 10])('takes no other type, size or absence of value %i', (slot) => {
    for (const value of [NULL, { type: 0x0e, bytes: hex('00') }, { ...SHARED[slot]!, size: 3 }]) {
      expect(event([...SHARED.with(slot, value), ...IN_VALUES])).toBeUndefined()
    }
  })
})

describe('eventDataOfSlots()', () => {
  it('tells values in order, unnamed, arrays in one, and leaves the place of one that is none', () => {
    const { chunk, slots } = placed([
      { type: 0x01, bytes: utf16('a<b') },
      NULL,
      { type: 0x86, bytes: hex('01000200') },
      { type: 0x21, bytes: hex('00') },
    ])
    const nested = { name: 'N', attributes: [], children: [], closedEmpty: false }
    expect(renderXml(eventDataOfSlots(chunk, slots, () => [nested]))).toBe(
      '<EventData><Data>a&lt;b</Data><Data></Data><Data>1, 2</Data><Data><N></N></Data></EventData>',
    )
  })
})
