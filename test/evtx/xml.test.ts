import { describe, expect, it } from 'vitest'
import type { XmlElement } from '../../src/evtx/element.ts'
import { escapeXml, renderXml } from '../../src/evtx/xml.ts'

const element = (parts: Partial<XmlElement>): XmlElement => ({
  name: 'E',
  attributes: [],
  children: [],
  closedEmpty: false,
  ...parts,
})

describe('renderXml()', () => {
  it('writes what was closed empty as one tag, unless it has content', () => {
    const text = { text: 'x', type: 1 }
    expect(renderXml(element({}))).toBe('<E></E>')
    expect(renderXml(element({ closedEmpty: true }))).toBe('<E/>')
    expect(renderXml(element({ closedEmpty: true, children: [text] }))).toBe('<E>x</E>')
  })

  it('writes attributes in single quotes and escapes those', () => {
    const attributes = [
      { name: 'a', value: `<&>"'`, type: 1 },
      { name: 'b', value: 'é', type: 1 },
    ]
    expect(renderXml(element({ attributes, closedEmpty: true }))).toBe(`<E a='&lt;&amp;&gt;"&apos;' b='é'/>`)
  })

  it('adds no white space', () => {
    const children = [{ text: 'a', type: 1 }, element({ name: 'F', closedEmpty: true }), { text: '\r\n\t', type: 1 }]
    expect(renderXml(element({ children }))).toBe('<E>a<F/>\r\n\t</E>')
  })

  it('writes markup as it stands, except for what XML cannot hold', () => {
    const children = [{ text: '<', type: 1, xml: '<![CDATA[<\0\ud800]]>' }]
    expect(renderXml(element({ children }))).toBe('<E><![CDATA[<\ufffd\ufffd]]></E>')
  })
})

describe('escapeXml()', () => {
  it.each([
    ['&, < and > and nothing else', `a&b<c>d"e'f`, `a&amp;b&lt;c&gt;d"e'f`],
    ['white space as it is', '\t\n\r ', '\t\n\r '],
    ['a pair of surrogates as it is', '\ud83d\ude00', '\ud83d\ude00'],
    ['control characters as U+FFFD (quirk 29)', '\x01a\x08\x0b\x0c\x0e\x1f', '\ufffda\ufffd\ufffd\ufffd\ufffd\ufffd'],
    ['noncharacters as U+FFFD', '\ufffe\uffff', '\ufffd\ufffd'],
    ['a high surrogate alone as U+FFFD (quirk 30)', 'a\ud83d', 'a\ufffd'],
    ['a low surrogate alone as U+FFFD (quirk 30)', '\ude00a', '\ufffda'],
    ['halves the wrong way round as two (quirk 30)', '\ude00\ud83d', '\ufffd\ufffd'],
    ['a lone half before a pair (quirk 30)', '\ud83d\ud83d\ude00', '\ufffd\ud83d\ude00'],
    ['a lone half behind a pair (quirk 30)', '\ud83d\ude00\ude00', '\ud83d\ude00\ufffd'],
    ['a text up to its first zero (quirk 28)', 'a\0b\0', 'a'],
    ['an ampersand once', '&amp;', '&amp;amp;'],
  ])('writes %s', (_, text, xml) => {
    expect(escapeXml(text)).toBe(xml)
  })
})
