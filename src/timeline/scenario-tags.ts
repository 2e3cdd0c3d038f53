import { sameName } from '../event/source.ts'
import type { WinEvent } from '../event/win-event.ts'
import { eventPasses, lowerTest } from '../query/field-test.ts'
import type { Need } from '../query/need.ts'
import { SCENARIOS } from '../scenarios/catalogue.ts'

/** A sign of a scenario, and its id. */
interface Telling {
  readonly need: Need
  readonly scenario: string
}

/** By event id. */
let tellings: ReadonlyMap<number, readonly Telling[]> | undefined

/** Ids of the scenarios that an event may tell of. A tag is where to look, no verdict. */
export function scenarioTags(event: WinEvent): readonly string[] {
  tellings ??= findTellings()
  const ofId = tellings.get(event.eventId)
  if (ofId === undefined) return []
  return [...new Set(ofId.filter(({ need }) => asksFor(need, event)).map(({ scenario }) => scenario))]
}

function findTellings(): Map<number, Telling[]> {
  const byId = new Map<number, Telling[]>()
  for (const { id: scenario, signs } of SCENARIOS) {
    for (const need of signs) {
      const lowered = { ...need, where: (need.where ?? []).map(lowerTest) }
      for (const eventId of need.eventIds)
        byId.set(eventId, [...(byId.get(eventId) ?? []), { need: lowered, scenario }])
    }
  }
  return byId
}

function asksFor(need: Need, event: WinEvent): boolean {
  return (
    sameName(need.provider, event.provider) &&
    (need.channels === undefined || need.channels.some((channel) => sameName(channel, event.channel))) &&
    (need.where ?? []).every((test) => eventPasses(test, event))
  )
}
