import { parseIso, SECOND } from '../bytes/filetime.ts'
import { isNetworkAddress } from '../event/session-address.ts'
import { field, type WinEvent } from '../event/win-event.ts'

/** A test on named fields of EventData or UserData. */
export type FieldTest = TextTest | ApartTest

/** A test of one field's text. */
export type TextTest = ValueTest | FormTest

/** True when the field's text equals one of the values. */
export interface ValueTest {
  /** Local name, compared without regard to case. */
  readonly name: string
  /** As Windows renders the value (`"10"`, `"LOCAL"`); compared without regard to case. */
  readonly values: readonly string[]
  /** True: wanted are the events where the field is absent or equals none of the values. */
  readonly negate?: boolean
}

/** True when the field's text has a form that no list of values could name. */
export interface FormTest {
  readonly name: string
  readonly is: 'network-address'
}

/** True when the field and another one are times that lie further apart than so many seconds. */
export interface ApartTest {
  readonly name: string
  readonly other: string
  readonly secondsApart: number
}

/** The same test with names and values in lower case, as `passes` wants it. */
export function lowerTest(test: FieldTest): FieldTest {
  const name = test.name.toLowerCase()
  if ('is' in test) return { ...test, name }
  if ('secondsApart' in test) return { ...test, name, other: test.other.toLowerCase() }
  return { ...test, name, values: test.values.map((value) => value.toLowerCase()) }
}

/**
 * True when the field's text passes the test.
 *
 * @param test in lower case
 * @param value undefined where the record has no such field
 */
export function passes(test: TextTest, value: string | undefined): boolean {
  if ('is' in test) return isNetworkAddress(value)
  const among = value !== undefined && test.values.includes(value.toLowerCase())
  return among !== (test.negate ?? false)
}

/** True when an event passes the test, in lower case. */
export function eventPasses(test: FieldTest, event: WinEvent): boolean {
  const text = field(event, test.name)
  if (!('secondsApart' in test)) return passes(test, text)
  return areTicksApart(ticksIn(text), ticksIn(field(event, test.other)), test.secondsApart)
}

function ticksIn(text: string | undefined): bigint | undefined {
  return parseIso(text ?? '')?.ticks
}

/** True when two times, in FILETIME ticks, lie further apart than so many seconds; undefined for a field that says none. */
export function areTicksApart(a: bigint | undefined, b: bigint | undefined, seconds: number): boolean {
  if (a === undefined || b === undefined) return false
  return (a > b ? a - b : b - a) > BigInt(seconds) * SECOND
}
