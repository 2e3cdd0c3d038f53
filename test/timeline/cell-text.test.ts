import { expect, test } from 'vitest'
import { LONGEST_CELL, toCellText } from '../../src/timeline/cell-text.ts'

test.each([
  ["=cmd|'/c calc'!A1", "'=cmd|'/c calc'!A1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  [' =1+1', "' =1+1"],
  ['＝1', "'＝1"],
  ['＠x', "'＠x"],
  ['\tx', "'\tx"],
  ['\r\n=1', "' ¦ =1"],
])('toCellText() lets no spreadsheet see a formula in %j', (text, cell) => {
  const tally = { guarded: 0, cut: 0 }
  expect(toCellText(text, tally)).toBe(cell)
  expect(tally).toEqual({ guarded: 1, cut: 0 })
})

test.each(['a=b', 'CONTOSO\\admin', '{"a":"=1"}', '10.0.0.1', '', 'é'])('toCellText() leaves %j as it is', (text) => {
  const tally = { guarded: 0, cut: 0 }
  expect(toCellText(text, tally)).toBe(text)
  expect(tally.guarded).toBe(0)
})

test('toCellText() joins lines and shows what acts on a terminal or turns the direction of text', () => {
  expect(toCellText('one\r\ntwo\n\nthree\u2028four')).toBe('one ¦ two ¦ three ¦ four')
  expect(toCellText('a\u001b[2Jb\u009b1m\u202ec')).toBe('a\\u001b[2Jb\\u009b1m\\u202ec')
})

test('toCellText() keeps a cell of exactly the limit and cuts a longer one to no more than that, saying how much is missing', () => {
  expect(toCellText('x'.repeat(LONGEST_CELL))).toHaveLength(LONGEST_CELL)
  const tally = { guarded: 0, cut: 0 }
  const cell = toCellText('x'.repeat(LONGEST_CELL + 1), tally)
  const [, kept, missing] = /^(x+)…\[\+(\d+) chars\]$/.exec(cell) ?? []
  expect(cell.length).toBeLessThanOrEqual(LONGEST_CELL)
  expect((kept ?? '').length + Number(missing)).toBe(LONGEST_CELL + 1)
  expect(tally.cut).toBe(1)
})

test('toCellText() never cuts a character of two units in half', () => {
  for (const shift of ['', 'x']) {
    expect(toCellText(shift + '😀'.repeat(LONGEST_CELL))).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/)
  }
})
