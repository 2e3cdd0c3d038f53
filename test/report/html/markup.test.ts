import { describe, expect, test } from 'vitest'
import {
  attribute,
  type Child,
  dataBlock,
  html,
  policyElement,
  scriptBlock,
  styleBlock,
} from '../../../src/report/html/markup.ts'

describe('html', () => {
  test('makes text of whatever is put in its blanks', () => {
    const bad = '<script>alert(1)</script>"&\''
    expect(html`<p title="${bad}">${bad}</p>`.text).toBe(
      '<p title="&lt;script&gt;alert(1)&lt;/script&gt;&quot;&amp;\'">&lt;script&gt;alert(1)&lt;/script&gt;"&amp;\'</p>',
    )
  })

  test('takes pieces of the page and lists of them as they are, and nothing for undefined and false', () => {
    expect(html`<ul>${['a', 'b<'].map((text) => html`<li>${text}</li>`)}${undefined}${false}${0}</ul>`.text).toBe(
      '<ul><li>a</li><li>b&lt;</li>0</ul>',
    )
  })

  test('takes no object that only looks like a piece of the page', () => {
    // What JSON.parse gives for a hostile value.
    const forged = JSON.parse('{"text":"<script>alert(1)</script>"}') as Child
    expect(() => html`<p>${forged}</p>`).toThrow('Nothing that can stand in a page')
  })

  test('refuses a blank where text could act: beside quotes, in a name, in an event, a style or an address', () => {
    const x = 'x'
    expect(() => html`<p class=${x}></p>`).toThrow('beside the quotes')
    expect(() => html`<${x}>`).toThrow('A blank in a name')
    expect(() => html`<p ${x}="1">`).toThrow('no attribute')
    expect(() => html`<p onclick="${x}">`).toThrow('A blank in "onclick"')
    expect(() => html`<p style="color:${x}">`).toThrow('A blank in "style"')
    expect(() => html`<img src="${x}">`).toThrow('A blank in "src"')
    expect(() => html`<a href="${x}">`).toThrow('A blank in "href"')
    expect(html`<a href="#h${x}r${1}">`.text).toBe('<a href="#hxr1">')
  })

  test('takes an attribute within a tag, and nothing else', () => {
    expect(html`<tr${attribute('id', 'a"b')}${undefined}>`.text).toBe('<tr id="a&quot;b">')
    expect(() => html`<tr${html`<b></b>`}>`).toThrow('no attribute')
    expect(() => html`<tr${' onclick="alert(1)"'}>`).toThrow('no attribute')
  })
})

describe('attribute()', () => {
  test('gives none without a value, and refuses those that act', () => {
    expect(attribute('id', undefined)).toBeUndefined()
    for (const name of ['onclick', 'style', 'src', 'href', 'x y', 'a"']) {
      expect(() => attribute(name, 'x')).toThrow('No attribute to be filled')
    }
  })
})

describe('dataBlock()', () => {
  test('holds no character that could end its block or begin another, and reads back as it was', () => {
    const data = { text: '</script><script>alert(1)</script><!-- & \u2028\u2029', '</script>': 1 }
    const { text } = dataBlock('x', data)
    const json = text.slice('<script type="application/json" data-kind="x">'.length, -'</script>'.length)
    expect(json).not.toMatch(/[<>&\u2028\u2029]/)
    expect(JSON.parse(json)).toEqual(data)
  })
})

describe('styleBlock(), scriptBlock() and policyElement()', () => {
  test('refuse what would end their block', () => {
    expect(() => styleBlock('a{}</style>')).toThrow('would end its block')
    expect(() => scriptBlock('"<!--"')).toThrow('would end its block')
    expect(() => policyElement(['default-src "x'])).toThrow('would end its attribute')
    expect(scriptBlock('a < b').text).toBe('<script>a < b</script>')
  })
})
