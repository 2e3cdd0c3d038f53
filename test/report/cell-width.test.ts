import { expect, test } from 'vitest'
import { cutApart, widthOf } from '../../src/report/cell-width.ts'

test('cutApart() lets the middle give way where that leaves every name different', () => {
  expect(cutApart(['short', 'collector/SRV-with-a-long-name-1', 'collector/SRV-with-a-long-name-2'], 20)).toEqual([
    'short',
    'collector/…ng-name-1',
    'collector/…ng-name-2',
  ])
})

test('cutApart() keeps what tells names apart that begin and end alike', () => {
  expect(cutApart(['collector/SRVA.contoso.com', 'collector', 'collector/SRVB.contoso.com'], 20)).toEqual([
    'collector/SRVA.cont…',
    'collector',
    'collector/SRVB.cont…',
  ])
  const folder = 'evidence-of-the-third-of-march'
  expect(cutApart([`${folder}/A.corp.contoso.com`, `${folder}/B.corp.contoso.com`], 20)).toEqual([
    '…of-march/A.corp.co…',
    '…of-march/B.corp.co…',
  ])
})

test('cutApart() tells many names apart, each within the width', () => {
  const numbers = Array.from({ length: 300 }, (_, n) => String(n).padStart(3, '0'))
  const names = numbers.map((n) => `a-folder-with-a-long-name/${n}-日本-middle-${n}-and-the-end-of-a-domain.example`)
  for (const width of [8, 12, 20, 33]) {
    const short = cutApart(names, width)
    expect(new Set(short).size).toBe(names.length)
    expect(Math.max(...short.map(widthOf))).toBeLessThanOrEqual(width)
  }
})

test('cutApart() of names that differ where one ends, and of equal names', () => {
  const long = 'x'.repeat(40)
  expect(new Set(cutApart([long, `${long}x`], 10)).size).toBe(2)
  expect(new Set(cutApart([long, long], 10)).size).toBe(1)
})
