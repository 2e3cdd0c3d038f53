import { describe, expect, it } from 'vitest'
import type { Content, Element } from '../../../src/evtx/write/element.ts'
import type { DescribedPayload, EventDescription } from '../../../src/evtx/write/event-description.ts'
import { writeLog } from '../../../src/evtx/write/log-writer.ts'
import { plainElement } from '../../../src/evtx/write/plain-event.ts'

function event(payload: DescribedPayload): EventDescription {
  return {
    provider: { name: 'Test' },
    eventId: 1149,
    timeCreated: '2026-03-14T09:41:00.1234567Z',
    channel: 'System',
    computer: 'HOST',
    processId: 10,
    form: 'plain',
    payload,
  }
}

/** As XML, with nothing escaped. A substitution would show as one. */
function xml(part: Content): string {
  if (part.kind !== 'element') return part.kind === 'text' ? part.text : `{${part.slot}}`
  const attributes = part.attributes.map(
    ({ name, value }) => ` ${name}='${value.kind === 'text' ? value.text : value.slot}'`,
  )
  const start = `<${part.name}${attributes.join('')}`
  return part.content === undefined ? `${start}/>` : `${start}>${part.content.map(xml).join('')}</${part.name}>`
}

function payloadXml(payload: DescribedPayload): string {
  const root: Element = plainElement(event(payload), { number: 3, timeCreated: 134_000_000_000_000_001n })
  return root.content!.slice(1).map(xml).join('')
}

describe('plainElement()', () => {
  it('has every value of the System part as text, and leaves out what is null', () => {
    const root = plainElement(event({ kind: 'none' }), { number: 3, timeCreated: 134_000_000_000_000_001n })
    expect(xml(root.content![0]!)).toBe(
      "<System><Provider Name='Test'/><EventID>1149</EventID><Version>0</Version><Level>0</Level><Task>0</Task>" +
        "<Opcode>0</Opcode><Keywords>0x0</Keywords><TimeCreated SystemTime='2025-08-18T14:13:20.0000001Z'/>" +
        "<EventRecordID>3</EventRecordID><Correlation/><Execution ProcessID='10'/><Channel>System</Channel>" +
        '<Computer>HOST</Computer><Security/></System>',
    )
  })

  it('repeats the element of an array, and of an empty one writes it once', () => {
    expect(payloadXml({ kind: 'classic', strings: ['a', '', 'b'] })).toBe(
      '<EventData><Data>a</Data><Data></Data><Data>b</Data></EventData>',
    )
    expect(payloadXml({ kind: 'eventData', items: [{ name: 'N', value: { type: 'strings', value: [] } }] })).toBe(
      "<EventData><Data Name='N'></Data></EventData>",
    )
  })

  it('leaves out an element that depends on a null value', () => {
    expect(payloadXml({ kind: 'classic', strings: [] })).toBe('<EventData></EventData>')
    expect(payloadXml({ kind: 'eventData', items: [{ name: 'N', value: { type: 'null' } }] })).toBe(
      '<EventData></EventData>',
    )
  })

  it('wraps UserData as the template does', () => {
    const items = [{ name: 'P', value: { type: 'hex32', value: '0xC000006D' } as const }]
    expect(payloadXml({ kind: 'userData', element: 'EventXML', namespace: 'NS', items })).toBe(
      "<UserData><EventXML xmlns='NS'><P>0xc000006d</P></EventXML></UserData>",
    )
  })
})

describe('writeLog()', () => {
  it('writes a plain record as a fragment that begins with an element without dependency id', () => {
    const view = new DataView(writeLog([event({ kind: 'none' })]).buffer, 4096)
    const record = 512
    expect([24, 25, 26, 27, 28].map((at) => view.getUint8(record + at))).toEqual([0x0f, 1, 1, 0, 0x41])
    // The name of Event stands right behind the element's size and the name's offset.
    expect(view.getUint32(record + 33, true)).toBe(record + 37)
    const end = record + 33 + view.getUint32(record + 29, true)
    expect(view.getUint8(end - 1)).toBe(0x04)
    expect(view.getUint8(end)).toBe(0x00)
    expect(view.getUint32(384, true)).toBe(0)
  })
})
