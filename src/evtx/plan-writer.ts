import * as plan from './plan.ts'
import type { PlanMemory } from './plan-memory.ts'
import { writeAscii } from './write-number.ts'

/** Thrown by a dialect that cannot put a definition into a plan. Caught by `compilePlan`. */
export class Refusal extends Error {}

/** Nothing real is larger; a hostile definition may say long names over and over. */
const MAX_PLAN = 1024 * 1024

const encoder = new TextEncoder()

/** An op that is not written yet. */
interface Op {
  readonly kind: number
  flags: number
  readonly slot: number
  readonly literal: string
  /** Bytes of the literal. */
  readonly length: number
  /** Bytes from the plan's start. */
  readonly place: number
  /** An op's number where it is to be jumped to. */
  argument: number
}

/** What fits into the flags of an op. */
const MOST_FLAGS = 0xff

/** Kinds that look at their slot, whatever its number. */
const LOOKING: ReadonlySet<number> = new Set([
  plan.SKIP_IF_NULL,
  plan.XML_VALUE,
  plan.XML_ATTRIBUTE,
  plan.XML_OPTIONAL,
  plan.JSON_OPTIONAL,
  plan.JSON_VALUE,
  plan.JSON_MEMBER,
  plan.JSON_CHILDREN,
  plan.JSON_ITEM,
])

/** What an op says besides its kind and slot. */
interface OpOptions {
  readonly flags?: number
  readonly argument?: number
}

/** Collects the ops of one plan; see `plan.ts` for the layout they get in memory. */
export class PlanWriter {
  readonly #ops: Op[] = []
  readonly #uses = new Map<number, number>()
  #pending = ''
  #bytes = 0
  #size = plan.HEAD_SIZE
  #slots = 0
  #nodes = 0
  #characters = 0

  /** Text, escaped for the dialect, in front of what comes next. Returns its length in bytes. */
  text(text: string): number {
    this.#pending += text
    return lengthOf(text)
  }

  /** Adds an op with all text since the last one as its literal. */
  op(kind: number, slot: number, { flags = 0, argument = 0 }: OpOptions = {}): void {
    const literal = this.#pending
    const length = lengthOf(literal)
    this.#pending = ''
    this.#ops.push({ kind, flags, slot, literal, length, place: this.#size, argument })
    // Brackets, `null` and the like that an op itself writes.
    this.#bytes += length + OWN_BYTES
    this.#size += plan.OP_SIZE + padded(length)
    if (this.#size > MAX_PLAN) throw new Refusal('The plan is too large')
    if (slot === plan.NO_SLOT) {
      // A definition may name the slot of this number: no instance has it, and no op may look for it.
      if (LOOKING.has(kind)) throw new Refusal('A slot has the number that means none')
      return
    }
    this.#slots = Math.max(this.#slots, slot + 1)
    if (kind !== plan.SKIP_IF_NULL) this.#uses.set(slot, (this.#uses.get(slot) ?? 0) + 1)
  }

  /** What follows until `end` is called is there only where the slot is not null. */
  optional(slot: number): { end: () => void } {
    this.op(plan.SKIP_IF_NULL, slot)
    const skip = this.#ops.at(-1)!
    return {
      end: () => {
        if (lengthOf(this.#pending) > MOST_FLAGS) this.op(plan.LITERAL, plan.NO_SLOT)
        skip.flags = lengthOf(this.#pending)
        skip.argument = this.#ops.length
      },
    }
  }

  /** Counts what the limits of a record count. */
  count(nodes: number, characters: number): void {
    this.#nodes += nodes
    this.#characters += characters
  }

  /** Ends the plan and writes it to memory. Returns where its end is, or 0 where it has no room. */
  finish(memory: PlanMemory, at: number, flags: number): number {
    this.op(plan.END, plan.NO_SLOT)
    if (at + this.#size > memory.plansEnd) return 0
    const { words, bytes } = memory
    const head = at >> 2
    words.fill(0, head, head + (plan.HEAD_SIZE >> 2))
    words[head + plan.HEAD_NODES] = this.#nodes
    words[head + plan.HEAD_CHARACTERS] = this.#characters
    words[head + plan.HEAD_BYTES] = this.#bytes
    words[head + plan.HEAD_USES] = Math.max(1, ...this.#uses.values())
    words[head + plan.HEAD_SLOTS] = this.#slots
    words[head + plan.HEAD_FLAGS] = flags
    for (const { kind, flags: opFlags, slot, literal, length, place, argument } of this.#ops) {
      const word = (at + place) >> 2
      const text = at + place + plan.OP_SIZE
      const next = text + padded(length)
      words[word + plan.OP_KIND] = kind | (opFlags << 8) | (slot << 16)
      words[word + plan.OP_LENGTH] = length
      words[word + plan.OP_NEXT] = next
      words[word + plan.OP_ARGUMENT] = kind === plan.SKIP_IF_NULL ? at + this.#ops[argument]!.place : argument
      bytes.fill(0, text, next)
      if (length !== literal.length) encoder.encodeInto(literal, bytes.subarray(text, text + length))
      else writeAscii(memory, literal, text)
    }
    return at + this.#size
  }
}

/** Most bytes that an op itself writes besides literal and value: `,"#text":null}}` and the like. */
const OWN_BYTES = 32

/** Length of a text in UTF-8. */
function lengthOf(text: string): number {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) >= 0x80) return encoder.encode(text).length
  return text.length
}

/** The next multiple of the alignment. */
export function padded(length: number): number {
  return (length + plan.ALIGNMENT - 1) & -plan.ALIGNMENT
}
