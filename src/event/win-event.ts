import type { Recovery } from '../evtx/record.ts'
import type { TemplateOrigin } from '../evtx/salvage.ts'

export type { Recovery, TemplateOrigin }

/** One value of EventData or UserData. */
export interface DataItem {
  /** The `Name` attribute of a `<Data>`, or the local name of a UserData element; undefined for an unnamed `<Data>`. */
  readonly name?: string
  readonly value: string
}

/** Where and when an event stands: all that a question about "when and how often" needs. */
export interface Sighting {
  readonly provider: string
  readonly channel: string
  readonly computer: string
  readonly eventId: number
  /** System/TimeCreated: FILETIME, 100 ns ticks since 1601-01-01 UTC. */
  readonly timeCreated: bigint
  /** System/EventRecordID. */
  readonly recordId: number
  /** The log as the report names it. */
  readonly file: string
  /** Bytes from the start of the file to the record. */
  readonly offset: number
  readonly level?: number
  readonly recovered?: Recovery
  /** Of a recovered event: absent where its templates stand in its own chunk, or it was not decoded. */
  readonly template?: TemplateOrigin
  /** Where else the same event stands, in order; absent where nowhere. */
  readonly copies?: readonly Copy[]
}

/** Another place where an event stands: an archived, exported or shadow copy of its log, or unused space. */
export interface Copy {
  readonly file: string
  /** Bytes from the start of the file. */
  readonly offset: number
  readonly recovered?: Recovery
}

/**
 * One event with its fields, as text the way Windows writes them.
 * `System` fields keep their meaning from the event schema (MS-EVEN6, "Event" schema of the Windows SDK).
 */
export interface WinEvent extends Sighting {
  readonly qualifiers?: number
  readonly version?: number
  readonly task?: number
  readonly opcode?: number
  /** As `0x…`. */
  readonly keywords?: string
  readonly processId?: number
  readonly threadId?: number
  readonly userId?: string
  readonly activityId?: string
  /** EventData/Data and UserData leaf elements, in the record's order. */
  readonly data: readonly DataItem[]
  /** EventData/Binary in upper-case hex, without blanks. */
  readonly binary?: string
}

/**
 * How an event was recovered, in one word or two: where it was found, and behind a comma where its template was, if not
 * in its own chunk; undefined of one that was not.
 */
export function recoveryLabel(event: Pick<Sighting, 'recovered' | 'template'>): string | undefined {
  const { recovered, template } = event
  return template === undefined ? recovered : `${recovered}, ${template}`
}

/**
 * The first value of a named field, wherever the provider put it (EventData or UserData); undefined when absent.
 *
 * @param name compared without regard to case: manifests of different builds disagree on it
 */
export function field(event: WinEvent, name: string): string | undefined {
  const wanted = name.toLowerCase()
  return event.data.find((item) => item.name?.toLowerCase() === wanted)?.value
}

/** The values of unnamed `<Data>` elements in order: what classic (ReportEvent) events carry. */
export function unnamedValues(event: WinEvent): readonly string[] {
  return event.data.filter((item) => item.name === undefined).map((item) => item.value)
}
