import { as, CLASSIC, type EventDraft, inUserData, manifestProvider, NETWORK_SERVICE } from '../event-draft.ts'

/** The words of the RDP listener: RemoteConnectionManager and RdpCoreTS. Both run in TermService's process. */

export const RCM_OPERATIONAL = 'Microsoft-Windows-TerminalServices-RemoteConnectionManager/Operational'
export const RDP_CORE_OPERATIONAL = 'Microsoft-Windows-RemoteDesktopServices-RdpCoreTS/Operational'

const RCM_NAME = 'Microsoft-Windows-TerminalServices-RemoteConnectionManager'

/** The classic events of the listener certificate: upper-case GUID, source name, no process, qualifiers 0xC000. */
function listenerCertificate(eventId: number, level: number, text: string, binary?: string): EventDraft {
  return {
    provider: { name: RCM_NAME, guid: '{C76BAA63-AE81-421C-B425-340B4B24157F}', eventSourceName: 'TermService' },
    eventId,
    qualifiers: 49_152,
    version: 0,
    level,
    task: 0,
    opcode: 0,
    keywords: CLASSIC,
    processId: 0,
    threadId: 0,
    channel: 'System',
    payload: { kind: 'classic', strings: [text], ...(binary !== undefined && { binary }) },
  }
}

/** 1056: a new self-signed certificate was made; Binary is its SHA-1 thumbprint. */
export function certificateCreated(subject: string, thumbprint: string): EventDraft {
  return listenerCertificate(1056, 4, subject, thumbprint)
}

/** 1057: a new self-signed certificate could not be created. The status is text in the machine's language, or a number. */
export function certificateNotCreated(status: string): EventDraft {
  return listenerCertificate(1057, 2, status)
}

/** 1058: the expired self-signed certificate could not be replaced. */
export function certificateNotReplaced(status: string): EventDraft {
  return listenerCertificate(1058, 2, status)
}

const rcm = manifestProvider(RCM_NAME, '{c76baa63-ae81-421c-b425-340b4b24157f}', {
  channel: RCM_OPERATIONAL,
  keywords: '0x1000000000000000',
  userId: NETWORK_SERVICE,
})

/** RCM 1155: the protocol stack was chosen. */
export function stackSelected(processId: number): EventDraft {
  return rcm(1155, {}, { processId })
}

/** RCM 258: the listener has started listening. It comes even when its key is unusable. */
export function listenerStarted(processId: number): EventDraft {
  return inUserData(rcm(258, {}, { processId }), { listenerName: 'RDP-Tcp' })
}

/** RCM 261: the listener received a connection. */
export function connectionReceived(processId: number, activityId?: string): EventDraft {
  const draft = rcm(261, {}, { processId, ...(activityId !== undefined && { activityId }) })
  return inUserData(draft, { listenerName: 'RDP-Tcp' })
}

/** RCM 1149: the user was authenticated over the network. */
export function userAuthenticated(
  processId: number,
  user: string,
  domain: string,
  address: string,
  activityId: string,
): EventDraft {
  return inUserData(rcm(1149, {}, { processId, activityId }), { Param1: user, Param2: domain, Param3: address })
}

const rdpCore = manifestProvider(
  'Microsoft-Windows-RemoteDesktopServices-RdpCoreTS',
  '{1139c61b-b549-4251-8ed3-27250a1edec8}',
  { channel: RDP_CORE_OPERATIONAL, task: 4, keywords: '0x4000000000000000', userId: NETWORK_SERVICE },
)

/** The connection that RdpCoreTS's events belong to. */
export interface Connection {
  readonly processId: number
  readonly activityId: string
}

/** RdpCoreTS 131: a connection was accepted from `address:port`. */
export function connectionAccepted(connection: Connection, client: string): EventDraft {
  return rdpCore(131, { ConnType: 'TCP', ClientIP: client }, { opcode: 15, ...connection })
}

