import { describe, expect, it } from 'vitest'
import { DamageList } from '../../src/hive/damage-list.ts'
import { KnownValues } from '../../src/hive/known-values.ts'
import type { ValueCell } from '../../src/hive/value-cell.ts'

function cell(name: string, at: number): ValueCell {
  return { at, name, type: 4, size: 4, isInline: true, data: at }
}

/** Values of a key that counts how many of them were read; where one is undefined, damage is met. */
function keyOf(names: readonly (string | undefined)[]) {
  const damage = new DamageList()
  const seen = { read: 0 }
  const known = new KnownValues(
    damage,
    function* () {
      for (const [at, name] of names.entries()) {
        seen.read++
        if (name === undefined) damage.add('hive-cell', at, 0, 'broken')
        else yield cell(name, at)
      }
    },
    () => damage.add('hive-cell', 0, 0, 'too many') as undefined,
  )
  return { damage, seen, known }
}

describe('KnownValues', () => {
  it('reads no further than it is asked, and each value once', () => {
    const { seen, known } = keyOf(['One', 'Two', 'Three', 'Four'])
    expect(known.find('TWO')?.at).toBe(1)
    expect(seen.read).toBe(2)
    expect(known.find('ONE')?.at).toBe(0)
    expect(known.find('FOUR')?.at).toBe(3)
    expect(known.find('FIVE')).toBeUndefined()
    expect(known.find('SIX')).toBeUndefined()
    expect(seen.read).toBe(4)
  })

  it('gives the first of two that are called the same', () => {
    const { known } = keyOf(['Name', 'NAME', 'Other'])
    expect(known.find('OTHER')?.at).toBe(2)
    expect(known.find('NAME')?.at).toBe(0)
  })

  it('meets damage each time that something is not found, and finds what stands behind it', () => {
    const { damage, known } = keyOf(['One', undefined, 'Two', 'Three'])
    expect(known.find('TWO')?.at).toBe(2)
    expect(known.find('THREE')?.at).toBe(3)
    for (let times = 0; times < 2; times++) {
      const before = damage.met
      expect(known.find('FOUR')).toBeUndefined()
      expect(damage.met).toBeGreaterThan(before)
    }
    expect(damage.kept).toHaveLength(1)
  })

  it('remembers no more than a megabyte of names', () => {
    const long = 'x'.repeat(16_000)
    const { seen, known } = keyOf(Array.from({ length: 200 }, (_, i) => `${i}${long}`))
    expect(known.find(`199${long}`.toUpperCase())?.at).toBe(199)
    const read = seen.read
    expect(known.find(`0${long}`.toUpperCase())?.at).toBe(0)
    expect(seen.read).toBeGreaterThan(read)
  })

  it('refuses to look through too many again and again', () => {
    const { damage, known } = keyOf(Array.from({ length: 10_000 }, (_, i) => `Value${i}`))
    for (let times = 0; times < 4; times++) expect(known.find('NONE')).toBeUndefined()
    expect(damage.met).toBe(0)
    expect(known.find('VALUE3')).toBeUndefined()
    expect(damage.kept).toMatchObject([{ detail: 'too many' }])
  })

  it('finds the last of more values than are remembered', () => {
    const names = Array.from({ length: 10_000 }, (_, i) => `Value${i}`)
    const { known } = keyOf(names)
    expect(known.find('VALUE9999')?.at).toBe(9_999)
    expect(known.find('VALUE9998')?.at).toBe(9_998)
    expect(known.find('VALUE10000')).toBeUndefined()
  })
})
