import { CLASSIC, type EventDraft, LOCAL_SYSTEM, manifestProvider, plainSource } from '../event-draft.ts'
import { textHex } from '../moment.ts'

/** The words of the Application log. */

/** A source as ReportEvent writes it on Windows 10 and later, or one with a manifest for its classic events. */
function reported(
  provider: EventDraft['provider'],
  eventId: number,
  strings: readonly string[],
  system: { level: number; qualifiers: number; task?: number; binary?: string },
): EventDraft {
  const { binary, ...rest } = system
  return {
    provider,
    eventId,
    version: 0,
    task: 0,
    opcode: 0,
    keywords: CLASSIC,
    processId: 0,
    threadId: 0,
    channel: 'Application',
    ...rest,
    payload: { kind: 'classic', strings, ...(binary !== undefined && { binary }) },
  }
}

/** Application Error 1000: a program crashed. */
export function programCrashed(program: string, module: string, processId: string, reportId: string): EventDraft {
  const strings = [
    program,
    '10.0.17763.1',
    'c8a8ee7c',
    module,
    '10.0.17763.6532',
    '5a2f5c21',
    'c0000374',
    '00000000000fb349',
    processId,
    '01dab3c84f1be56a',
    `C:\\Windows\\System32\\${program}`,
    `C:\\Windows\\SYSTEM32\\${module}`,
    reportId,
    '',
    '',
  ]
  return reported({ name: 'Application Error' }, 1000, strings, { level: 2, qualifiers: 0, task: 100 })
}

/** Windows Error Reporting 1001: the crash was put into a bucket. */
export function crashReported(program: string, reportId: string): EventDraft {
  const strings = ['1864418265233', '4', 'APPCRASH', 'Not available', '0', program, '10.0.17763.1', 'c8a8ee7c']
  const rest = [
    '',
    '',
    'C:\\ProgramData\\Microsoft\\Windows\\WER\\ReportArchive',
    '',
    '0',
    reportId,
    '268435456',
    '',
    '0',
  ]
  return reported({ name: 'Windows Error Reporting' }, 1001, [...strings, ...rest], { level: 4, qualifiers: 0 })
}

/** ESENT 102: a database engine started. */
export function databaseEngineStarted(program: string, processId: number): EventDraft {
  const strings = [program, `${processId},P,98`, '', '0', '10', '00', '17763', '0000']
  return reported({ name: 'ESENT' }, 102, strings, { level: 4, qualifiers: 0, task: 1 })
}

const SPP = {
  name: 'Microsoft-Windows-Security-SPP',
  guid: '{E23B33B0-C8C9-472C-A5F9-F2BDFEA0F156}',
  eventSourceName: 'Software Protection Platform Service',
}

/** Security-SPP 16384: the licence service will be restarted at a time. */
export function licenceServiceScheduled(iso: string): EventDraft {
  return reported(SPP, 16_384, [iso, 'RulesEngine'], { level: 4, qualifiers: 16_384 })
}

/** Security-SPP 16394: offline downlevel migration succeeded. */
export function licenceMigrated(): EventDraft {
  return reported(SPP, 16_394, [], { level: 4, qualifiers: 49_152 })
}

/** SecurityCenter 15: a product's state was set. */
export function protectionStateSet(product: string): EventDraft {
  const state = 'SECURITY_PRODUCT_STATE_ON'
  return reported({ name: 'SecurityCenter' }, 15, [product, state], { level: 4, qualifiers: 0 })
}

/** User Profiles Service 1531: the service started. */
export function profileServiceStarted(processId: number): EventDraft {
  return manifestProvider('Microsoft-Windows-User Profiles Service', '{89b1e9f0-5aff-44a6-9b44-0a07a7ce5845}', {
    channel: 'Application',
    userId: LOCAL_SYSTEM,
  })(1531, {}, { processId })
}

/** WMI 5617: the subsystems were initialised. */
export function managementReady(processId: number): EventDraft {
  return manifestProvider('Microsoft-Windows-WMI', '{1edeee53-0afe-4609-b846-d8c0b2075b1f}', {
    channel: 'Application',
    userId: LOCAL_SYSTEM,
  })(5617, {}, { version: 2, processId })
}

/** SQL Server 18456: a login failed. */
export function databaseLoginFailed(instance: string, login: string, reason: string, server: string): EventDraft {
  const binary = `184800000E000000${countedHex(server)}${countedHex('master')}`
  return plainSource(instance, 'Application')(18_456, [login, ` Reason: ${reason}`, ' [CLIENT: <named pipe>]'], {
    level: 0,
    task: 4,
    keywords: '0x90000000000000',
    qualifiers: 49_152,
    binary,
  })
}

/** VSS 8224: the service stops because it is idle. */
export function shadowServiceIdle(): EventDraft {
  return plainSource('VSS', 'Application')(8224, [], { qualifiers: 0, binary: textHex('-  Code:  CORSVCC00000774') })
}

/** Character count with the terminator (32 bits), then the text. */
function countedHex(text: string): string {
  const count = (text.length + 1).toString(16).toUpperCase().padStart(2, '0')
  return `${count}000000${textHex(text)}0000`
}
