import { type EventDraft, type Fields, LOCAL_SYSTEM, namedItems, type SystemPart } from '../event-draft.ts'
import type { DisplayLanguage } from '../machine.ts'
import { textHex } from '../moment.ts'

/** The words of the Service Control Manager. Display names are in the machine's language, the key name in Binary is not. */

/** Display names by key name. */
const DISPLAY_NAMES = {
  TermService: { en: 'Remote Desktop Services', de: 'Remotedesktopdienste', ja: 'Remote Desktop Services' },
  UmRdpService: {
    en: 'Remote Desktop Services UserMode Port Redirector',
    de: 'Anschlussumleitung für Remotedesktopdienst im Benutzermodus',
    ja: 'Remote Desktop Services UserMode Port Redirector',
  },
  SessionEnv: {
    en: 'Remote Desktop Configuration',
    de: 'Remotedesktopkonfiguration',
    ja: 'Remote Desktop Configuration',
  },
  Dhcp: { en: 'DHCP Client', de: 'DHCP-Client', ja: 'DHCP Client' },
  Dnscache: { en: 'DNS Client', de: 'DNS-Client', ja: 'DNS Client' },
  LanmanServer: { en: 'Server', de: 'Server', ja: 'Server' },
  LanmanWorkstation: { en: 'Workstation', de: 'Arbeitsstationsdienst', ja: 'Workstation' },
  Netlogon: { en: 'Netlogon', de: 'Anmeldedienst', ja: 'Netlogon' },
  CryptSvc: { en: 'Cryptographic Services', de: 'Kryptografiedienste', ja: 'Cryptographic Services' },
  Spooler: { en: 'Print Spooler', de: 'Druckwarteschlange', ja: 'Print Spooler' },
  BITS: {
    en: 'Background Intelligent Transfer Service',
    de: 'Intelligenter Hintergrundübertragungsdienst',
    ja: 'Background Intelligent Transfer Service',
  },
  TrustedInstaller: {
    en: 'Windows Modules Installer',
    de: 'Windows Modules Installer',
    ja: 'Windows Modules Installer',
  },
  sppsvc: { en: 'Software Protection', de: 'Software Protection', ja: 'Software Protection' },
  WinHttpAutoProxySvc: {
    en: 'WinHTTP Web Proxy Auto-Discovery Service',
    de: 'WinHTTP-Web Proxy Auto-Discovery-Dienst',
    ja: 'WinHTTP Web Proxy Auto-Discovery Service',
  },
  wuauserv: { en: 'Windows Update', de: 'Windows Update', ja: 'Windows Update' },
  MpsSvc: { en: 'Windows Firewall', de: 'Windows-Firewall', ja: 'Windows Firewall' },
  Tssdis: {
    en: 'Remote Desktop Connection Broker',
    de: 'Remotedesktop-Verbindungsbroker',
    ja: 'Remote Desktop Connection Broker',
  },
  RDMS: { en: 'Remote Desktop Management', de: 'Remotedesktopverwaltung', ja: 'Remote Desktop Management' },
  'MSSQL$MICROSOFT##WID': {
    en: 'Windows Internal Database',
    de: 'Interne Windows-Datenbank',
    ja: 'Windows Internal Database',
  },
  RasMan: {
    en: 'Remote Access Connection Manager',
    de: 'RAS-Verbindungsverwaltung',
    ja: 'Remote Access Connection Manager',
  },
  RemoteAccess: { en: 'Routing and Remote Access', de: 'Routing und RAS', ja: 'Routing and Remote Access' },
  SharedAccess: {
    en: 'Internet Connection Sharing (ICS)',
    de: 'Gemeinsame Nutzung der Internetverbindung',
    ja: 'Internet Connection Sharing (ICS)',
  },
} satisfies Record<string, Record<DisplayLanguage, string>>

export type ServiceKey = keyof typeof DISPLAY_NAMES

const STATES = {
  en: {
    running: 'running',
    stopped: 'stopped',
    auto: 'auto start',
    demand: 'demand start',
    restart: 'Restart the service',
  },
  de: {
    running: 'ausgeführt',
    stopped: 'beendet',
    auto: 'Automatisch starten',
    demand: 'Manuell starten',
    restart: 'Neustart des Diensts',
  },
  ja: {
    running: '実行中',
    stopped: '停止',
    auto: '自動的な開始',
    demand: '要求による開始',
    restart: 'サービスの再開',
  },
} satisfies Record<DisplayLanguage, Record<string, string>>

