import { describe, expect, it } from 'vitest'
import { decideVerdict, type Grounds } from '../../src/finding/decide-verdict.ts'

const nothing: Grounds = { refuted: false, healed: false, current: false, secondKind: false, proof: false, weak: false }
const verdict = (grounds: Partial<Grounds>) => decideVerdict({ ...nothing, ...grounds })

describe('decideVerdict()', () => {
  it.each([
    ['confirmed', { current: true, proof: true }],
    ['probable', { current: true, secondKind: true }],
    ['probable', { proof: true }],
    ['possible', { current: true }],
    ['possible', { secondKind: true }],
    ['possible', {}],
    ['possible', { current: true, secondKind: true, proof: true, weak: true }],
    ['historic', { current: true, secondKind: true, proof: true, healed: true }],
    ['refuted', { refuted: true, healed: true, current: true }],
  ] as const)('is %s with %j', (wanted, grounds) => {
    expect(verdict(grounds)).toBe(wanted)
  })
})
