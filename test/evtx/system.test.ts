import { describe, expect, it } from 'vitest'
import { attributeOf, childOf, systemOf, textOf } from '../../src/evtx/system.ts'
import { type ChunkBytes, onlyRecord, plainElement } from '../support/evtx-bytes.ts'

const event = (write: (b: ChunkBytes) => void) =>
  onlyRecord((b) => b.record(() => b.fragment(() => b.element('Event', { content: () => write(b) })))).event

describe('systemOf()', () => {
  it('takes the fields of the System element', () => {
    expect(systemOf(event((b) => b.system({ eventId: '4624', recordId: '99' })))).toEqual({
      provider: 'P',
      eventId: '4624',
      level: '',
      timeCreated: '2026-03-14T09:41:00.0000000Z',
      recordId: '99',
      channel: 'C',
      computer: 'HOST',
    })
  })

  it('is empty where they are absent (quirk 37)', () => {
    const empty = { provider: '', eventId: '', level: '', timeCreated: '', recordId: '', channel: '', computer: '' }
    expect(systemOf(event(() => {}))).toEqual(empty)
    expect(systemOf(event((b) => b.element('System')))).toEqual(empty)
    expect(systemOf(event((b) => b.element('System', { content: () => b.element('Computer') })))).toEqual(empty)
  })

  it('gives the EventID without its qualifiers (quirk 37)', () => {
    const eventId = (b: ChunkBytes) =>
      b.element('EventID', { attributes: () => b.attribute('Qualifiers', '49152'), content: () => b.value('1057') })
    expect(systemOf(event((b) => b.element('System', { content: () => eventId(b) }))).eventId).toBe('1057')
  })
})

describe('childOf(), attributeOf(), textOf()', () => {
  const element = plainElement((b) =>
    b
      .element('A', { attributes: () => b.attribute('x', '1').attribute('x', '2'), content: () => b.value('p') })
      .element('A', { content: () => b.value('q').element('B').value('r') }),
  )

  it('take the first of a name', () => {
    expect(attributeOf(childOf(element, 'A'), 'x')).toBe('1')
    expect(textOf(childOf(element, 'A'))).toBe('p')
  })

  it('join the text of an element and leave out that of its children', () => {
    expect(textOf({ ...element, children: element.children.slice(1) })).toBe('')
    const second = element.children[1]
    expect(second && 'children' in second && textOf(second)).toBe('qr')
  })

  it('find nothing in nothing', () => {
    expect([childOf(undefined, 'A'), attributeOf(undefined, 'x'), textOf(undefined)]).toEqual([
      undefined,
      undefined,
      '',
    ])
    expect([childOf(element, 'Z'), attributeOf(element, 'x')]).toEqual([undefined, undefined])
  })
})
