import { as, type EventDraft, type Fields, LOCAL_SYSTEM, manifestProvider } from '../scripts/samples/event-draft.ts'
import type { Account } from '../scripts/samples/machine.ts'

/** The words that fill the logs of a busy server, beyond those of the samples: processes, scripts, tasks, transfers. */

/** A process that a line of Sysmon or of the audit speaks of. */
export interface RunningProcess {
  readonly id: number
  readonly guid: string
  readonly image: string
  readonly commandLine: string
  readonly who: Account
}

const sysmon = manifestProvider('Microsoft-Windows-Sysmon', '{5770385f-c22a-43e0-bf4c-06f5698ffbd9}', {
  channel: 'Microsoft-Windows-Sysmon/Operational',
  userId: LOCAL_SYSTEM,
  processId: 2_992,
  threadId: 4_188,
})

/** Sysmon 1: a process was created; `utc` is `yyyy-mm-dd hh:mm:ss.fff`, `hashes` as Sysmon writes them. */
export function processCreated(
  process: RunningProcess,
  parent: RunningProcess,
  utc: string,
  hashes: string,
): EventDraft {
  const fields: Fields = {
    RuleName: '-',
    UtcTime: utc,
    ProcessGuid: as.guid(process.guid),
    ProcessId: process.id,
    Image: process.image,
    FileVersion: '10.0.17763.6532 (WinBuild.160101.0800)',
    Description: 'Microsoft® Windows® component',
    Product: 'Microsoft® Windows® Operating System',
    Company: 'Microsoft Corporation',
    OriginalFileName: process.image.slice(process.image.lastIndexOf('\\') + 1),
    CommandLine: process.commandLine,
    CurrentDirectory: 'C:\\Windows\\system32\\',
    User: `${process.who.domain}\\${process.who.name}`,
    LogonGuid: as.guid(parent.guid),
    LogonId: as.hex64('0x3e7'),
    TerminalSessionId: 0,
    IntegrityLevel: 'System',
    Hashes: hashes,
    ParentProcessGuid: as.guid(parent.guid),
    ParentProcessId: parent.id,
    ParentImage: parent.image,
    ParentCommandLine: parent.commandLine,
  }
  return sysmon(1, fields, { version: 5, task: 1 })
}

/** Sysmon 3: a process connected to another computer. */
export function networkConnected(
  process: RunningProcess,
  utc: string,
  from: string,
  to: string,
  port: number,
): EventDraft {
  const fields: Fields = {
    RuleName: '-',
    UtcTime: utc,
    ProcessGuid: as.guid(process.guid),
    ProcessId: process.id,
    Image: process.image,
    User: `${process.who.domain}\\${process.who.name}`,
    Protocol: 'tcp',
    Initiated: as.bool(true),
    SourceIsIpv6: as.bool(false),
    SourceIp: from,
    SourceHostname: '-',
    SourcePort: as.uint16(49_152 + (process.id % 16_000)),
    SourcePortName: '-',
    DestinationIsIpv6: as.bool(false),
    DestinationIp: to,
    DestinationHostname: '-',
    DestinationPort: as.uint16(port),
    DestinationPortName: '-',
  }
  return sysmon(3, fields, { version: 5, task: 3 })
}

/** Sysmon 11: a file was created. */
export function fileCreated(process: RunningProcess, utc: string, path: string): EventDraft {
  const fields: Fields = {
    RuleName: '-',
    UtcTime: utc,
    ProcessGuid: as.guid(process.guid),
    ProcessId: process.id,
    Image: process.image,
    TargetFilename: path,
    CreationUtcTime: utc,
  }
  return sysmon(11, fields, { version: 2, task: 11 })
}

/** Sysmon 13: a registry value was set. */
export function registryValueSet(process: RunningProcess, utc: string, value: string, details: string): EventDraft {
  const fields: Fields = {
    RuleName: '-',
    EventType: 'SetValue',
    UtcTime: utc,
    ProcessGuid: as.guid(process.guid),
    ProcessId: process.id,
    Image: process.image,
    TargetObject: value,
    Details: details,
  }
  return sysmon(13, fields, { version: 2, task: 13 })
}

const auditing = manifestProvider('Microsoft-Windows-Security-Auditing', '{54849625-5478-4994-a5ba-3e3b0328c30d}', {
  channel: 'Security',
  level: 0,
  keywords: '0x8020000000000000',
  processId: 4,
})

