import {
  as,
  CLASSIC,
  type EventDraft,
  LOCAL_SERVICE,
  LOCAL_SYSTEM,
  manifestProvider,
  NETWORK_SERVICE,
  plainSource,
} from '../event-draft.ts'
import type { Account } from '../machine.ts'

/** The words that fill a System log between the interesting ones. */

const groupPolicy = manifestProvider('Microsoft-Windows-GroupPolicy', '{aea1b4fa-97d1-45f2-a64c-4d69fffd92c9}', {
  channel: 'System',
  opcode: 1,
  userId: LOCAL_SYSTEM,
})

/** GroupPolicy 1500: the computer's policy was processed, nothing had changed. */
export function policyUnchanged(processId: number, activityId: string, tookMs: number, controller: string): EventDraft {
  const fields = {
    SupportInfo1: 1,
    SupportInfo2: 4220,
    ProcessingMode: 0,
    ProcessingTimeInMilliseconds: tookMs,
    DCName: `\\\\${controller}`,
  }
  return groupPolicy(1500, fields, { processId, activityId })
}

/** GroupPolicy 1502: it was processed, and new settings were applied. */
export function policyApplied(
  processId: number,
  activityId: string,
  tookMs: number,
  controller: string,
  objects: number,
): EventDraft {
  const unchanged = policyUnchanged(processId, activityId, tookMs, controller)
  const items = unchanged.payload.kind === 'eventData' ? unchanged.payload.items : []
  const count = { name: 'NumberOfGroupPolicyObjects', value: objects }
  return { ...unchanged, eventId: 1502, payload: { kind: 'eventData', items: [...items, count] } }
}

/** GroupPolicy 1058: gpt.ini could not be read. Shares nothing but its number with the listener's 1058. */
export function policyFileUnreadable(
  processId: number,
  activityId: string,
  domain: string,
  controller: string,
): EventDraft {
  const container = '{31B2F340-016D-11D2-945F-00C04FB984F9}'
  const fields = {
    SupportInfo1: 1,
    SupportInfo2: 816,
    ProcessingMode: 0,
    ProcessingTimeInMilliseconds: 4328,
    ErrorCode: 5,
    ErrorDescription: 'Access is denied. ',
    DCName: controller,
    GPOCNName: `cn=${container},cn=policies,cn=system,DC=${domain.split('.').join(',DC=')}`,
    FilePath: `\\\\${domain}\\sysvol\\${domain}\\Policies\\${container}\\gpt.ini`,
  }
  return groupPolicy(1058, fields, { level: 2, processId, activityId })
}

const timeService = manifestProvider('Microsoft-Windows-Time-Service', '{06edcfeb-0fd0-4e53-acca-a6f8bbf81bcb}', {
  channel: 'System',
  userId: LOCAL_SERVICE,
})

/** Time-Service 35: the clock is being synchronised from a source. */
export function timeSourceChosen(processId: number, source: string): EventDraft {
  const fields = { TimeSource: source, TimeSourceRefId: 638_694_196, CurrentStratumNumber: 3 }
  return timeService(35, fields, { processId })
}

/** Time-Service 37: a source is sending valid time. */
export function timeSourceReachable(processId: number, source: string): EventDraft {
  return timeService(37, { TimeSource: source }, { processId })
}

const windowsUpdate = manifestProvider(
  'Microsoft-Windows-WindowsUpdateClient',
  '{945a8954-c147-4acd-923f-40c45405a658}',
  {
    channel: 'System',
    version: 1,
    task: 1,
    userId: LOCAL_SYSTEM,
  },
)

/** WindowsUpdateClient 44, 43 and 19: an update is downloaded, its installation starts, it is installed. */
export function updateStep(step: 44 | 43 | 19, processId: number, title: string, id: string): EventDraft {
  const fields = { updateTitle: title, updateGuid: as.guid(id), updateRevisionNumber: 200 }
  if (step === 44) return windowsUpdate(44, fields, { opcode: 12, keywords: '0x8000000000002004', processId })
  if (step === 43) return windowsUpdate(43, fields, { opcode: 13, keywords: '0x8000000000002008', processId })
  const service = { serviceGuid: as.guid('{7971f918-a847-4430-9279-4a52d1efe18d}') }
  return windowsUpdate(19, { ...fields, ...service }, { opcode: 13, keywords: '0x8000000000000018', processId })
}

/** Dhcp-Client 50036 and 50037: the service started, or stopped. */
export function dhcpClient(eventId: 50_036 | 50_037, processId: number): EventDraft {
  const system = { task: 4, opcode: eventId === 50_036 ? 68 : 69, keywords: '0x2000000000000000', processId }
  const fields = eventId === 50_037 ? { DwordVal: 1 } : undefined
  return manifestProvider('Microsoft-Windows-Dhcp-Client', '{15a7a4f8-0072-4eab-abad-f98a4d666aed}', {
    channel: 'System',
    userId: LOCAL_SERVICE,
  })(eventId, fields ?? {}, system)
}

