import { channelState } from '../correlate/coverage.ts'
import { sameLabel } from '../correlate/renames.ts'
import { BROKER_OPERATIONAL, SESSION_BROKER, sameName } from '../event/source.ts'
import { field, type WinEvent } from '../event/win-event.ts'
import { type Sentence, sentence } from '../finding/sentence.ts'
import type { ScenarioContext } from './scenario.ts'

/** Whether the broker is the machine that the records are of. */
export interface BrokerPlace {
  /** `perhaps-elsewhere`: only its client spoke, and nobody could look whether the broker is here too. */
  readonly where: 'here' | 'elsewhere' | 'perhaps-elsewhere'
  /** The other machine's name, where a record or the disk tells. Hostile text. */
  readonly broker?: string
}

/** The broker is this machine, or nothing speaks against it. */
export const BROKER_HERE: BrokerPlace = { where: 'here' }

/** What tells where the broker is. */
interface Signs {
  /** 2056, which only a broker has. */
  readonly failed: readonly unknown[]
  /** Records that agree with a broker of this machine. */
  readonly agreed: readonly unknown[]
  /** Other records of the broker or of its client. */
  readonly trouble: readonly WinEvent[]
  /** 1281 and 1307. */
  readonly worked: readonly WinEvent[]
}

/** Tells a session host of somebody else's farm from a broker. */
export function brokerPlace({ failed, agreed, trouble, worked }: Signs, context: ScenarioContext): BrokerPlace {
  const isOwn = (name: string) => [context.computer, ...context.computers].some((own) => sameLabel(own, name))
  const names = namesOf([...trouble, ...worked], context)
  const broker = names.find((name) => !isOwn(name))
  const named = broker === undefined ? {} : { broker }
  const service = context.facts?.fact('service.Tssdis.start')?.state
  if (failed.length > 0 || service === 'present') return BROKER_HERE
  if (service === 'absent') return { where: 'elsewhere', ...named }
  if (agreed.length > 0) return BROKER_HERE
  const speaks = trouble.some(({ provider }) => sameName(provider, SESSION_BROKER)) || names.some(isOwn)
  if (speaks || channelState(context.coverage, BROKER_OPERATIONAL) === 'present') return BROKER_HERE
  return { where: 'perhaps-elsewhere', ...named }
}

/** Brokers that were joined (1281) or could not be (1280), the latest first, then what the registry names. */
function namesOf(events: readonly WinEvent[], { facts }: ScenarioContext): readonly string[] {
  const joins = events.filter(({ eventId }) => eventId === 1280 || eventId === 1281)
  const latest = [...joins].sort((a, b) => (a.timeCreated < b.timeCreated ? 1 : a.timeCreated > b.timeCreated ? -1 : 0))
  const configured = [facts?.text('policy.broker-location'), facts?.text('broker.location')]
  return [...latest.map(joinedBroker), ...configured.map((name) => (name ?? '').trim())].filter((name) => name !== '')
}

/** The broker that 1280 or 1281 names, as it was called then; empty where it names none. */
export function joinedBroker(event: WinEvent): string {
  return (field(event, 'param1') ?? event.data[0]?.value ?? '').trim()
}

/** The cause where the broker is not this machine, or need not be. */
export function causeElsewhere({ where, broker }: BrokerPlace): Sentence {
  if (where === 'elsewhere') {
    return broker === undefined
      ? sentence('broker-out-of-step.cause-elsewhere')
      : sentence('broker-out-of-step.cause-elsewhere-named', { broker })
  }
  return broker === undefined
    ? sentence('broker-out-of-step.cause-perhaps-elsewhere')
    : sentence('broker-out-of-step.cause-perhaps-elsewhere-named', { broker })
}

/** What would make it certain, which only the broker's own logs and disk tell. */
export function certainElsewhere({ broker }: BrokerPlace): Sentence {
  return broker === undefined
    ? sentence('broker-out-of-step.certain-broker')
    : sentence('broker-out-of-step.certain-broker-named', { broker })
}
