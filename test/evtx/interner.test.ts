import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Interner, TOO_MANY_NAMES } from '../../src/evtx/interner.ts'
import { utf16 } from '../support/evtx-bytes.ts'

/** Number of a text by its bytes, which stand at an uneven place. */
function ofBytes(names: Interner, text: string): number {
  const bytes = Buffer.concat([Buffer.of(1, 2, 3), utf16(text), Buffer.of(0xff, 0xff, 0xff, 0xff)])
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  return names.ofBytes(bytes, view, 3, 2 * text.length)
}

describe('Interner', () => {
  it('gives a text the same number by its characters and by its bytes', () => {
    const names = new Interner()
    const number = names.ofText('Microsoft-Windows-Kernel-General')
    expect(ofBytes(names, 'Microsoft-Windows-Kernel-General')).toBe(number)
    expect(ofBytes(names, 'Microsoft-Windows-Kernel-General')).toBe(number)
    expect(names.texts[number]).toBe('Microsoft-Windows-Kernel-General')
  })

  it('tells any two texts apart, and knows each again', () => {
    const names = new Interner()
    const texts = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'é', '\ud800'), maxLength: 12 }), {
      maxLength: 20,
    })
    fc.assert(
      fc.property(texts, (list) => {
        for (const text of [...list, ...list]) expect(names.texts[ofBytes(names, text)]).toBe(text)
      }),
    )
    expect(new Set(names.texts).size).toBe(names.texts.length)
  })

  it('tells texts apart that differ where their hash does not look', () => {
    const names = new Interner()
    const [one, two] = ['A234567890123456789012345', 'B234567890123456789012345']
    expect([one, two].map((text) => names.texts[ofBytes(names, text)])).toEqual([one, two])
  })

  it('does not count zeros at the end (quirk 28)', () => {
    const names = new Interner()
    expect(ofBytes(names, 'System\0\0')).toBe(names.ofText('System'))
    expect(names.texts).not.toContain('System\0\0')
  })

  it('keeps no more names than memory bears, and calls all others one (quirk 42)', () => {
    const names = new Interner()
    const first = names.ofText('first')
    for (let i = 0; i < 300_000; i++) names.ofText(`name ${i}`)
    expect(names.texts.length).toBeLessThan(300_000)
    const late = [names.ofText('late'), ofBytes(names, 'later')]
    expect(late.map((number) => names.texts[number])).toEqual([TOO_MANY_NAMES, TOO_MANY_NAMES])
    expect(names.ofText('first')).toBe(first)
  })
})
