import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cut, pad, widthOf } from '../../src/report/cell-width.ts'
import { wrap } from '../../src/report/wrap.ts'

test('wrap() ends no line inside a time, a number with its unit or a short quotation', () => {
  expect(wrap('since 2026-03-13 16:02:10 UTC', 24)).toEqual(['since', '2026-03-13 16:02:10 UTC'])
  expect(wrap('within the last 24 h', 18)).toEqual(['within the last', '24 h'])
  expect(wrap('failed with "Access is denied"', 26)).toEqual(['failed with', '"Access is denied"'])
})

test('wrap() breaks a path that no line can hold behind a separator', () => {
  expect(wrap('C:\\ProgramData\\Microsoft\\Crypto\\RSA', 26)).toEqual(['C:\\ProgramData\\Microsoft\\', 'Crypto\\RSA'])
})

test('wrap() of nothing is one empty line', () => {
  expect(wrap('', 40)).toEqual([''])
})

test('wrap() makes no line too wide and loses no character but blanks, whatever the text', () => {
  const word = fc.string({ unit: fc.constantFrom('a', '\\', '日', '"', '1', ' ', ' ', '_', '😀', 'é') })
  fc.assert(
    fc.property(word, fc.integer({ min: 4, max: 40 }), (text, width) => {
      const lines = wrap(text, width)
      for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width)
      expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
    }),
  )
})

test('widthOf(), pad() and cut() count the cells of a terminal, not characters', () => {
  expect([widthOf('abc'), widthOf('日本'), widthOf('e\u0301'), widthOf('😀')]).toEqual([3, 4, 1, 2])
  expect(pad('日本', 6)).toBe('日本  ')
  expect(cut('日本語', 5)).toBe('日本…')
  expect(cut('日本語', 6)).toBe('日本語')
})
