import type { Attribution } from '../correlate/listener-process.ts'
import { certificateStatus, sessionManagerStatus } from '../event/listener-certificate.ts'
import { parseSchannel, renderAlert } from '../event/schannel.ts'
import { parseServiceEvent } from '../event/service-control.ts'
import { parseStatus, renderStatus } from '../event/status-code.ts'
import { field, type Sighting, unnamedValues, type WinEvent } from '../event/win-event.ts'
import type { Exhibit, Told } from '../finding/exhibit.ts'
import type { Role } from '../finding/finding.ts'
import { type Sentence, sentence } from '../finding/sentence.ts'

/** RemoteConnectionManager 1056–1058. */
export function certificateExhibit(role: Role, event: WinEvent): Exhibit {
  const tell = (): Told => {
    if (event.eventId === 1056) {
      const decoded = {
        Certificate: unnamedValues(event)[0] ?? event.data[0]?.value ?? '',
        ...(event.binary ? { Thumbprint: event.binary } : {}),
      }
      return { decoded, summary: sentence('event.certificate-made') }
    }
    const status = renderStatus(certificateStatus(event))
    const summary =
      event.eventId === 1057
        ? sentence('event.certificate-create-failed', { status })
        : sentence('event.certificate-replace-failed', { status })
    return { decoded: { Status: status }, summary }
  }
  return { role, event, tell }
}

/** RemoteConnectionManager 1051–1055: the certificate that somebody chose for the listener. */
export function chosenCertificateExhibit(role: Role, event: WinEvent): Exhibit {
  const tell = (): Told => {
    const decoded = event.binary ? { Thumbprint: event.binary } : {}
    return { decoded, summary: sentence('event.chosen-certificate-unusable') }
  }
  return { role, event, tell }
}

/** LocalSessionManager 17: the Remote Desktop service failed to start. */
export function sessionManagerExhibit(role: Role, event: WinEvent): Exhibit {
  const tell = (): Told => {
    const status = renderStatus(sessionManagerStatus(event))
    return { decoded: { Status: status }, summary: sentence('event.session-manager-failed', { status }) }
  }
  return { role, event, tell }
}

/** Schannel 36869–36888. */
export function schannelExhibit(role: Role, event: WinEvent, attribution?: Attribution): Exhibit {
  const tell = (): Told => {
    const { side, status, state, alert, caller } = parseSchannel(event)
    const decoded: Record<string, string> = { Side: side }
    if (status !== undefined) decoded.Status = renderStatus(status)
    if (state !== undefined) decoded.State = String(state)
    if (alert !== undefined) decoded.Alert = renderAlert(alert)
    if (caller?.processId !== undefined) decoded.CallerProcess = String(caller.processId)
    if (caller?.image !== undefined) decoded.CallerImage = caller.image
    if (caller?.service !== undefined) decoded.CallerService = caller.service
    if (attribution !== undefined) decoded.BelongsTo = attribution.owner
    const described = schannelSummary(event, decoded.Status ?? '', state, decoded.Alert ?? '')
    return { decoded, summary: described }
  }
  return { role, event, tell }
}

function schannelSummary(event: WinEvent, status: string, state: number | undefined, alert: string): Sentence {
  switch (event.eventId) {
    case 36869:
      return sentence('event.tls-no-private-key')
    case 36870:
      return status === '' ? sentence('event.tls-key-unusable') : sentence('event.tls-key-unusable-status', { status })
    case 36871:
      return state === undefined
        ? sentence('event.tls-credential-failed')
        : sentence('event.tls-credential-failed-state', { state })
    case 36872:
      return sentence('event.tls-chain-unavailable')
    case 36874:
      return sentence('event.tls-no-common-cipher')
    case 36886:
      return sentence('event.tls-no-default-credential')
    default:
      return sentence('event.tls-alert-sent', { alert })
  }
}

