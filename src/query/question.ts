import { isNetworkAddress } from '../event/session-address.ts'
import type { Gate } from '../evtx/gate.ts'
import type { FieldTest, Need } from './need.ts'

/** A need, ready to be asked of records. */
export interface AskedNeed {
  /** Position in the list of needs. */
  readonly index: number
  readonly need: Need
  /** In lower case. */
  readonly channels: ReadonlySet<string> | undefined
  readonly where: readonly FieldTest[]
}

/**
 * The union of all needs of a run: which records may be skipped, and exactly which needs one answers.
 */
export class Question {
  readonly needs: readonly Need[]
  /** Needs by provider in lower case, then by event id. */
  readonly #byProvider = new Map<string, Map<number, AskedNeed[]>>()

  /** What a scan may skip when only these needs are asked. */
  readonly gate: Gate

  constructor(needs: readonly Need[]) {
    this.needs = needs
    const anyProvider = new Uint8Array(65_536)
    for (const { eventIds } of needs) for (const id of eventIds) anyProvider[id] = 1
    this.gate = { anyProvider, mayHold: () => true, eventIds: (provider) => this.#idsOf(provider) }
    needs.forEach((need, index) => {
      const asked = { index, need, channels: lowerSet(need.channels), where: (need.where ?? []).map(lowerTest) }
      const provider = need.provider.toLowerCase()
      const byId = this.#byProvider.get(provider) ?? new Map<number, AskedNeed[]>()
      this.#byProvider.set(provider, byId)
      for (const id of need.eventIds) byId.set(id, [...(byId.get(id) ?? []), asked])
    })
  }

  #idsOf(provider: string): Uint8Array | undefined {
    const byId = this.#byProvider.get(provider.toLowerCase())
    if (!byId) return undefined
    const mask = new Uint8Array(65_536)
    for (const id of byId.keys()) mask[id] = 1
    return mask
  }

  /** Needs that a record answers as far as its System fields tell; `where` is still to be tested. */
  candidates(provider: string, eventId: number, channel: string): readonly AskedNeed[] {
    const asked = this.#byProvider.get(provider.toLowerCase())?.get(eventId)
    if (!asked) return []
    const lower = channel.toLowerCase()
    return asked.filter(({ channels }) => channels === undefined || channels.has(lower))
  }
}

/** True when the field's text passes the test. @param value undefined where the record has no such field */
export function passes(test: FieldTest, value: string | undefined): boolean {
  if ('is' in test) return isNetworkAddress(value)
  const among = value !== undefined && test.values.includes(value.toLowerCase())
  return among !== (test.negate ?? false)
}

function lowerSet(names: readonly string[] | undefined): ReadonlySet<string> | undefined {
  return names && new Set(names.map((name) => name.toLowerCase()))
}

function lowerTest(test: FieldTest): FieldTest {
  if ('is' in test) return { ...test, name: test.name.toLowerCase() }
  return { ...test, name: test.name.toLowerCase(), values: test.values.map((value) => value.toLowerCase()) }
}
