import type { Account } from '../machine.ts'
import type { Stroll } from '../moment.ts'
import type { SampleHost } from '../sample-host.ts'
import { logonAnnounced } from '../vocabulary/everyday.ts'
import * as rdp from '../vocabulary/rdp.ts'
import * as security from '../vocabulary/security.ts'
import * as sessions from '../vocabulary/sessions.ts'
import { auditorOf } from './boot.ts'

/** Who connects, and from where. */
export interface Visitor {
  readonly account: Account
  readonly address: string
  readonly workstation: string
}

/** A session that someone has. */
export interface OpenSession {
  readonly visitor: Visitor
  readonly sessionId: number
  readonly logonId: string
  readonly connection: rdp.Connection
}

/** Logs a visitor on over RDP: network authentication, session, shell. */
export function logOn(host: SampleHost, time: bigint, visitor: Visitor): OpenSession {
  const step = host.stroll(time)
  const { connection, number } = arrive(host, step, visitor.address)
  const session = {
    visitor,
    sessionId: host.random.integer(2, 9),
    logonId: `0x${host.random.hex(6).toLowerCase()}`,
    connection,
  }
  authenticate(host, step, session)
  assign(host, step, session, number)
  const lsm = lsmSession(host, session)
  host.at(step(110), sessions.arbitrationBegan(lsm))
  host.at(step(45), sessions.arbitrationEnded(lsm))
  audit(host, step(60), session, 10)
  host.at(step(190), sessions.loggedOn(lsm))
  host.at(step(20), logonAnnounced(7001, host.processes.services - 40, session.sessionId, visitor.account))
  host.at(step(2_100), sessions.shellStarted(lsm))
  return session
}

/** Logs on at the console: session 1, address LOCAL, logon type 2; no word of RDP. */
export function logOnAtConsole(host: SampleHost, time: bigint, { account }: Visitor): void {
  const step = host.stroll(time)
  const local = { processId: host.processes.localSessionManager, user: `${account.domain}\\${account.name}` }
  const lsm = { ...local, sessionId: 1, address: 'LOCAL' }
  const auditor = auditorOf(host)
  const way = { ...security.remoteInteractiveWay(10, auditor.self.name.slice(0, -1), '127.0.0.1'), type: 2 }
  const logonId = `0x${host.random.hex(6).toLowerCase()}`
  host.at(step(0), sessions.arbitrationBegan(lsm))
  host.at(step(40), sessions.arbitrationEnded(lsm))
  host.at(step(50), security.accountLoggedOn(auditor, account, way, logonId))
  host.at(step(0), security.privilegesAssigned(auditor, account, logonId))
  host.at(step(160), sessions.loggedOn(lsm))
  host.at(step(1_700), sessions.shellStarted(lsm))
}

/** Takes up a session that was left. */
export function reconnect(host: SampleHost, time: bigint, left: OpenSession): OpenSession {
  const step = host.stroll(time)
  const { connection, number } = arrive(host, step, left.visitor.address)
  const session = { ...left, connection }
  authenticate(host, step, session)
  assign(host, step, session, number)
  host.at(step(90), sessions.arbitrationBegan(lsmSession(host, session)))
  host.at(step(40), sessions.arbitrationEnded(lsmSession(host, session)))
  audit(host, step(60), session, 7)
  host.at(step(120), sessions.sessionReconnected(lsmSession(host, session)))
  return session
}

/** The window is closed; the session stays. */
export function leave(host: SampleHost, time: bigint, session: OpenSession): void {
  const step = host.stroll(time)
  const lsm = lsmSession(host, session)
  host.at(step(0), sessions.disconnectReason(lsm, 11))
  host.at(step(30), sessions.sessionDisconnected(lsm))
  closeTransport(host, step, session.connection, 0)
}

/** The user logs off. */
export function logOff(host: SampleHost, time: bigint, session: OpenSession): void {
  const step = host.stroll(time)
  const { account } = session.visitor
  host.at(step(0), logonAnnounced(7002, host.processes.services - 40, session.sessionId, account))
  host.at(step(700), sessions.loggedOff(lsmSession(host, session)))
  host.at(step(20), sessions.disconnectReason(lsmSession(host, session), 12))
  host.at(step(90), security.accountLoggedOff(auditorOf(host), account, session.logonId, 10))
  closeTransport(host, step, session.connection, 14)
}

/** A stranger tries a name and a password: 131, 65, 140, 143, 226, 102, 103. */
export function guessPassword(host: SampleHost, time: bigint, address: string, name: string): void {
  const step = host.stroll(time)
  const { connection } = arrive(host, step, address)
  const auditor = auditorOf(host)
  const way = security.networkWay('-', address, 0)
  host.at(step(860), security.credentialsChecked(auditor, name, '-', '0xc000006a'))
  host.at(step(10), security.logonFailed(auditor, name, '', way, '0xc000006a'))
  if (!speaks(host)) return
  host.at(step(10), rdp.wrongPassword(connection, address))
  host.at(step(160), rdp.socketClosed(connection))
  host.at(step(2), rdp.disconnected(connection, '0x80070040'))
  closeTransport(host, step, connection, 14)
}

