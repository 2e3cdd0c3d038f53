import type { Gate } from '../evtx/gate.ts'
import { type FieldTest, lowerTest, passes, type TextTest } from './field-test.ts'
import type { Need } from './need.ts'

/** A test, and how it came out for values that were met. */
export type AskedTest = FieldTest & {
  /** By value, of fields of the type UInt32: a log has a hundred thousand logons, and ten types of them. */
  readonly byNumber: Map<number, boolean>
}

/** A need, ready to be asked of records. */
export interface AskedNeed {
  /** Position in the list of needs. */
  readonly index: number
  readonly need: Need
  /** In lower case. */
  readonly channels: ReadonlySet<string> | undefined
  readonly where: readonly AskedTest[]
  /** Of its event ids those that no other need asks of the provider. */
  readonly alone: ReadonlySet<number>
}

/** One that is being made: which ids it has alone is known at the end. */
type Asking = AskedNeed & { readonly alone: Set<number> }

/** What is asked of one provider. */
interface Asked {
  readonly byId: Map<number, Asking[]>
  /** A byte for each event id, 1 where some need names it. */
  readonly mask: Uint8Array
}

/** System/EventID is a 16-bit field. */
const ID_COUNT = 65_536

/**
 * The union of all needs of a run: which records may be skipped, and exactly which needs one answers.
 */
export class Question {
  readonly needs: readonly Need[]
  /** By provider in lower case. */
  readonly #byProvider = new Map<string, Asked>()

  /** What a scan may skip when only these needs are asked. */
  readonly gate: Gate

  constructor(needs: readonly Need[]) {
    this.needs = needs
    const anyProvider = new Uint8Array(ID_COUNT)
    // A hostile log may spell one provider in a million ways: they all get the one mask.
    const eventIds = (provider: string) => this.#byProvider.get(provider.toLowerCase())?.mask
    this.gate = { anyProvider, mayHold: () => true, eventIds }
    needs.forEach((need, index) => {
      const where = (need.where ?? []).map(askedTest)
      const asked: Asking = { index, need, channels: lowerSet(need.channels), where, alone: new Set(need.eventIds) }
      const { byId, mask } = this.#askedOf(need.provider.toLowerCase())
      for (const id of new Set(need.eventIds)) {
        const all = [...(byId.get(id) ?? []), asked]
        byId.set(id, all)
        if (all.length > 1) for (const { alone } of all) alone.delete(id)
        mask[id] = anyProvider[id] = 1
      }
    })
  }

  #askedOf(provider: string): Asked {
    const known = this.#byProvider.get(provider)
    if (known) return known
    const made: Asked = { byId: new Map(), mask: new Uint8Array(ID_COUNT) }
    this.#byProvider.set(provider, made)
    return made
  }

  /** Needs that a record answers as far as its System fields tell; `where` is still to be tested. */
  candidates(provider: string, eventId: number, channel: string): readonly AskedNeed[] {
    const asked = this.#byProvider.get(provider.toLowerCase())?.byId.get(eventId)
    if (!asked) return []
    const lower = channel.toLowerCase()
    return asked.filter(({ channels }) => channels === undefined || channels.has(lower))
  }
}

/** Numbers whose outcome is remembered; beyond it each is looked at again. */
const MOST_NUMBERS = 1_024

/** As `passes`, for a value that Windows renders as this number in decimal. */
export function numberPasses(test: Extract<AskedTest, TextTest>, value: number): boolean {
  const known = test.byNumber.get(value)
  if (known !== undefined) return known
  const outcome = passes(test, String(value))
  if (test.byNumber.size < MOST_NUMBERS) test.byNumber.set(value, outcome)
  return outcome
}

function lowerSet(names: readonly string[] | undefined): ReadonlySet<string> | undefined {
  return names && new Set(names.map((name) => name.toLowerCase()))
}

function askedTest(test: FieldTest): AskedTest {
  return { ...lowerTest(test), byNumber: new Map() }
}
