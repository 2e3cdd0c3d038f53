import { as, type EventDraft, type Fields, inUserData, LOCAL_SYSTEM, manifestProvider } from '../event-draft.ts'
import type { DisplayLanguage, WindowsBuild } from '../machine.ts'

/** The words of Schannel. Its events carry the process of lsass, not that of the program that asked. */

const schannel = manifestProvider('Schannel', '{1f678132-5938-4686-9fdc-c8ff68f15c85}', {
  channel: 'System',
  level: 2,
  userId: LOCAL_SYSTEM,
})

/** "client" and "server" as Schannel writes them (message strings 36992 and 36993). */
const TYPES = {
  en: { client: 'client', server: 'server' },
  de: { client: 'Client', server: 'Server' },
  ja: { client: 'クライアント', server: 'サーバー' },
} satisfies Record<DisplayLanguage, { client: string; server: string }>

/** Who speaks, and for whom: the caller is told on Server 2022 and later only. */
export interface TlsParty {
  readonly build: WindowsBuild
  readonly language: DisplayLanguage
  readonly lsass: number
  readonly caller: { readonly processId: number; readonly image: string }
}

/** 36870: the private key of a credential could not be accessed. */
export function privateKeyUnusable(
  party: TlsParty,
  type: 'client' | 'server',
  code: string,
  state: number,
): EventDraft {
  const fields = { Type: TYPES[party.language][type], ErrorCode: as.hex32(code), ErrorStatus: state }
  return schannelEvent(party, 36_870, { ...fields, ...callerFields(party) })
}

/** 36871: a credential could not be created; the state has no public meaning but for 10013. */
export function credentialNotCreated(party: TlsParty, type: 'client' | 'server', state: number): EventDraft {
  const fields = { Type: TYPES[party.language][type], ErrorState: state }
  return schannelEvent(party, 36_871, { ...fields, ...callerFields(party) })
}

/** 36872: the certificate chain of a credential could not be retrieved. */
export function chainNotRetrieved(party: TlsParty, code: string, credential: string): EventDraft {
  return schannelEvent(party, 36_872, {
    Type: TYPES[party.language].server,
    ErrorCode: as.hex32(code),
    CertFlags: as.hex32('0x0'),
    CredContext: as.binary(credential),
  })
}

/** 36886: no suitable default server credential exists. */
export function noDefaultCredential(party: TlsParty): EventDraft {
  return { ...schannelEvent(party, 36_886, {}), level: 3 }
}

/** 36887: the other side sent a fatal alert. */
export function alertReceived(party: TlsParty, alert: number): EventDraft {
  return schannelEvent(party, 36_887, { AlertDesc: alert })
}

/** 36888: we sent a fatal alert. */
export function alertSent(party: TlsParty, alert: number, state: number): EventDraft {
  const target = party.build.build >= 17_134 ? { TargetName: '' } : {}
  return schannelEvent(party, 36_888, { AlertDesc: alert, ErrorState: state, ...target })
}

function callerFields({ build, caller }: TlsParty): Fields {
  if (!build.namesCaller) return {}
  return { CallerProcessId: caller.processId, CallerProcessImageName: caller.image }
}

/** Up to 2008 R2 the fields stand in UserData. */
function schannelEvent(party: TlsParty, eventId: number, fields: Fields): EventDraft {
  const draft = schannel(eventId, fields, { processId: party.lsass })
  return party.build.build < 9200 ? inUserData(draft, fields, 'EventXML', 'LSA_NS') : draft
}
