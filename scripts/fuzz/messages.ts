import type { Failure } from './flip.ts'
import type { Target } from './targets.ts'

/** What is done to each byte, pass by pass: all bits, then single ones that matter to tokens, types and sizes. */
export const MASKS: readonly number[] = [0xff, 0x01, 0x80, 0x40, 0x10]

/** Words that the flipping thread shares with the one that watches: flips so far, target over all passes, file offset. */
export const FLIPS = 0
export const TARGET = 1
export const WHERE = 2
export const SHARED_WORDS = 3

/** What the flipping thread is given. */
export interface Start {
  readonly logs: readonly string[]
  readonly targets: readonly Target[]
  readonly seconds: number
  readonly shared: SharedArrayBuffer
}

/** How far it came: passes done, and targets of the next one. */
export interface Position {
  readonly pass: number
  readonly target: number
}

/** What it tells. */
export type Told =
  | { readonly kind: 'failure'; readonly path: string; readonly failure: Failure }
  | { readonly kind: 'end'; readonly position: Position }
