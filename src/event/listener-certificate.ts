import { parseStatus, type Status } from './status-code.ts'
import { field, unnamedValues, type WinEvent } from './win-event.ts'

/** Why RemoteConnectionManager could not make (1057) or replace (1058) the listener's certificate: a classic event. */
export function certificateStatus(event: WinEvent): Status {
  return parseStatus(unnamedValues(event)[0] ?? event.data[0]?.value ?? '')
}

/** Why the Remote Desktop service failed to start: LocalSessionManager 17. */
export function sessionManagerStatus(event: WinEvent): Status {
  return parseStatus(field(event, 'Param1') ?? event.data[0]?.value ?? '')
}
