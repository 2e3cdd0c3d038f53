/** Deterministic choices: the same seed makes the same ones on every machine and every run. */
export interface Random {
  /** 0 up to, not including, 1. */
  fraction(): number
  /** A whole number, both ends included. */
  integer(min: number, max: number): number
  pick<T>(choices: readonly T[]): T
  /** Upper-case hex digits. */
  hex(digits: number): string
  /** `{xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx}`, lower case. */
  guid(): string
}

/** A generator (mulberry32) that starts from the FNV-1a hash of a text. */
export function random(seed: string): Random {
  let state = 0x811c9dc5
  for (let i = 0; i < seed.length; i++) state = Math.imul(state ^ seed.charCodeAt(i), 0x01000193)
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const fraction = () => next() / 0x1_0000_0000
  const integer = (min: number, max: number) => min + Math.floor(fraction() * (max - min + 1))
  const hex = (digits: number) => {
    let text = ''
    while (text.length < digits) text += next().toString(16).padStart(8, '0')
    return text.slice(0, digits).toUpperCase()
  }
  return {
    fraction,
    integer,
    hex,
    pick: (choices) => choices[integer(0, choices.length - 1)]!,
    guid: () => {
      const text = hex(32).toLowerCase()
      return `{${text.slice(0, 8)}-${text.slice(8, 12)}-4${text.slice(13, 16)}-8${text.slice(17, 20)}-${text.slice(20)}}`
    },
  }
}
