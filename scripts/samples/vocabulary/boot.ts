import {
  as,
  CHANNEL_KEYWORD,
  type EventDraft,
  LOCAL_SERVICE,
  LOCAL_SYSTEM,
  manifestProvider,
  plainSource,
} from '../event-draft.ts'
import { type Machine, shortName } from '../machine.ts'
import { systemTimeHex, textHex } from '../moment.ts'

/** The words of starting and stopping: Kernel-General, Kernel-Boot, Kernel-Power, EventLog, User32. */

const kernel = { channel: 'System', userId: LOCAL_SYSTEM, processId: 4, threadId: 8 }
const kernelGeneral = manifestProvider(
  'Microsoft-Windows-Kernel-General',
  '{a68ca8b7-004f-d7b6-a698-07e2de0f1f5d}',
  kernel,
)
const kernelBoot = manifestProvider('Microsoft-Windows-Kernel-Boot', '{15ca44ff-4d7a-4baa-bba5-0998955e531e}', kernel)
const kernelPower = manifestProvider('Microsoft-Windows-Kernel-Power', '{331c3b3a-2005-44c2-ac5e-77220c37d6b4}', kernel)
const processorPower = manifestProvider(
  'Microsoft-Windows-Kernel-Processor-Power',
  '{0f67e49f-fe51-4e9f-b490-6f2948cc6027}',
  { ...kernel, task: 47 },
)
const filterManager = manifestProvider(
  'Microsoft-Windows-FilterManager',
  '{f3c5e28e-63f6-49c7-a204-e48a1bc4b09d}',
  kernel,
)
const ntfs = manifestProvider('Microsoft-Windows-Ntfs', '{3ff37a1c-a68d-4d6e-8c9b-f79e8b16c482}', kernel)
const netvsc = manifestProvider('Microsoft-Windows-Hyper-V-Netvsc', '{152fbe4b-c7ad-4f68-bada-a4fcc1464f6c}', kernel)
const wininit = manifestProvider('Microsoft-Windows-Wininit', '{206f6dea-d3c5-4d10-bc72-989f03c8b84b}', {
  channel: 'System',
  userId: LOCAL_SYSTEM,
  keywords: '0x4000000000000000',
})
const eventLog = plainSource('EventLog', 'System')

/** Kernel-General 12: the operating system started at `start`. */
export function systemStarted({ build }: Machine, start: bigint): EventDraft {
  return kernelGeneral(
    12,
    {
      MajorVersion: build.major,
      MinorVersion: build.minor,
      BuildVersion: build.build,
      QfeVersion: build.qfe,
      ServiceVersion: build.servicePack === '' ? 0 : 1,
      BootMode: 0,
      StartTime: as.filetime(start),
    },
    { task: 1, keywords: '0x8000000000000080' },
  )
}

/** Kernel-General 13: it shuts down. */
export function systemStopping(stop: bigint): EventDraft {
  const { userId: _, ...draft } = kernelGeneral(
    13,
    { StopTime: as.filetime(stop) },
    { task: 2, keywords: '0x8000000000000080', threadId: 280 },
  )
  return draft
}

/** Kernel-General 1: the clock was set. Version 1, as Windows 8 and later write it, has a reason. */
export function clockSet(machine: Machine, oldTime: bigint, newTime: bigint, processId: number): EventDraft {
  const times = { NewTime: as.filetime(newTime), OldTime: as.filetime(oldTime) }
  const system = { keywords: '0x8000000000000010', userId: LOCAL_SERVICE, processId, threadId: processId + 136 }
  if (machine.build.build < 9200) return kernelGeneral(1, times, system)
  return kernelGeneral(1, { ...times, Reason: 1 }, { ...system, version: 1, task: 5 })
}

/** Kernel-General 16: the access history of a hive was cleared. */
export function hiveHistoryCleared(hive: string, keys: number, pages: number): EventDraft {
  return kernelGeneral(
    16,
    { HiveNameLength: as.uint16(hive.length), HiveName: hive, KeysUpdated: keys, DirtyPages: pages },
    { threadId: 332 },
  )
}

/** Kernel-Boot 20: whether the last shutdown and the last boot went well. */
export function lastBootStatus(shutdownGood: boolean, lastBootId: number): EventDraft {
  return kernelBoot(
    20,
    {
      LastShutdownGood: as.bool(shutdownGood),
      LastBootGood: as.bool(true),
      LastBootId: lastBootId,
      BootStatusPolicy: 1,
    },
    { version: 1, task: 31 },
  )
}

/** Kernel-Boot 27, 25, 18 and 32, which every boot of Windows 10 and later writes. */
export function bootDetails(): EventDraft[] {
  return [
    kernelBoot(27, { BootType: 0, LoadOptions: ' NOEXECUTE=OPTOUT' }, { version: 1, task: 33 }),
    kernelBoot(25, { BootMenuPolicy: 1 }, { task: 32 }),
    kernelBoot(18, { EntryCount: 1 }, { task: 57 }),
    kernelBoot(32, { BitlockerUserInputTime: 0 }, { task: 58 }),
  ]
}

/** Kernel-Power 41: the last session did not end cleanly. */
export function uncleanRestart(): EventDraft {
  const none = as.hex64('0x0')
  return kernelPower(
    41,
    {
      BugcheckCode: 0,
      BugcheckParameter1: none,
      BugcheckParameter2: none,
      BugcheckParameter3: none,
      BugcheckParameter4: none,
      SleepInProgress: as.bool(false),
      PowerButtonTimestamp: as.uint64(0n),
    },
    { version: 2, level: 1, task: 63, keywords: '0x8000000000000002' },
  )
}

