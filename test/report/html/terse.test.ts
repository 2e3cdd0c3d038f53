import { expect, test } from 'vitest'
import { terse } from '../../../src/report/html/terse.ts'

test('terse() drops quotes that HTML does not ask for, and keeps those that it does', () => {
  expect(terse('<a id="x1" href="#h0r1" class="a b" title="a=b">a="b"</a>')).toBe(
    '<a id=x1 href=#h0r1 class="a b" title="a=b">a="b"</a>',
  )
  expect(terse('<p title="">x</p>')).toBe('<p title="">x</p>')
  // The slash would be part of the value.
  expect(terse('<use href="#m" x="5%"/>')).toBe('<use href=#m x=5% />')
})

test('terse() drops end tags that what follows implies, and no other', () => {
  expect(terse('<ul><li>a</li><li><b>b</b></li></ul><p>c</p><p>d</p>text')).toBe(
    '<ul><li>a<li><b>b</b></ul><p>c<p>d</p>text',
  )
  expect(terse('<tr><th>a</th><td>b</td></tr></tbody>')).toBe('<tr><th>a<td>b</tbody>')
  expect(terse('<dl><dt>a</dt><dd>b</dd></dl>')).toBe('<dl><dt>a<dd>b</dl>')
})

test('terse() lets a table have its body unsaid where HTML puts one there', () => {
  expect(terse('<table class="a"><tbody><tr><td>b</td></tr></tbody></table>')).toBe('<table class=a><tr><td>b</table>')
  // After a head, or with a name of its own, it is not the same body.
  expect(terse('<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>')).toBe(
    '<table><thead><tr><th>a</thead><tbody><tr><td>b</table>',
  )
  expect(terse('<table><tbody id="x"><tr><td>b</td></tr></tbody></table>')).toBe('<table><tbody id=x><tr><td>b</table>')
})

test('terse() lets an empty shape of a picture end itself, and no other', () => {
  expect(terse('<rect x="1%"></rect><rect><title>a</title></rect><p></p>')).toBe(
    '<rect x=1% /><rect><title>a</title></rect><p></p>',
  )
})

test('terse() leaves styles, scripts and data as they are: hashes allow them', () => {
  const own = '<style>\n.a{}\n</style><script type="application/json">\n{"a":"</p><p>"}\n</script>'
  expect(terse(`<p class="x">\n<b>y</b>${own}`)).toBe(`<p class=x><b>y</b>${own}`)
})
