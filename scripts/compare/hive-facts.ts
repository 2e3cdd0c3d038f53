import { toIso } from '../../src/bytes/filetime.ts'
import type { HiveKey } from '../../src/hive/key.ts'
import { dwordOf, type HiveValue, qwordOf, textOf, textsOf } from '../../src/hive/value.ts'

/** One line of what a reader finds in a hive: a key with its last write, or a value with its data. */
export interface HiveFact {
  /** Path of the key, `\` between names. */
  readonly path: string
  /** Name of the value; undefined for the key itself. */
  readonly name: string | undefined
  /** Of a key its last write in whole seconds; of a value its data in the form that the reader prints its type in. */
  readonly text: string
}

/** What our reader finds below a key, in the order of the hive. */
export function* walkFacts(key: HiveKey): Generator<HiveFact> {
  yield { path: key.path, name: undefined, text: toIso(key.lastWrite).slice(0, 19) }
  for (const value of key.values()) yield { path: key.path, name: value.name, text: plainForm(value) }
  for (const subkey of key.subkeys()) yield* walkFacts(subkey)
}

/** Text of text, decimal digits of numbers, hex digits of the rest: what can be made of any reader's output. */
function plainForm(value: HiveValue): string {
  const text = textOf(value) ?? textsOf(value)?.join('\n') ?? dwordOf(value)?.toString() ?? qwordOf(value)?.toString()
  return text ?? Buffer.from(value.bytes).toString('hex')
}

/** Whether a text is ASCII, which every reader prints alike. */
export function isAscii(text: string): boolean {
  return [...text].every((character) => character >= ' ' && character <= '~')
}