/** DHCPv6-Client 51046: the service started. */
export function dhcpV6Started(processId: number): EventDraft {
  return manifestProvider('Microsoft-Windows-DHCPv6-Client', '{6a1f2b00-6a90-4c38-95a5-5cab3b056778}', {
    channel: 'System',
    userId: LOCAL_SERVICE,
  })(51_046, {}, { task: 4, opcode: 62, keywords: '0x2000000000000000', processId })
}

/** DNS-Client 1014: a name was not resolved in time. */
export function nameNotResolved(processId: number, name: string, server: readonly number[]): EventDraft {
  const octets = server.map((octet) => octet.toString(16).toUpperCase().padStart(2, '0')).join('')
  const fields = { QueryName: name, AddressLength: 128, Address: as.binary(`02000035${octets}${'00'.repeat(120)}`) }
  return manifestProvider('Microsoft-Windows-DNS-Client', '{1c95126e-7eea-49a9-a3fe-a378b03ddb4d}', {
    channel: 'System',
    userId: NETWORK_SERVICE,
  })(1014, fields, { level: 3, task: 1014, keywords: '0x4000000010000000', processId })
}

/** DistributedCOM 10016: a permission that nobody misses. */
export function activationDenied(processId: number, machine: string, who: Account): EventDraft {
  const classId = '{8BC3F05E-D86B-11D0-A075-00C04FB68820}'
  const words = ['application-specific', 'Local', 'Activation', classId, classId, machine, who.name, who.sid]
  const strings = [...words, 'LocalHost (Using LRPC)', 'Unavailable', 'Unavailable']
  const guid = '{1b562e86-b7aa-4131-badc-b6f3a001407e}'
  return {
    ...manifestProvider('Microsoft-Windows-DistributedCOM', guid, { channel: 'System' })(
      10_016,
      Object.fromEntries(strings.map((text, i) => [`param${i + 1}`, text])),
      { level: 3, qualifiers: 0, keywords: '0x8080000000000000', processId, userId: who.sid },
    ),
    provider: { name: 'Microsoft-Windows-DistributedCOM', guid: guid.toUpperCase(), eventSourceName: 'DCOM' },
  }
}

/** Winlogon 7001 and 7002: a user's logon or logoff was announced to the customer experience programme. */
export function logonAnnounced(eventId: 7001 | 7002, processId: number, sessionId: number, who: Account): EventDraft {
  return manifestProvider('Microsoft-Windows-Winlogon', '{dbe9b383-7cf3-4331-91cc-a3cb16a3b538}', {
    channel: 'System',
    userId: LOCAL_SYSTEM,
  })(
    eventId,
    { TSId: sessionId, UserSid: as.sid(who.sid) },
    { task: eventId - 5900, keywords: '0x2000200000000000', processId },
  )
}

/** NETLOGON 5719: no domain controller answered. */
export function noDomainController(domain: string): EventDraft {
  return plainSource('NETLOGON', 'System')(5719, [domain, '%%1311'], { level: 2, qualifiers: 0, binary: '5E0000C0' })
}

/** LsaSrv 40961: no protocol was available to authenticate against a server. */
export function noAuthenticationProtocol(lsass: number, target: string): EventDraft {
  return manifestProvider('LsaSrv', '{199fe037-2b82-40a9-82ac-e1d46c792b99}', {
    channel: 'System',
    userId: LOCAL_SYSTEM,
  })(40_961, { Target: target }, { level: 3, processId: lsass })
}

/** disk 153: an I/O was retried. */
export function ioRetried(block: string): EventDraft {
  return plainSource('disk', 'System')(153, ['\\Device\\Harddisk0\\DR0', block, '0', '\\Device\\00000024'], {
    level: 3,
    qualifiers: 32_772,
    binary: `0F01040004002C000000000099000480${'00'.repeat(28)}`,
  })
}

/** WinRM 10148: the service is listening. */
export function remoteManagementListens(): EventDraft {
  return {
    provider: {
      name: 'Microsoft-Windows-WinRM',
      guid: '{A7975C8F-AC13-49F1-87DA-5A984A4AB417}',
      eventSourceName: 'WinRM',
    },
    eventId: 10_148,
    qualifiers: 7,
    version: 0,
    level: 4,
    task: 0,
    opcode: 0,
    keywords: CLASSIC,
    processId: 0,
    threadId: 0,
    channel: 'System',
    payload: { kind: 'eventData', items: [] },
  }
}