/** Security 4688: a process was created. */
export function processAudited(process: RunningProcess, parent: RunningProcess): EventDraft {
  const fields: Fields = {
    SubjectUserSid: as.sid(process.who.sid),
    SubjectUserName: process.who.name,
    SubjectDomainName: process.who.domain,
    SubjectLogonId: as.hex64('0x3e7'),
    NewProcessId: as.hex64(`0x${process.id.toString(16)}`),
    NewProcessName: process.image,
    TokenElevationType: '%%1936',
    ProcessId: as.hex64(`0x${parent.id.toString(16)}`),
    CommandLine: process.commandLine,
    TargetUserSid: as.sid('S-1-0-0'),
    TargetUserName: '-',
    TargetDomainName: '-',
    TargetLogonId: as.hex64('0x0'),
    ParentProcessName: parent.image,
    MandatoryLabel: as.sid('S-1-16-16384'),
  }
  return auditing(4688, fields, { version: 2, task: 13_312 })
}

/** Security 5156: the filtering platform let a connection through. */
export function connectionAllowed(process: RunningProcess, from: string, to: string, port: number): EventDraft {
  const fields: Fields = {
    ProcessID: as.uint64(BigInt(process.id)),
    Application: process.image.toLowerCase().replace('c:', '\\device\\harddiskvolume2'),
    Direction: '%%14593',
    SourceAddress: from,
    SourcePort: String(49_152 + (process.id % 16_000)),
    DestAddress: to,
    DestPort: String(port),
    Protocol: 6,
    FilterRTID: as.uint64(68_211n),
    LayerName: '%%14611',
    LayerRTID: as.uint64(48n),
    RemoteUserID: as.sid('S-1-0-0'),
    RemoteMachineID: as.sid('S-1-0-0'),
  }
  return auditing(5156, fields, { version: 1, task: 12_810 })
}

/** Security 5140: a share was accessed. */
export function shareAccessed(who: Account, logonId: string, address: string, share: string): EventDraft {
  const fields: Fields = {
    SubjectUserSid: as.sid(who.sid),
    SubjectUserName: who.name,
    SubjectDomainName: who.domain,
    SubjectLogonId: as.hex64(logonId),
    ObjectType: 'File',
    IpAddress: address,
    IpPort: '50122',
    ShareName: `\\\\*\\${share}`,
    ShareLocalPath: `\\??\\D:\\${share}`,
    AccessMask: as.hex32('0x1'),
    AccessList: '%%4416\r\n\t\t\t\t',
  }
  return auditing(5140, fields, { version: 1, task: 12_808 })
}

/** PowerShell 4104: a block of a script ran. */
export function scriptBlock(who: Account, processId: number, id: string, text: string, path: string): EventDraft {
  const fields: Fields = { MessageNumber: 1, MessageTotal: 1, ScriptBlockText: text, ScriptBlockId: id, Path: path }
  return manifestProvider('Microsoft-Windows-PowerShell', '{a0c1853b-5c40-4b15-8766-3cf1c58f985a}', {
    channel: 'Microsoft-Windows-PowerShell/Operational',
  })(4104, fields, { version: 1, level: 5, task: 2, opcode: 15, keywords: '0x0', userId: who.sid, processId })
}

const taskScheduler = manifestProvider('Microsoft-Windows-TaskScheduler', '{de7b24ea-73c8-4a09-985d-5bdadcfa9017}', {
  channel: 'Microsoft-Windows-TaskScheduler/Operational',
  userId: LOCAL_SYSTEM,
  processId: 1_240,
})

/** TaskScheduler 100, 200, 201 and 102: a task from its start to its end, in this order. */
export function taskRun(name: string, action: string, instance: string, who: string): EventDraft[] {
  const activity = { activityId: instance }
  const named = { TaskName: name, InstanceId: as.guid(instance) }
  const run = { TaskName: name, ActionName: action, TaskInstanceId: as.guid(instance) }
  return [
    taskScheduler(
      100,
      { TaskName: name, UserContext: who, InstanceId: as.guid(instance) },
      { ...activity, task: 100, opcode: 1 },
    ),
    taskScheduler(200, { ...run, EnginePID: 4_412 }, { ...activity, version: 1, task: 200, opcode: 1 }),
    taskScheduler(201, { ...run, ResultCode: 0, EnginePID: 4_412 }, { ...activity, version: 2, task: 201, opcode: 2 }),
    taskScheduler(102, { ...named, UserContext: who }, { ...activity, task: 102, opcode: 2 }),
  ]
}

const bits = manifestProvider('Microsoft-Windows-Bits-Client', '{ef1cc15b-46c1-414e-bb95-e76b077bd51e}', {
  channel: 'Microsoft-Windows-Bits-Client/Operational',
  userId: LOCAL_SYSTEM,
  keywords: '0x4000000000000000',
  processId: 1_556,
})

