import { countWhile } from '../bytes/count-while.ts'
import { SECOND } from '../bytes/filetime.ts'
import {
  CONNECTION_MANAGER_OPERATIONAL,
  RDP_CORE,
  RDP_CORE_OPERATIONAL,
  REMOTE_CONNECTION_MANAGER,
} from '../event/source.ts'
import type { Sighting } from '../event/win-event.ts'
import type { Need } from '../query/need.ts'
import { isWitness, type KeptRecords } from './matches.ts'
import { compareSightings } from './order.ts'

/** RemoteConnectionManager 261: the listener got a connection. */
export const CONNECTION_RECEIVED: Need = {
  id: 'connection-received',
  provider: REMOTE_CONNECTION_MANAGER,
  eventIds: [261],
  channels: [CONNECTION_MANAGER_OPERATIONAL],
  as: 'sighting',
}

/** RdpCoreTS 131: the server accepted a new connection. */
export const CONNECTION_ACCEPTED: Need = {
  id: 'connection-accepted',
  provider: RDP_CORE,
  eventIds: [131],
  channels: [RDP_CORE_OPERATIONAL],
  as: 'sighting',
}

/** All that shows a client trying to connect. */
export const ATTEMPT_NEEDS: readonly Need[] = [CONNECTION_RECEIVED, CONNECTION_ACCEPTED]

/**
 * RdpCoreTS 140: user name or password were refused before there was a session. That is network level authentication,
 * which speaks inside TLS.
 */
export const PASSWORD_REFUSED: Need = { ...CONNECTION_ACCEPTED, id: 'password-refused', eventIds: [140] }

/** Channels that show somebody trying. */
export const ATTEMPT_CHANNELS: readonly string[] = [CONNECTION_MANAGER_OPERATIONAL, RDP_CORE_OPERATIONAL]

/** How long before a Schannel failure a connection must have come for the failure to be the listener's. */
export const ATTEMPT_BEFORE_FAILURE = 2n * SECOND

/** What was put in order before: several scenarios of a host ask, and a busy one has ten thousands. */
const attemptsOf = new WeakMap<KeptRecords, readonly Sighting[]>()

/** All attempts to connect, in order. One connection leaves a record in both channels. */
export function connectionAttempts(kept: KeptRecords): readonly Sighting[] {
  const known = attemptsOf.get(kept)
  if (known) return known
  const attempts = ATTEMPT_NEEDS.flatMap((need) => kept.sightings(need.id))
    .filter(isWitness)
    .sort(compareSightings)
  attemptsOf.set(kept, attempts)
  return attempts
}

/**
 * The latest attempt at most two seconds before an event.
 *
 * @param attempts in order
 */
export function attemptBefore(event: Sighting, attempts: readonly Sighting[]): Sighting | undefined {
  const attempt = attempts[countWhile(attempts.length, (i) => attempts[i]!.timeCreated <= event.timeCreated) - 1]
  if (attempt === undefined) return undefined
  return event.timeCreated - attempt.timeCreated <= ATTEMPT_BEFORE_FAILURE ? attempt : undefined
}
