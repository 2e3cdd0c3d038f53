import { describe, expect, it } from 'vitest'
import { isElement, type XmlElement } from '../../src/evtx/element.ts'
import { isDamage } from '../../src/evtx/log.ts'
import { MAX_DEPTH } from '../../src/evtx/token.ts'
import { renderXml } from '../../src/evtx/xml.ts'
import {
  type ChunkBytes,
  hex,
  onlyRecord,
  plainElement,
  type RawValue,
  slotElement,
  utf16,
  walked,
} from '../support/evtx-bytes.ts'

/** The element that a template `E` with this content makes of these values. */
function instance(content: (b: ChunkBytes) => void, values: (b: ChunkBytes) => readonly RawValue[]): XmlElement {
  return onlyRecord((b) =>
    b.record(() => b.fragment(() => b.instance(() => b.element('E', { content: () => content(b) }), values(b)))),
  ).event
}

const NULL: RawValue = { type: 0x00, bytes: hex('') }
const text = (value: string): RawValue => ({ type: 0x01, bytes: utf16(value) })
const INNER_GUID = '{55667788-0000-0000-0000-000000000000}'

/** What becomes of a record that cannot be decoded. */
function damageOf(write: (b: ChunkBytes) => void): string {
  const [found, ...rest] = walked(write)
  expect(rest).toEqual([])
  return found !== undefined && isDamage(found) ? found.detail : 'no damage'
}