const PROVIDER = {
  name: 'Service Control Manager',
  guid: '{555908d1-a6d7-4695-8e1e-26931d2012f4}',
  eventSourceName: 'Service Control Manager',
}

/** Who speaks: the language of the machine and the process of services.exe in this boot. */
export interface ServiceManager {
  readonly language: DisplayLanguage
  readonly processId: number
}

/** 7036: a service entered a state. Binary: key name and state, `TermService/4`. */
export function serviceEntered(manager: ServiceManager, key: ServiceKey, state: 'running' | 'stopped'): EventDraft {
  return informational(
    manager,
    7036,
    { param1: DISPLAY_NAMES[key][manager.language], param2: STATES[manager.language][state] },
    { binary: `${key}/${state === 'running' ? 4 : 1}` },
  )
}

/** 7040: the start type of a service was changed. The key name is the last field, there is no Binary. */
export function startTypeChanged(manager: ServiceManager, key: ServiceKey, to: 'auto' | 'demand'): EventDraft {
  const words = STATES[manager.language]
  return informational(
    manager,
    7040,
    {
      param1: DISPLAY_NAMES[key][manager.language],
      param2: to === 'auto' ? words.demand : words.auto,
      param3: words[to],
      param4: key,
    },
    { userId: LOCAL_SYSTEM },
  )
}

/** 7000: a service did not start; the status is a message reference, `%%1058`. */
export function serviceNotStarted(manager: ServiceManager, key: ServiceKey, win32: number): EventDraft {
  const fields = { param1: DISPLAY_NAMES[key][manager.language], param2: `%%${win32}` }
  return error(manager, 7000, fields, key)
}

/** 7001: a service did not start because another, on which it depends, failed. */
export function dependencyFailed(manager: ServiceManager, key: ServiceKey, on: ServiceKey, win32: number): EventDraft {
  const names = { param1: DISPLAY_NAMES[key][manager.language], param2: DISPLAY_NAMES[on][manager.language] }
  return error(manager, 7001, { ...names, param3: `%%${win32}` }, key)
}

/** 7023: a service ended with an error. */
export function serviceEnded(manager: ServiceManager, key: ServiceKey, status: number): EventDraft {
  return error(manager, 7023, { param1: DISPLAY_NAMES[key][manager.language], param2: `%%${status}` }, key)
}

/** 7024: a service ended with an error of its own. */
export function serviceFailed(manager: ServiceManager, key: ServiceKey, code: number): EventDraft {
  return error(manager, 7024, { param1: DISPLAY_NAMES[key][manager.language], param2: `%%${code}` }, key)
}

/** 7031: a service ended unexpectedly, and will be restarted. */
export function serviceCrashed(manager: ServiceManager, key: ServiceKey, times: number): EventDraft {
  const fields = {
    param1: DISPLAY_NAMES[key][manager.language],
    param2: String(times),
    param3: '60000',
    param4: '1',
    param5: STATES[manager.language].restart,
  }
  return error(manager, 7031, fields, key)
}

/** 7026: boot drivers that did not load. */
export function driversNotLoaded(manager: ServiceManager, names: readonly string[]): EventDraft {
  const draft = error(manager, 7026, { param1: names.map((name) => `\r\n${name}`).join('') }, undefined)
  return { ...draft, level: 4 }
}

/** 7045: a service was installed. */
export function serviceInstalled(manager: ServiceManager, name: string, path: string, type: string): EventDraft {
  const fields = { ServiceName: name, ImagePath: path, ServiceType: type, StartType: 'demand start', AccountName: '' }
  return informational(manager, 7045, fields, { userId: LOCAL_SYSTEM })
}

function informational(
  { processId }: ServiceManager,
  eventId: number,
  fields: Fields,
  { binary, ...system }: SystemPart & { binary?: string },
): EventDraft {
  return envelope(eventId, fields, binary, { ...system, processId, level: 4, qualifiers: 16_384 })
}

function error({ processId }: ServiceManager, eventId: number, fields: Fields, key: string | undefined): EventDraft {
  return envelope(eventId, fields, key, { processId, level: 2, qualifiers: 49_152 })
}

/** Binary is the text in UTF-16 with its terminator. */
function envelope(eventId: number, fields: Fields, binary: string | undefined, system: SystemPart): EventDraft {
  const items = namedItems(fields)
  return {
    provider: PROVIDER,
    eventId,
    version: 0,
    task: 0,
    opcode: 0,
    keywords: '0x8080000000000000',
    channel: 'System',
    ...system,
    payload: { kind: 'eventData', items, ...(binary !== undefined && { binary: `${textHex(binary)}0000` }) },
  }
}
