import { type EventDraft, type Fields, inUserData, LOCAL_SYSTEM, manifestProvider } from '../event-draft.ts'

/** The words of LocalSessionManager: sessions begin, are left, are taken up again and end. */

export const LSM_OPERATIONAL = 'Microsoft-Windows-TerminalServices-LocalSessionManager/Operational'

const lsm = manifestProvider(
  'Microsoft-Windows-TerminalServices-LocalSessionManager',
  '{5d896912-022d-40aa-a3a8-4fa5515c76d7}',
  { channel: LSM_OPERATIONAL, keywords: '0x1000000000000000', userId: LOCAL_SYSTEM },
)

/** A user's session: `user` is `DOMAIN\name`; `address` is an IP address, or LOCAL at the console. */
export interface Session {
  readonly processId: number
  readonly user: string
  readonly sessionId: number
  readonly address: string
}

function session(eventId: number, { processId }: { processId: number }, fields: Fields): EventDraft {
  return inUserData(lsm(eventId, {}, { processId }), fields)
}

/** 32: plug-in RDSAppXPlugin was initialised: the first word of a boot. */
export function pluginInitialised(processId: number): EventDraft {
  return session(32, { processId }, { pluginName: 'RDSAppXPlugin' })
}

/** 41: arbitration of a session began. */
export function arbitrationBegan(s: Session): EventDraft {
  return session(41, s, { User: s.user, SessionID: s.sessionId })
}

/** 42: arbitration ended. */
export function arbitrationEnded(s: Session): EventDraft {
  return session(42, s, { User: s.user, SessionID: s.sessionId })
}

/** 21: the user logged on. */
export function loggedOn(s: Session): EventDraft {
  return session(21, s, { User: s.user, SessionID: s.sessionId, Address: s.address })
}

/** 22: the shell started. */
export function shellStarted(s: Session): EventDraft {
  return session(22, s, { User: s.user, SessionID: s.sessionId, Address: s.address })
}

/** 23: the user logged off. */
export function loggedOff(s: Session): EventDraft {
  return session(23, s, { User: s.user, SessionID: s.sessionId })
}

/** 24: the session was disconnected. */
export function sessionDisconnected(s: Session): EventDraft {
  return session(24, s, { User: s.user, SessionID: s.sessionId, Address: s.address })
}

/** 25: the user took up a disconnected session. */
export function sessionReconnected(s: Session): EventDraft {
  return session(25, s, { User: s.user, SessionID: s.sessionId, Address: s.address })
}

/** 40: the session was disconnected for a reason (0 none given, 5 replaced, 11 by the user, 12 logoff). */
export function disconnectReason(s: Session, reason: number): EventDraft {
  return session(40, s, { Session: s.sessionId, Reason: reason })
}