describe('readRecordElement()', () => {
  it.each([
    ['null', 0x00, ''],
    ['string', 0x01, utf16('a')],
    ['ANSI string', 0x02, hex('61')],
    ['int8', 0x03, hex('01')],
    ['uint8', 0x04, hex('01')],
    ['int16', 0x05, hex('0100')],
    ['uint16', 0x06, hex('0100')],
    ['int32', 0x07, hex('01000000')],
    ['uint32', 0x08, hex('01000000')],
    ['int64', 0x09, hex('0100000000000000')],
    ['uint64', 0x0a, hex('0100000000000000')],
    ['real32', 0x0b, hex('0000803f')],
    ['real64', 0x0c, hex('000000000000f03f')],
    ['bool', 0x0d, hex('01000000')],
    ['binary', 0x0e, hex('01')],
    ['GUID', 0x0f, hex('00'.repeat(16))],
    ['size_t', 0x10, hex('01000000')],
    ['FILETIME', 0x11, hex('00'.repeat(8))],
    ['SYSTEMTIME', 0x12, hex('00'.repeat(16))],
    ['SID', 0x13, hex('0101000000000005 12000000')],
    ['hex32', 0x14, hex('01000000')],
    ['hex64', 0x15, hex('0100000000000000')],
    ['handle', 0x20, hex('01000000')],
    ['event XML', 0x23, utf16('a')],
  ])('fills a slot with a value of type %s and keeps the type', (_, type, bytes) => {
    const [v] = slotElement(type, typeof bytes === 'string' ? hex(bytes) : bytes).children
    const node = v && isElement(v) ? v.children[0] : undefined
    expect(node).toMatchObject({ type, text: expect.any(String) })
    expect(renderXml(slotElement(type, typeof bytes === 'string' ? hex(bytes) : bytes))).toMatch(
      type === 0 ? '<E><V></V></E>' : /^<E><V>.+<\/V><\/E>$/,
    )
  })

  it('takes the type of the value and not that of the slot', () => {
    const element = instance(
      (b) => b.slot(0, 0x08),
      () => [text('seven')],
    )
    expect(element.children).toEqual([{ text: 'seven', type: 0x01 }])
  })

  it('skips the bytes of a null that has some (quirk 21)', () => {
    const element = instance(
      (b) => b.slot(0).slot(1),
      () => [{ type: 0x00, bytes: hex('ffff') }, text('a')],
    )
    expect(renderXml(element)).toBe('<E>a</E>')
  })

  it('takes a slot beyond the values for a null (quirk 22)', () => {
    expect(
      renderXml(
        instance(
          (b) => b.slot(9).slot(0),
          () => [text('a')],
        ),
      ),
    ).toBe('<E>a</E>')
  })

  it('goes on with the next slot behind a value of a size that its type cannot have (quirk 23)', () => {
    const element = instance(
      (b) => b.element('A', { content: () => b.slot(0, 0x04) }).element('B', { content: () => b.slot(1) }),
      () => [{ type: 0x04, bytes: hex('010203') }, text('b')],
    )
    expect(renderXml(element)).toBe('<E><A>010203</A><B>b</B></E>')
  })

  it('leaves out an element that depends on a null, and keeps one that depends on an empty text', () => {
    const content = (b: ChunkBytes) =>
      b
        .element('A', { dependency: 0, content: () => b.slot(0, 0x01, 0x0e) })
        .element('B', { dependency: 1, content: () => b.slot(1, 0x01, 0x0e) })
        .element('C', { dependency: 9, content: () => b.value('c') })
    expect(renderXml(instance(content, () => [NULL, text('')]))).toBe('<E><B></B></E>')
    expect(renderXml(instance(content, () => [text('a'), text('b')]))).toBe('<E><A>a</A><B>b</B></E>')
  })

  it('keeps an element without dependency whose slot is null', () => {
    expect(
      renderXml(
        instance(
          (b) => b.element('A', { content: () => b.slot(0) }),
          () => [NULL],
        ),
      ),
    ).toBe('<E><A></A></E>')
  })

  it('leaves out an attribute whose value is empty', () => {
    const content = (b: ChunkBytes) =>
      b.element('A', {
        attributes: () =>
          b
            .attribute('a', () => b.slot(0), true)
            .attribute('b', () => b.slot(1), true)
            .attribute('c', '', true)
            .attribute('d', () => b.value('x').slot(2)),
      })
    expect(renderXml(instance(content, () => [NULL, text(''), text('y')]))).toBe("<E><A d='xy'/></E>")
  })

  it('repeats the element around an array, with its attributes', () => {
    const content = (b: ChunkBytes) =>
      b.element('A', { attributes: () => b.attribute('n', 'v'), content: () => b.slot(0, 0x81) })
    const array = (type: number, bytes: Uint8Array) => renderXml(instance(content, () => [{ type, bytes }]))
    expect(array(0x81, utf16('a\0b\0'))).toBe("<E><A n='v'>a</A><A n='v'>b</A></E>")
    expect(array(0x88, hex('01000000 02000000'))).toBe("<E><A n='v'>1</A><A n='v'>2</A></E>")
    expect(array(0x81, hex(''))).toBe("<E><A n='v'></A></E>")
  })

  it('keeps the elements beside what a damaged type makes an array', () => {
    const content = (b: ChunkBytes) => b.element('A', { content: () => b.element('B').slot(0) })
    expect(renderXml(instance(content, () => [{ type: 0x88, bytes: hex('01000000 02000000') }]))).toBe(
      '<E><A><B/>1, 2</A></E>',
    )
  })

  it('joins an array in an attribute', () => {
    const content = (b: ChunkBytes) => b.element('A', { attributes: () => b.attribute('n', () => b.slot(0)) })
    expect(renderXml(instance(content, () => [{ type: 0x86, bytes: hex('0100 0200') }]))).toBe("<E><A n='1, 2'/></E>")
  })

  it.each<[string, (b: ChunkBytes) => void]>([
    ['a fragment with an instance', (b) => b.fragment(() => b.instance(() => inner(b), [text('x')], INNER_GUID))],
    ['an instance without fragment header', (b) => b.instance(() => inner(b), [text('x')], INNER_GUID)],
    ['an element without fragment header', (b) => b.element('I', { content: () => b.value('x') })],
    ['a fragment with an element', (b) => b.fragment(() => b.element('I', { content: () => b.value('x') }))],
  ])('puts nested BinXML in its place: %s', (_, write) => {
    const element = instance(
      (b) => b.element('A').slot(0, 0x21),
      (b) => [{ type: 0x21, bytes: () => write(b) }],
    )
    expect(renderXml(element)).toBe('<E><A/><I>x</I></E>')
  })

  it('puts nothing in the place of empty nested BinXML', () => {
    const nested = (write: (b: ChunkBytes) => void) =>
      renderXml(
        instance(
          (b) => b.slot(0, 0x21),
          (b) => [{ type: 0x21, bytes: () => write(b) }],
        ),
      )
    expect(nested(() => {})).toBe('<E></E>')
    expect(nested((b) => b.fragment(() => {}))).toBe('<E></E>')
  })

  it('reads a record without template, every value a literal text (quirk 19)', () => {
    const { event } = onlyRecord((b) =>
      b.record(() => b.fragment(() => b.element('Event', { content: () => b.system() }))),
    )
    expect(renderXml(event)).toBe(
      "<Event><System><Provider Name='P'/><EventID>7</EventID>" +
        "<TimeCreated SystemTime='2026-03-14T09:41:00.0000000Z'/><EventRecordID>1</EventRecordID>" +
        '<Channel>C</Channel><Computer>HOST</Computer></System></Event>',
    )
  })

  it('writes references, CDATA and instructions of a record without template (quirk 32)', () => {
    const element = plainElement((b) =>
      b.value('a').u8(0x09).name('lt').u8(0x08).u16(0x41).u8(0x07).text('<c>').u8(0x0a).name('t').u8(0x0b).text('d'),
    )
    expect(renderXml(element)).toBe('<E>a&lt;&#65;<![CDATA[<c>]]><?t d?></E>')
    expect(element.children.map((node) => !isElement(node) && node.text).join('')).toBe('a<A<c>')
  })

  it('joins a text that stands in pieces (quirk 34)', () => {
    expect(renderXml(plainElement((b) => b.value('ab', 0x45).value('cd', 0x45).value('ef')))).toBe('<E>abcdef</E>')
  })

  it('needs an element', () => {
    expect(damageOf((b) => b.record(() => b.fragment(() => b.value('text'))))).toContain('holds no element')
    expect(damageOf((b) => b.record(() => b.raw(new Uint8Array(16))))).toContain('holds no element')
  })

  it(`nests BinXML values ${MAX_DEPTH} deep and no more (quirk 42)`, () => {
    const nested = (depth: number) => (b: ChunkBytes) => {
      const level = (left: number): RawValue[] => [
        left === 0 ? text('x') : { type: 0x21, bytes: () => b.instance(512 + 38, level(left - 1)) },
      ]
      b.record(() => b.fragment(() => b.instance(() => b.element('E', { content: () => b.slot(0) }), level(depth))))
    }
    const [found] = walked(nested(MAX_DEPTH))
    expect(found && !isDamage(found) && renderXml(found.event)).toContain(`${'<E>'.repeat(MAX_DEPTH + 1)}x`)
    expect(damageOf(nested(MAX_DEPTH + 1))).toContain('nested too deep')
  })
})

function inner(b: ChunkBytes): void {
  b.element('I', { content: () => b.slot(0) })
}
