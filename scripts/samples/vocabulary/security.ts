import { as, type EventDraft, type Fields, manifestProvider } from '../event-draft.ts'
import type { Account, WindowsBuild } from '../machine.ts'

/** The words of the audit: logons, logoffs, privileges. */

const AUDIT_SUCCESS = '0x8020000000000000'
const AUDIT_FAILURE = '0x8010000000000000'
const NO_GUID = '{00000000-0000-0000-0000-000000000000}'

const auditing = manifestProvider('Microsoft-Windows-Security-Auditing', '{54849625-5478-4994-a5ba-3e3b0328c30d}', {
  channel: 'Security',
  level: 0,
  keywords: AUDIT_SUCCESS,
})

const PRIVILEGES = [
  'SeSecurityPrivilege',
  'SeTakeOwnershipPrivilege',
  'SeLoadDriverPrivilege',
  'SeBackupPrivilege',
  'SeRestorePrivilege',
  'SeDebugPrivilege',
  'SeSystemEnvironmentPrivilege',
  'SeImpersonatePrivilege',
].join('\r\n\t\t\t')

/** Who audits. */
export interface Auditor {
  readonly lsass: number
  readonly build: WindowsBuild
  /** The machine's own account, `APP01$`. */
  readonly self: Account
}

/** How a logon came about. */
export interface LogonWay {
  readonly type: number
  readonly process: string
  readonly package: string
  readonly workstation: string
  /** `0x…` id and image of the process that asked. */
  readonly processId: string
  readonly image: string
  readonly address: string
  readonly port: string
}

/** A service starts under SYSTEM: the commonest logon of all. */
export function serviceWay(servicesProcessId: number): LogonWay {
  return {
    type: 5,
    process: 'Advapi  ',
    package: 'Negotiate',
    workstation: '-',
    processId: `0x${servicesProcessId.toString(16)}`,
    image: 'C:\\Windows\\System32\\services.exe',
    address: '-',
    port: '-',
  }
}

/** Over the network: the first half of an RDP logon with NLA, and every file share. */
export function networkWay(workstation: string, address: string, port: number): LogonWay {
  return {
    type: 3,
    process: 'NtLmSsp ',
    package: 'NTLM',
    workstation,
    processId: '0x0',
    image: '-',
    address,
    port: String(port),
  }
}

/** Remote interactive (10), or taking up a session again (7). */
export function remoteInteractiveWay(type: 10 | 7, workstation: string, address: string): LogonWay {
  return {
    type,
    process: 'User32 ',
    package: 'Negotiate',
    workstation,
    processId: '0x4b8',
    image: 'C:\\Windows\\System32\\svchost.exe',
    address,
    port: '0',
  }
}

const SYSTEM: Account = { name: 'SYSTEM', domain: 'NT AUTHORITY', sid: 'S-1-5-18' }

/** 4624: an account logged on. Versions: 0 up to 2008 R2, 2 from Windows 10 on. */
export function accountLoggedOn(auditor: Auditor, who: Account | 'system', way: LogonWay, logonId: string): EventDraft {
  const account = who === 'system' ? SYSTEM : who
  const fields: Fields = {
    ...subject(way.type === 3 ? undefined : auditor.self),
    TargetUserSid: as.sid(account.sid),
    TargetUserName: account.name,
    TargetDomainName: account.domain,
    TargetLogonId: as.hex64(logonId),
    LogonType: way.type,
    LogonProcessName: way.process,
    AuthenticationPackageName: way.package,
    WorkstationName: way.workstation,
    LogonGuid: as.guid(NO_GUID),
    TransmittedServices: '-',
    LmPackageName: way.package === 'NTLM' ? 'NTLM V2' : '-',
    KeyLength: way.package === 'NTLM' ? 128 : 0,
    ProcessId: as.hex64(way.processId),
    ProcessName: way.image,
    IpAddress: way.address,
    IpPort: way.port,
  }
  if (auditor.build.build < 10_000) return auditing(4624, fields, { task: 12_544, processId: auditor.lsass })
  const later: Fields = {
    ImpersonationLevel: '%%1833',
    RestrictedAdminMode: way.type === 10 ? '%%1843' : '-',
    TargetOutboundUserName: '-',
    TargetOutboundDomainName: '-',
    VirtualAccount: '%%1843',
    TargetLinkedLogonId: as.hex64('0x0'),
    ElevatedToken: '%%1842',
  }
  return auditing(4624, { ...fields, ...later }, { version: 2, task: 12_544, processId: auditor.lsass })
}

