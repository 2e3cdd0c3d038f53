import { joinBytes } from '../../bytes/join-bytes.ts'

/** One DER element: its tag, its length in as few bytes as it takes, its content. Source: ITU-T X.690, 8.1 and 10.1. */
export function derElement(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = joinBytes(parts)
  return joinBytes([Uint8Array.from([tag, ...lengthBytes(content.length)]), content])
}

/** A length below 128 is itself; a longer one stands behind the count of its bytes. */
function lengthBytes(length: number): number[] {
  if (length < 0x80) return [length]
  const bytes: number[] = []
  for (let left = length; left > 0; left = Math.floor(left / 0x100)) bytes.unshift(left & 0xff)
  return [0x80 | bytes.length, ...bytes]
}

/** The element of an object identifier in its dotted form: `1.3.6.1.5.5.7.3.1`. Source: ITU-T X.690, 8.19. */
export function derObjectId(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return derElement(0x06, Uint8Array.from([first * 40 + second, ...rest].flatMap(sevenBits)))
}

/** A number in groups of seven bits, each but the last with the eighth bit set. */
function sevenBits(number: number): number[] {
  const groups = [number & 0x7f]
  for (let left = number >>> 7; left > 0; left >>>= 7) groups.unshift((left & 0x7f) | 0x80)
  return groups
}
