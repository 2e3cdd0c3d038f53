import {
  CONNECTION_MANAGER_OPERATIONAL,
  LOCAL_SESSION_MANAGER,
  REMOTE_CONNECTION_MANAGER,
  SECURITY,
  SECURITY_AUDITING,
  SESSION_MANAGER_OPERATIONAL,
} from '../event/source.ts'
import type { Sighting } from '../event/win-event.ts'
import type { Need } from '../query/need.ts'
import { isWitness, type KeptRecords } from './matches.ts'
import { compareSightings } from './order.ts'

/** RemoteConnectionManager 1149: the network authentication of a connection succeeded. */
export const REMOTE_AUTHENTICATED: Need = {
  id: 'remote-authenticated',
  provider: REMOTE_CONNECTION_MANAGER,
  eventIds: [1149],
  channels: [CONNECTION_MANAGER_OPERATIONAL],
  as: 'sighting',
}

/** LocalSessionManager 21 (logon), 22 (shell start), 25 (reconnection); the same ids at the console name no address. */
const REMOTE_SESSION: Need = {
  id: 'remote-session',
  provider: LOCAL_SESSION_MANAGER,
  eventIds: [21, 22, 25],
  channels: [SESSION_MANAGER_OPERATIONAL],
  where: [{ name: 'Address', is: 'network-address' }],
  as: 'sighting',
}

/** Security 4624 with logon type 10, RemoteInteractive. */
export const REMOTE_LOGON_AUDITED: Need = {
  id: 'remote-logon-audited',
  provider: SECURITY_AUDITING,
  eventIds: [4624],
  channels: [SECURITY],
  where: [{ name: 'LogonType', values: ['10'] }],
  as: 'sighting',
}

/** All that proves that somebody got in over RDP. */
export const REMOTE_LOGON_NEEDS: readonly Need[] = [REMOTE_AUTHENTICATED, REMOTE_SESSION, REMOTE_LOGON_AUDITED]

/** Channels that could show that RDP worked. */
export const REMOTE_LOGON_CHANNELS: readonly string[] = [
  CONNECTION_MANAGER_OPERATIONAL,
  SESSION_MANAGER_OPERATIONAL,
  SECURITY,
]

/** Sessions that came over the network: LocalSessionManager writes the same ids for the console. */
export function remoteSessions(kept: KeptRecords): readonly Sighting[] {
  return kept.sightings(REMOTE_SESSION.id)
}

/** What was put in order before, as all who judge a host ask for it; what is kept of one does not change any more. */
const logonsOf = new WeakMap<KeptRecords, readonly Sighting[]>()

/** All proofs that somebody got in over RDP, in order. */
export function remoteLogons(kept: KeptRecords): readonly Sighting[] {
  const known = logonsOf.get(kept)
  if (known) return known
  const logons = [
    ...kept.sightings(REMOTE_AUTHENTICATED.id),
    ...remoteSessions(kept),
    ...kept.sightings(REMOTE_LOGON_AUDITED.id),
  ]
    .filter(isWitness)
    .sort(compareSightings)
  logonsOf.set(kept, logons)
  return logons
}