/** Kernel-Power 109: the kernel initiated the power transition. */
export function powerTransition(): EventDraft {
  const { userId: _, ...draft } = kernelPower(
    109,
    { ShutdownActionType: 5, ShutdownEventCode: 0, ShutdownReason: 5 },
    { task: 103, keywords: '0x8000400000000404', processId: 464, threadId: 468 },
  )
  return draft
}

/** Kernel-Processor-Power 55: what a processor can do. */
export function processorFound(number: number): EventDraft {
  return processorPower(55, {
    Group: as.uint16(0),
    Number: as.uint8(number),
    IdleStateCount: 1,
    IdleImplementation: 1,
    NominalFrequency: 2095,
    MaximumPerformancePercent: 100,
    MinimumPerformancePercent: 100,
    MinimumThrottlePercent: 100,
    PerformanceImplementation: 0,
  })
}

/** FilterManager 6: a file system filter was loaded. */
export function filterLoaded({ build }: Machine, name: string): EventDraft {
  return filterManager(6, {
    FinalStatus: as.hex32('0x0'),
    DeviceVersionMajor: build.major,
    DeviceVersionMinor: build.minor,
    DeviceNameLength: as.uint16(name.length),
    DeviceName: name,
    DeviceTime: as.filetime(128_920_218_000_000_000n),
  })
}

/** Ntfs 98: the volume is healthy. */
export function volumeHealthy(drive: string, device: string): EventDraft {
  return ntfs(
    98,
    { DriveName: drive, DeviceName: device, CorruptionActionState: 0 },
    { keywords: '0x8000000000000002', threadId: 256 },
  )
}

/** Hyper-V-Netvsc 10 or 12: the virtual network adapter. */
export function adapterReady(eventId: 10 | 12): EventDraft {
  const name = 'Microsoft Hyper-V Network Adapter'
  return netvsc(eventId, { MiniportNameLen: name.length, MiniportName: name }, { task: 1003, threadId: 296 })
}

/** Wininit 14: Credential Guard is off. */
export function credentialGuardOff(processId: number): EventDraft {
  return wininit(14, { Config: 0, IsTestConfig: 0 }, { processId, threadId: processId + 4 })
}

/** EventLog 6009: product version at boot. */
export function versionAtBoot({ build }: Machine): EventDraft {
  const version = `${build.major}.${String(build.minor).padStart(2, '0')}.`
  const strings = [version, String(build.build), build.servicePack, 'Multiprocessor Free', '0']
  return eventLog(6009, strings, { qualifiers: 32_768 })
}

/** EventLog 6005: the event log service started. */
export function eventLogStarted(time: bigint): EventDraft {
  return eventLog(6005, [], { qualifiers: 32_768, binary: `${systemTimeHex(time)}0000000000000000` })
}

/** EventLog 6006: it stopped. */
export function eventLogStopped(): EventDraft {
  return eventLog(6006, [], { qualifiers: 32_768, binary: '0100000000000000' })
}

/** EventLog 6008: the shutdown before this boot was unexpected. The strings are local time, with left-to-right marks. */
export function unexpectedShutdown(lastAlive: string, date: string, when: bigint): EventDraft {
  const time = systemTimeHex(when)
  return eventLog(6008, [lastAlive, date, '', '', '934', '', ''], {
    level: 2,
    qualifiers: 32_768,
    binary: `${time}${time}3C0000003C000000000000000000000000000000000000000100000000000000`,
  })
}

/** EventLog 6011: the computer's name was changed. */
export function computerRenamed(from: string, to: string): EventDraft {
  return eventLog(6011, [from, to], { qualifiers: 32_768 })
}

/** EventLog 6013: uptime in seconds, and the time zone. */
export function uptime({ build, zone }: Machine, seconds: number): EventDraft {
  const product = ['1.1', '0', build.edition, `${build.major}.${build.minor}.${build.build} Build ${build.build}`]
  return eventLog(6013, ['', '', '', '', String(seconds), '60', `${zone.bias} ${zone.name}`], {
    qualifiers: 32_768,
    binary: textHex(
      [...product, 'Multiprocessor Free', 'Not Available', 'Not Available', '9', '2', '4096', ''].join('\0'),
    ),
  })
}

/** User32 1074: a process asked for a restart. */
export function restartRequested(machine: Machine, process: string, reason: string, code: string): EventDraft {
  const name = shortName(machine)
  const strings = [`${process} (${name})`, name, reason, code, 'restart', '', 'NT AUTHORITY\\SYSTEM']
  if (machine.build.build < 9200) {
    return {
      ...plainSource('USER32', 'System')(1074, strings, {
        qualifiers: 32_768,
        binary: `03000280${'0'.repeat(72)}`,
      }),
      userId: LOCAL_SYSTEM,
    }
  }
  return {
    ...manifestProvider('User32', '{b0aa8734-56f7-41cc-b2f4-de228e98b946}', { channel: 'System' })(
      1074,
      Object.fromEntries(strings.map((text, i) => [`param${i + 1}`, text])),
      { qualifiers: 32_768, keywords: '0x8080000000000000', userId: LOCAL_SYSTEM, processId: 624 },
    ),
    provider: { name: 'User32', guid: '{b0aa8734-56f7-41cc-b2f4-de228e98b946}', eventSourceName: 'User32' },
  }
}

/** SAM 16962: remote calls to the account database are restricted. */
export function remoteSamRestricted(processId: number): EventDraft {
  return manifestProvider('Microsoft-Windows-Directory-Services-SAM', '{0d4fdc09-8c27-494a-bda0-505e4fd8adae}', {
    channel: 'System',
    userId: LOCAL_SYSTEM,
    keywords: CHANNEL_KEYWORD,
  })(16_962, { 'Default SD String:': 'O:SYG:SYD:(A;;RC;;;BA)' }, { processId, threadId: processId + 4 })
}