/** RdpCoreTS 65: it got its name, `RDP-Tcp#n`. */
export function connectionNamed(connection: Connection, number: number): EventDraft {
  return rdpCore(65, { ConnectionName: `RDP-Tcp#${number}` }, { opcode: 13, ...connection })
}

/** RdpCoreTS 72: a method of the connection interface was called. */
export function methodCalled(connection: Connection, method: string): EventDraft {
  return rdpCore(72, { MethodName: method }, { opcode: 13, ...connection })
}

/** RdpCoreTS 141: PerfCounter session started. */
export function counterStarted(connection: Connection, number: number): EventDraft {
  return rdpCore(141, { InstanceID: number }, { opcode: 11, ...connection })
}

/** RdpCoreTS 98: a TCP connection has been established. */
export function tcpEstablished(connection: Connection): EventDraft {
  return rdpCore(98, {}, { opcode: 15, ...connection })
}

/** RdpCoreTS 100: the server confirmed the client's multi-transport capability. */
export function multiTransportConfirmed(connection: Connection): EventDraft {
  return rdpCore(100, {}, { opcode: 15, ...connection })
}

/** RdpCoreTS 101: the server does not use UDP, and why. */
export function noMultiTransport(connection: Connection): EventDraft {
  const fields = { ReasonString: 'Reason Code: 2(Server Configuration).' }
  return rdpCore(101, fields, { level: 3, opcode: 16, ...connection })
}

/** RdpCoreTS 66: the connection was assigned to a session. */
export function assignedToSession(connection: Connection, number: number, sessionId: number): EventDraft {
  return rdpCore(66, { ConnectionName: `RDP-Tcp#${number}`, SessionID: sessionId }, { opcode: 13, ...connection })
}

/** RdpCoreTS 132: a channel was connected. */
export function channelConnected(connection: Connection, channel: string): EventDraft {
  return rdpCore(132, { ChannelName: channel, TunnelID: 0 }, { opcode: 15, ...connection })
}

/** RdpCoreTS 102: the main transport was closed. */
export function transportClosed(connection: Connection): EventDraft {
  return rdpCore(102, {}, { opcode: 17, ...connection })
}

/** RdpCoreTS 103: the connection was closed, with the reason code (0, 14). */
export function connectionClosed(connection: Connection, reason: number): EventDraft {
  return rdpCore(103, { ReasonCode: reason }, { opcode: 17, ...connection })
}

/** RdpCoreTS 140: wrong user name or password. */
export function wrongPassword(connection: Connection, address: string): EventDraft {
  return rdpCore(140, { IPString: address }, { level: 3, opcode: 14, ...connection })
}

/** RdpCoreTS 143: the TCP socket was closed with an error. */
export function socketClosed(connection: Connection): EventDraft {
  return rdpCore(143, { error: 64 }, { level: 3, opcode: 15, ...connection })
}

/** RdpCoreTS 226: a transition of the state machine in answer to a disconnect. */
export function disconnected(connection: Connection, status: string): EventDraft {
  const fields = {
    StateTransition: 'RDP_TCP',
    PreviousState: 23,
    PreviousStateName: 'StateUnknown',
    NewState: 21,
    NewStateName: 'StateDisconnected',
    Event: 43,
    EventName: 'Event_Disconnect',
    ErrorCode: as.hex32(status),
  }
  return rdpCore(226, fields, { level: 3, opcode: 19, ...connection })
}

/** RdpCoreTS 145: how long the session was idle. */
export function idleReported(connection: Connection): EventDraft {
  return rdpCore(145, { IdleSeconds: 0, IdleSeconds1: 0, IdleSeconds2: 0 }, { opcode: 19, ...connection })
}

/** RdpCoreTS 148: a channel was closed. */
export function channelClosed(connection: Connection, channel: string): EventDraft {
  return rdpCore(148, { ChannelName: channel, TunnelID: 0 }, { opcode: 17, ...connection })
}
