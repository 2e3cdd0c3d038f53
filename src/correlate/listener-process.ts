import type { TlsCaller } from '../event/schannel.ts'
import {
  CONNECTION_MANAGER_OPERATIONAL,
  RDP_CORE,
  RDP_CORE_OPERATIONAL,
  REMOTE_CONNECTION_MANAGER,
  sameName,
} from '../event/source.ts'
import type { Sighting, WinEvent } from '../event/win-event.ts'
import type { Need } from '../query/need.ts'
import { ATTEMPT_NEEDS, attemptBefore } from './attempts.ts'
import { type Boot, bootIndexOf, KERNEL_STARTED } from './boots.ts'
import type { ClockJump } from './clock.ts'
import type { KeptRecords } from './matches.ts'

/** RemoteConnectionManager 258: the listener started. It comes at every start of the service, key or no key. */
const LISTENER_STARTED: Need = {
  id: 'listener-started',
  provider: REMOTE_CONNECTION_MANAGER,
  eventIds: [258],
  channels: [CONNECTION_MANAGER_OPERATIONAL],
  as: 'event',
}

/** RdpCoreTS 129: the server listens on a port. */
const PORT_OPENED: Need = {
  id: 'port-opened',
  provider: RDP_CORE,
  eventIds: [129],
  channels: [RDP_CORE_OPERATIONAL],
  as: 'event',
}

/** Starts of Windows: process numbers are given anew at each. */
const STARTS = [KERNEL_STARTED.id]

/**
 * Connections carry the process too. They come by the thousand and outlive the two above, which a log that is written
 * over loses first: the ends of each boot are looked at, and the last before each failure, as the service may have
 * started anew meanwhile.
 */
const CONNECTION_PROCESSES: readonly Need[] = ATTEMPT_NEEDS.map((need) => ({
  ...need,
  id: `${need.id}-process`,
  as: 'event',
  endsBetween: STARTS,
}))

const PROCESS_NEEDS: readonly Need[] = [LISTENER_STARTED, PORT_OPENED, ...CONNECTION_PROCESSES]

/**
 * All that shows which process the RDP listener runs in: what comes at every start of the service, and connections
 * before the failures and at the ends of their boot. It says something only about a failure.
 *
 * @param failures that are to be attributed
 */
export function listenerProcessNeeds(failures: readonly Need[]): readonly Need[] {
  return PROCESS_NEEDS.map((need) => ({ ...need, beside: failures.map(({ id }) => id) }))
}

/** Whose credential failed. */
export interface Attribution {
  readonly owner: 'listener' | 'other' | 'unknown'
  readonly by: 'caller-process' | 'caller-image' | 'attempt' | 'nothing'
  /** The connection that came just before. */
  readonly attempt?: Sighting
}

/** What is known of a host when a TLS failure is to be attributed. */
export interface ListenerTraces {
  /** In order. */
  readonly attempts: readonly Sighting[]
  readonly boots: readonly Boot[]
  readonly clockJumps: readonly ClockJump[]
  /** Process ids of TermService by position of the boot, -1 before the first. */
  readonly processes: ReadonlyMap<number, ReadonlySet<number>>
}

/** TermService's process ids in each boot: its own records carry them. */
export function listenerProcesses(
  kept: KeptRecords,
  boots: readonly Boot[],
  jumps: readonly ClockJump[],
): ReadonlyMap<number, ReadonlySet<number>> {
  const processes = new Map<number, Set<number>>()
  for (const event of PROCESS_NEEDS.flatMap((need) => kept.events(need.id))) {
    if (!event.processId) continue
    const boot = bootIndexOf(event, boots, jumps)
    processes.set(boot, (processes.get(boot) ?? new Set()).add(event.processId))
  }
  return processes
}

/**
 * Whether a TLS failure is the RDP listener's. The caller decides where the record names one: TermService's process or
 * service tag, or a program that holds no services. A process of services that no record of TermService names leaves it
 * open, connection or not: TermService may have started again after the last record that tells its process, and most
 * other services live in such a process too. Without a caller, or with `svchost.exe` in a boot of which nothing is
 * known, only a connection at most two seconds before ties the failure to the listener.
 */
export function attribute(event: WinEvent, caller: TlsCaller | undefined, traces: ListenerTraces): Attribution {
  const attempt = attemptBefore(event, traces.attempts)
  const withAttempt = attempt === undefined ? {} : { attempt }
  if (caller?.service !== undefined) {
    const isListener = sameName(caller.service, 'TermService')
    return { owner: isListener ? 'listener' : 'other', by: 'caller-image', ...withAttempt }
  }
  const known = traces.processes.get(bootIndexOf(event, traces.boots, traces.clockJumps))
  if (caller?.processId !== undefined && known?.has(caller.processId)) {
    return { owner: 'listener', by: 'caller-process', ...withAttempt }
  }
  if (caller?.image !== undefined && !/^svchost(?:\.exe)?$/i.test(caller.image)) {
    return { owner: 'other', by: 'caller-image', ...withAttempt }
  }
  if (caller?.processId !== undefined && known !== undefined) {
    return { owner: 'unknown', by: 'caller-process', ...withAttempt }
  }
  if (attempt !== undefined) return { owner: 'listener', by: 'attempt', attempt }
  return { owner: 'unknown', by: 'nothing' }
}