/** TermDD 56: the transport refused a client. */
export function transportExhibit(role: Role, event: WinEvent): Exhibit {
  const tell = (): Told => {
    const client = unnamedValues(event)[1]
    const decoded = client === undefined ? {} : { Client: client }
    return { decoded, summary: sentence('event.transport-refused') }
  }
  return { role, event, tell }
}

/** Service Control Manager: a service failed. */
export function serviceExhibit(role: Role, event: WinEvent): Exhibit {
  const tell = (): Told => {
    const { service, displayName, error } = parseServiceEvent(event)
    const name = service ?? displayName ?? '?'
    const decoded = {
      Service: name,
      ...(displayName === undefined ? {} : { DisplayName: displayName }),
      ...(error === undefined ? {} : { Status: renderStatus(parseStatus(error)) }),
    }
    return { decoded, summary: sentence('event.service-failed', { service: name }) }
  }
  return { role, event, tell }
}

/** What the inserts of broker events are, in their order: from the messages of the two providers. */
const BROKER_FIELDS: Readonly<Record<number, readonly string[]>> = {
  1281: ['Broker'],
  1296: ['Domain', 'User', 'Status'],
  2056: ['Provider', 'Collection', 'Status'],
}

/** SessionBroker 2056 and its siblings, SessionBroker-Client 1296 and its siblings. */
export function brokerExhibit(role: Role, event: WinEvent): Exhibit {
  const tell = (): Told => {
    const names = BROKER_FIELDS[event.eventId] ?? []
    const decoded = Object.fromEntries(
      event.data
        .map((item, i): [string, string] => [names[i] ?? item.name ?? `Data${i + 1}`, item.value])
        .filter(([, value]) => value !== '' && value !== 'NULL'),
    )
    return { decoded, summary: brokerSummary(event) }
  }
  return { role, event, tell }
}

function brokerSummary(event: WinEvent): Sentence {
  const error = event.data[2]?.value.trim() || '?'
  switch (event.eventId) {
    case 2056:
      return sentence('event.broker-database-failed', { error })
    case 1296:
      return sentence('event.redirection-failed', { error })
    case 1281:
      return sentence('event.broker-joined', { broker: field(event, 'param1') ?? event.data[0]?.value ?? '?' })
    case 1307:
      return sentence('event.redirected')
    default:
      return sentence('event.broker-trouble', { eventId: event.eventId })
  }
}

/** EventLog 6011: the computer was renamed. */
export function renameExhibit(role: Role, event: WinEvent, from: string, to: string): Exhibit {
  return {
    role,
    event,
    tell: () => ({ decoded: { From: from, To: to }, summary: sentence('event.renamed', { from, to }) }),
  }
}

/** MSSQL 18456: a logon to the Windows Internal Database failed. */
export function databaseLogonExhibit(role: Role, event: WinEvent): Exhibit {
  const tell = (): Told => {
    const account = unnamedValues(event)[0]
    const decoded = account === undefined ? {} : { Account: account }
    return { decoded, summary: sentence('event.database-logon-failed') }
  }
  return { role, event, tell }
}

/** A remote logon, from any of the three channels that show one. */
export function logonExhibit(role: Role, event: Sighting): Exhibit {
  return { role, event, tell: () => ({ summary: logonSentence(event) }) }
}

/** What a remote logon's record says. */
export function logonSentence(event: Sighting): Sentence {
  switch (event.eventId) {
    case 1149:
      return sentence('event.remote-authenticated')
    case 25:
      return sentence('event.remote-reconnected')
    case 22:
      return sentence('event.remote-shell-started')
    default:
      return sentence('event.remote-logon')
  }
}

/** RdpCoreTS 140: it speaks against a listener that cannot do TLS. */
export function passwordExhibit(event: Sighting): Exhibit {
  return { role: 'refute', event, tell: () => ({ summary: sentence('event.password-refused') }) }
}

/** RemoteConnectionManager 261, RdpCoreTS 131. */
export function attemptExhibit(role: Role, event: Sighting): Exhibit {
  return { role, event, tell: () => ({ summary: sentence('event.connection-attempt') }) }
}
