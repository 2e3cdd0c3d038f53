import { describe, expect, it } from 'vitest'
import { attribute, type Element, element, optional, required } from '../../../src/evtx/write/element.ts'
import { defineTemplate, templateList } from '../../../src/evtx/write/template-definition.ts'

const root = element('A', { attributes: [attribute('x', 'one')], content: [optional(0, 1)] })

describe('defineTemplate()', () => {
  it('gives the same structure the same GUID, and states its first dword as id', () => {
    const [one, two] = [defineTemplate(root), defineTemplate(structuredClone(root))]
    expect(one.guid).toEqual(two.guid)
    expect(one.id).toBe(new DataView(one.guid.buffer, one.guid.byteOffset).getUint32(0, true))
  })

  it('gives every other structure another GUID', () => {
    const others: Element[] = [
      { ...root, name: 'B' },
      { ...root, dependency: 0 },
      { ...root, attributes: [] },
      { ...root, attributes: [attribute('y', 'one')] },
      { ...root, attributes: [attribute('x', 'two')] },
      { ...root, content: [required(0, 1)] },
      { ...root, content: [optional(1, 1)] },
      { ...root, content: [optional(0, 2)] },
      { ...root, content: [] },
      { ...root, content: undefined },
      { ...root, content: [element('A')] },
    ]
    const guids = [root, ...others].map((one) => Buffer.from(defineTemplate(one).guid).toString('hex'))
    expect(new Set(guids).size).toBe(guids.length)
  })

  it('counts the bytes of the definition without names', () => {
    // Header 24, fragment header 4, element 1+2+4+4, attribute list 4, attribute 5, text 4+6, start 1, slot 4, end 1, end 1.
    expect(defineTemplate(root).size).toBe(24 + 4 + 11 + 4 + 5 + 10 + 1 + 4 + 1 + 1)
    expect([...defineTemplate(root).names]).toEqual(['A', 'x'])
  })
})

describe('templateList()', () => {
  it('folds the eight words of a GUID with 65599', () => {
    // 65599 is -1 modulo 32, so the list is the alternating sum of the words.
    const guid = new Uint8Array(16)
    guid.set([1], 0)
    guid.set([5], 14)
    expect(templateList(guid)).toBe((-1 + 5 + 32) % 32)
    guid.set([2], 12)
    expect(templateList(guid)).toBe((-1 - 2 + 5 + 32) % 32)
  })
})