/**
 * Someone connects, and gets no further than TLS: what Schannel says about it is told by `inBetween`, in lsass's words,
 * a tenth of a second after the connection was accepted.
 */
export function fail(host: SampleHost, time: bigint, address: string, inBetween?: (step: Stroll) => void): void {
  const step = host.stroll(time)
  const { connection } = arrive(host, step, address)
  step(70)
  inBetween?.(step)
  if (!speaks(host)) return
  host.at(step(12), rdp.disconnected(connection, '0x80070040'))
  closeTransport(host, step, connection, 14)
}

/** RdpCoreTS has a log from Windows 8 and Server 2012 on. */
function speaks(host: SampleHost): boolean {
  return host.machine.build.build > 9200
}

/** A connection is accepted and named. */
function arrive(host: SampleHost, step: Stroll, address: string): { connection: rdp.Connection; number: number } {
  const number = host.random.integer(0, 120)
  const connection = { processId: host.processes.termService, activityId: activity(host) }
  const port = host.random.integer(49_152, 65_535)
  host.at(step(0), rdp.connectionReceived(connection.processId, connection.activityId))
  if (!speaks(host)) return { connection, number }
  host.at(step(0), rdp.connectionAccepted(connection, `${address}:${port}`))
  host.at(step(8), rdp.connectionNamed(connection, number))
  host.at(step(4), rdp.methodCalled(connection, 'PrepareForAccept'))
  host.at(step(0), rdp.methodCalled(connection, 'SendPolicyData'))
  host.at(step(3), rdp.counterStarted(connection, number))
  return { connection, number }
}

/** The user proves who they are before a session is made. */
function authenticate(host: SampleHost, step: Stroll, { visitor, connection, logonId }: OpenSession): void {
  const { account, address, workstation } = visitor
  const auditor = auditorOf(host)
  const way = security.networkWay(workstation, address, 0)
  host.at(step(1_450), security.accountLoggedOn(auditor, account, way, logonId))
  host.at(
    step(25),
    rdp.userAuthenticated(connection.processId, account.name, account.domain, address, connection.activityId),
  )
}

/** The connection gets its session. */
function assign(host: SampleHost, step: Stroll, { connection, sessionId }: OpenSession, number: number): void {
  if (!speaks(host)) return
  host.at(step(1), rdp.noMultiTransport(connection))
  for (const method of ['OnStartLicensing', 'AcceptConnection']) host.at(step(0), rdp.methodCalled(connection, method))
  host.at(step(1), rdp.tcpEstablished(connection))
  host.at(step(0), rdp.multiTransportConfirmed(connection))
  host.at(step(46), rdp.assignedToSession(connection, number, sessionId))
  for (const channel of ['rdplic', 'rdpcmd', 'rdpinpt']) host.at(step(1), rdp.channelConnected(connection, channel))
  host.at(step(2), rdp.methodCalled(connection, 'OnConnected'))
}

function closeTransport(host: SampleHost, step: Stroll, connection: rdp.Connection, reason: number): void {
  if (!speaks(host)) return
  host.at(step(1), rdp.methodCalled(connection, 'OnDisconnected'))
  host.at(step(0), rdp.transportClosed(connection))
  host.at(step(0), rdp.idleReported(connection))
  host.at(step(0), rdp.channelClosed(connection, 'rdpinpt'))
  host.at(step(0), rdp.connectionClosed(connection, reason))
  for (const channel of ['rdpcmd', 'rdplic']) host.at(step(0), rdp.channelClosed(connection, channel))
}

function audit(host: SampleHost, time: bigint, { visitor, logonId }: OpenSession, type: 10 | 7): void {
  const auditor = auditorOf(host)
  const way = security.remoteInteractiveWay(type, visitor.workstation, visitor.address)
  host.at(time, security.accountLoggedOn(auditor, visitor.account, way, logonId))
  host.at(time, security.privilegesAssigned(auditor, visitor.account, logonId))
}

function lsmSession(host: SampleHost, { visitor, sessionId }: OpenSession): sessions.Session {
  const { account, address } = visitor
  const processId = host.processes.localSessionManager
  return { processId, user: `${account.domain}\\${account.name}`, sessionId, address }
}

/** RdpCoreTS's activity ids begin alike and end in four zeros. */
function activity(host: SampleHost): string {
  const guid = host.random.guid()
  return `{f420${guid.slice(5, -5)}0000}`
}