/** 4625: a logon failed. */
export function logonFailed(
  auditor: Auditor,
  name: string,
  domain: string,
  way: LogonWay,
  subStatus: string,
): EventDraft {
  const fields: Fields = {
    ...subject(undefined),
    TargetUserSid: as.sid('S-1-0-0'),
    TargetUserName: name,
    TargetDomainName: domain,
    Status: as.hex32('0xc000006d'),
    FailureReason: '%%2313',
    SubStatus: as.hex32(subStatus),
    LogonType: way.type,
    LogonProcessName: way.process,
    AuthenticationPackageName: way.package,
    WorkstationName: way.workstation,
    TransmittedServices: '-',
    LmPackageName: '-',
    KeyLength: 0,
    ProcessId: as.hex64(way.processId),
    ProcessName: way.image,
    IpAddress: way.address,
    IpPort: way.port,
  }
  return auditing(4625, fields, { task: 12_544, keywords: AUDIT_FAILURE, processId: auditor.lsass })
}

/** 4672: privileges were assigned to a new logon. */
export function privilegesAssigned(auditor: Auditor, who: Account | 'system', logonId: string): EventDraft {
  const account = who === 'system' ? SYSTEM : who
  const fields = { ...subject(account, logonId), PrivilegeList: PRIVILEGES }
  return auditing(4672, fields, { task: 12_548, processId: auditor.lsass })
}

/** 4634: an account logged off. */
export function accountLoggedOff(auditor: Auditor, who: Account, logonId: string, type: number): EventDraft {
  const fields: Fields = {
    TargetUserSid: as.sid(who.sid),
    TargetUserName: who.name,
    TargetDomainName: who.domain,
    TargetLogonId: as.hex64(logonId),
    LogonType: type,
  }
  return auditing(4634, fields, { task: 12_545, processId: auditor.lsass })
}

/** 4776: credentials were checked. */
export function credentialsChecked(auditor: Auditor, name: string, workstation: string, status: string): EventDraft {
  const fields = {
    PackageName: 'MICROSOFT_AUTHENTICATION_PACKAGE_V1_0',
    TargetUserName: name,
    Workstation: workstation,
    Status: as.hex32(status),
  }
  const keywords = status === '0x0' ? AUDIT_SUCCESS : AUDIT_FAILURE
  return auditing(4776, fields, { task: 14_336, keywords, processId: auditor.lsass })
}

/** 4616: the system time was changed. */
export function timeChanged(from: bigint, to: bigint, processId: number): EventDraft {
  const fields: Fields = {
    ...subject({ name: 'LOCAL SERVICE', domain: 'NT AUTHORITY', sid: 'S-1-5-19' }, '0x3e5'),
    PreviousTime: as.filetime(from),
    NewTime: as.filetime(to),
    ProcessId: as.hex64(`0x${processId.toString(16)}`),
    ProcessName: 'C:\\Windows\\System32\\svchost.exe',
  }
  return auditing(4616, fields, { version: 1, task: 12_288, processId: 4 })
}

/** 4608: Windows is starting up. */
export function auditStarted(auditor: Auditor): EventDraft {
  return auditing(4608, {}, { task: 12_288, processId: auditor.lsass })
}

function subject(who: Account | undefined, logonId = '0x3e7'): Fields {
  return {
    SubjectUserSid: as.sid(who?.sid ?? 'S-1-0-0'),
    SubjectUserName: who?.name ?? '-',
    SubjectDomainName: who?.domain ?? '-',
    SubjectLogonId: as.hex64(who ? logonId : '0x0'),
  }
}