/** BITS 3, 59, 60 and 4: a transfer from its job to its end. */
export function transfer(title: string, job: string, url: string, length: bigint, modified: bigint): EventDraft[] {
  const owner = { jobTitle: title, jobId: as.guid(job), jobOwner: 'NT AUTHORITY\\SYSTEM' }
  const file: Fields = {
    transferId: as.guid(job),
    name: title,
    Id: as.guid(job),
    url,
    peer: '',
    fileTime: as.filetime(modified),
    fileLength: as.uint64(length),
    bytesTotal: as.uint64(length),
  }
  const none = as.uint64(0n)
  return [
    bits(3, { ...owner, processPath: 'C:\\Windows\\System32\\svchost.exe', processId: 1_556 }, { version: 2 }),
    bits(59, { ...file, bytesTransferred: none, bytesTransferredFromPeer: none }, { version: 1, opcode: 1 }),
    bits(60, { ...file, hr: 0, bytesTransferred: as.uint64(length) }, { version: 1, opcode: 2 }),
    bits(
      4,
      { User: 'NT AUTHORITY\\SYSTEM', ...owner, fileCount: 1, bytesTransferred: as.uint64(length) },
      { version: 1 },
    ),
  ]
}

/** WMI-Activity 5858: a query failed. */
export function queryFailed(computer: string, who: string, clientProcess: number, query: string): EventDraft {
  const draft = manifestProvider('Microsoft-Windows-WMI-Activity', '{1418ef04-b0b4-4623-bf7e-d74ab47bbdaa}', {
    channel: 'Microsoft-Windows-WMI-Activity/Operational',
    userId: LOCAL_SYSTEM,
  })(5858, {}, { level: 2, keywords: '0x4000000000000000', processId: 3_120 })
  const items = Object.entries({
    Id: '{00000000-0000-0000-0000-000000000000}',
    ClientMachine: computer,
    User: who,
    ClientProcessId: clientProcess,
    Component: 'Unknown',
    Operation: `Start IWbemServices::ExecQuery - root\\cimv2 : ${query}`,
    ResultCode: as.hex32('0x80041032'),
    PossibleCause: 'Unknown',
  }).map(([name, value]) => ({ name, value }))
  const namespace = 'http://manifests.microsoft.com/win/2006/windows/WMI'
  return { ...draft, payload: { kind: 'userData', element: 'Operation_ClientFailure', namespace, items } }
}

/** Windows Defender 2000: the signatures were updated. */
export function signaturesUpdated(version: string, previous: string): EventDraft {
  const fields = {
    'Product Name': '%%827',
    'Product Version': '4.18.25120.9',
    'Current security intelligence Version': version,
    'Previous security intelligence Version': previous,
    Domain: 'NT AUTHORITY',
    User: 'SYSTEM',
    SID: 'S-1-5-18',
    'Security intelligence Type Index': '1',
    'Security intelligence Type': '%%800',
    'Update Type Index': '2',
    'Update Type': '%%803',
  }
  return manifestProvider('Microsoft-Windows-Windows Defender', '{11cd958a-c507-4ef3-b3f2-5fd9dfbd2c78}', {
    channel: 'Microsoft-Windows-Windows Defender/Operational',
    userId: LOCAL_SYSTEM,
  })(2000, fields, { processId: 3_304 })
}

/** Windows Firewall 2004: a rule was added. */
export function firewallRuleAdded(id: string, name: string, application: string): EventDraft {
  const fields = {
    RuleId: id,
    RuleName: name,
    Origin: 1,
    ApplicationPath: application,
    ServiceName: '',
    Direction: 1,
    Protocol: 6,
    LocalPorts: '*',
    RemotePorts: '*',
    Action: 3,
    Profiles: 1,
    LocalAddresses: '*',
    RemoteAddresses: '*',
    ModifyingUser: as.sid('S-1-5-18'),
    ModifyingApplication: 'C:\\Windows\\System32\\svchost.exe',
  }
  const guid = '{d1bc9aff-2abf-4d71-9146-ecb2a986eb85}'
  return manifestProvider('Microsoft-Windows-Windows Firewall With Advanced Security', guid, {
    channel: 'Microsoft-Windows-Windows Firewall With Advanced Security/Firewall',
    userId: 'S-1-5-19',
  })(2004, fields, { keywords: '0x8000020000000000', processId: 2_084 })
}

/** WinRM 169: a user was authenticated. */
export function remoteShellUser(name: string, activityId: string): EventDraft {
  return manifestProvider('Microsoft-Windows-WinRM', '{a7975c8f-ac13-49f1-87da-5a984a4ab417}', {
    channel: 'Microsoft-Windows-WinRM/Operational',
    userId: 'S-1-5-20',
  })(
    169,
    { username: name, authenticationMechanism: 'Kerberos' },
    { task: 7, keywords: '0x400000000000000c', processId: 1_204, activityId },
  )
}
