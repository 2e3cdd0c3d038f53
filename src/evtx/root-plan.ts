import { decodeUtf16 } from '../bytes/utf16.ts'
import type { Chunk } from './chunk.ts'
import type { DefinitionPrint } from './definition-print.ts'
import type { Interner } from './interner.ts'
import {
  CHANNEL,
  COMPUTER,
  EVENT_ID,
  LEVEL,
  MANY,
  NONE,
  PROVIDER,
  RECORD_ID,
  type RootSources,
  TIME,
} from './root-sources.ts'

/** The greatest of the fields that a scan takes from slots. */
const LAST_STEP = CHANNEL

/**
 * How to find the System fields of a record without decoding it: which slots of the root template hold them, and what
 * the template says literally. Slots follow the fixed map of Windows' root templates, but nothing is taken for granted:
 * each is read off the definition.
 */
export interface RootPlan {
  /** Size of the definition where it stands, header included. */
  readonly size: number
  /** Undefined for a definition that is met for the first time: what is known of it is good for its chunk. */
  print: DefinitionPrint | undefined
  /** False: this template is not shaped so that its fields can be taken from slots. */
  readonly fast: boolean
  /** Slot without whose value there is no event at all; `NONE` for none. */
  readonly dependencySlot: number
  /** Slot of type BinXML below the root: EventData or UserData. */
  readonly payloadSlot: number
  /** Slot of Level, which is looked at only where a record is kept. */
  readonly levelSlot: number
  /** Level where the template says it literally. */
  readonly level: number
  /** Slots that hold System fields, ascending, and what each holds. */
  readonly stepSlots: Int32Array
  readonly stepFields: Int32Array
  /** Greatest of `stepSlots`. */
  readonly lastSlot: number
  /** Interned literals, `NONE` where a slot has them. */
  readonly provider: number
  readonly channel: number
  readonly computer: number
}

/**
 * Derives the plan of a root template.
 *
 * @param chunk where the definition stands
 * @param size of the definition, header included
 * @param sources of that definition
 */
export function planRoot(chunk: Chunk, size: number, sources: RootSources, names: Interner): RootPlan {
  const { slots, starts, dependency, payload } = sources
  const isOne = (field: number) => slots[field] !== MANY
  const isSlot = (field: number) => slots[field]! > NONE
  const intern = (field: number) =>
    isOne(field) && !isSlot(field) ? internLiteral(chunk, starts[field]!, sources.sizes[field]!, names) : NONE
  const steps = stepsOf(slots)
  const fast =
    isSlot(EVENT_ID) &&
    isSlot(TIME) &&
    isSlot(RECORD_ID) &&
    isOne(PROVIDER) &&
    isOne(CHANNEL) &&
    isOne(COMPUTER) &&
    !isSlot(COMPUTER) &&
    // The scan looks at a provider only when it knows that the event id is wanted.
    (!isSlot(PROVIDER) || slots[PROVIDER]! > slots[EVENT_ID]!)
  return {
    size,
    print: undefined,
    fast,
    dependencySlot: dependency,
    payloadSlot: payload,
    levelSlot: isSlot(LEVEL) ? slots[LEVEL]! : NONE,
    level: isOne(LEVEL) && !isSlot(LEVEL) ? literalLevel(chunk, starts[LEVEL]!, sources.sizes[LEVEL]!) : NONE,
    ...steps,
    lastSlot: steps.stepSlots.at(-1) ?? NONE,
    provider: intern(PROVIDER),
    channel: intern(CHANNEL),
    computer: intern(COMPUTER),
  }
}

function internLiteral({ bytes, view }: Chunk, start: number, size: number, names: Interner): number {
  if (start === NONE || size === 0) return names.ofText('')
  // Zeros at the end of a value are padding, those of a literal are part of it.
  const endsInZero = bytes[start + size - 2] === 0 && bytes[start + size - 1] === 0
  return endsInZero ? names.ofText(decodeUtf16(bytes, start, size)) : names.ofBytes(bytes, view, start, size)
}

function literalLevel({ bytes }: Chunk, start: number, size: number): number {
  return start === NONE ? NONE : levelIn(decodeUtf16(bytes, start, size))
}

/** The number that a text says, `NONE` where it says none. */
export function levelIn(text: string): number {
  return /^\d{1,3}$/.test(text) ? Number(text) : NONE
}

/** Fields that are filled from slots, in the order in which those stand. A scan plans some hundreds of templates. */
function stepsOf(slots: Int32Array): Pick<RootPlan, 'stepSlots' | 'stepFields'> {
  let count = 0
  for (let field = 0; field <= LAST_STEP; field++) if (slots[field]! > NONE) count++
  const stepSlots = new Int32Array(count)
  const stepFields = new Int32Array(count)
  let steps = 0
  for (let field = 0; field <= LAST_STEP; field++) {
    const slot = slots[field]!
    if (slot <= NONE) continue
    let at = steps++
    for (; at > 0 && stepSlots[at - 1]! > slot; at--) {
      stepSlots[at] = stepSlots[at - 1]!
      stepFields[at] = stepFields[at - 1]!
    }
    stepSlots[at] = slot
    stepFields[at] = field
  }
  return { stepSlots, stepFields }
}
