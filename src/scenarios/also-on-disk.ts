import type { Fact } from '../facts/fact.ts'
import type { JudgedFacts } from '../facts/machine-facts.ts'
import { type Sentence, sentence } from '../finding/sentence.ts'
import { isUnknown } from './disk.ts'

/** `Start` of a service that is not to start. */
const DISABLED = 4

/** What a value is, in which key below its hive, and when that was last written, FILETIME ticks. */
interface Place {
  readonly value: string
  readonly key: string
  readonly written: bigint
}

/**
 * Settings that switch Remote Desktop off whatever the records say. They are nobody's failure and so no scenario, but
 * who repairs another one and does not know of them repairs in vain.
 */
export function alsoOnDisk(facts: JudgedFacts | undefined): readonly Sentence[] {
  if (facts === undefined) return []
  return [
    ...connectionsRefused(facts),
    ...say(facts.fact('listener.logon-disabled'), isSet, ({ value, key, written }) =>
      sentence('also.logons-disabled', { value, key, written }),
    ),
    ...say(facts.fact('listener.enabled'), isZero, ({ value, key, written }) =>
      sentence('also.listener-off', { value, key, written }),
    ),
    ...say(facts.fact('service.TermService.start'), isDisabled, ({ value, key, written }) =>
      sentence('also.service-disabled', { value, key, written }),
    ),
  ]
}

/** What policy says goes before what the machine has. */
function connectionsRefused(facts: JudgedFacts): readonly Sentence[] {
  const policy = facts.fact('policy.deny-connections')
  if (policy?.state === 'present') {
    return say(policy, isSet, ({ value, key, written }) => sentence('also.refused-by-policy', { value, key, written }))
  }
  return say(facts.fact('remote-desktop.deny-connections'), isSet, ({ value, key, written }) =>
    isUnknown(policy)
      ? sentence('also.refused-unless-policy', { value, key, written })
      : sentence('also.refused', { value, key, written }),
  )
}

function say(
  fact: Fact | undefined,
  counts: (value: number) => boolean,
  toSentence: (place: Place) => Sentence,
): readonly Sentence[] {
  if (typeof fact?.value !== 'number' || !counts(fact.value)) return []
  const { key = '', lastWrite: written = 0n } = fact.source
  return [toSentence({ value: String(fact.value), key, written })]
}

function isSet(value: number): boolean {
  return value !== 0
}

function isZero(value: number): boolean {
  return value === 0
}

function isDisabled(value: number): boolean {
  return value === DISABLED
}
