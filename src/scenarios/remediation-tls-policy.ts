import type { Remediation, RemediationStep } from '../finding/finding.ts'
import { MAKE_FOLDER, SAVED } from '../finding/saved-folder.ts'
import { sentence } from '../finding/sentence.ts'
import {
  BROKEN_SOFTWARE,
  brokenControlSet,
  exportOnce,
  GET_IN,
  importSaved,
  loadSoftware,
  openSystem,
  RESTART,
  riskOfHives,
  SWAP_DISK,
  snapshotFirst,
  UNLOAD_SOFTWARE,
  UNLOAD_SYSTEM,
} from './remediation-hives.ts'
import type { RepairPlace } from './scenario.ts'
import type { PolicyRepair } from './tls-policy-on-disk.ts'

/** Up to this build (Windows 7 and Server 2008 R2) TLS 1.2 is off by default. */
const LAST_WITHOUT_TLS_1_2 = 7601

/** The control set in force of the machine that runs. */
const CURRENT = 'HKLM\\SYSTEM\\CurrentControlSet'

const SAVED_PROTOCOLS = `${SAVED}\\schannel-protocols.reg`
const SAVED_ORDER = `${SAVED}\\cipher-order.reg`

/** Nothing was added that an import would leave. */
const UNDO_ORDER: RemediationStep = { text: sentence('repair.tls.undo-order'), command: importSaved(SAVED_ORDER) }

/** What has to be done: what the disk proved, or everything where it proved nothing. */
interface Ways {
  readonly unproven: boolean
  readonly protocols: boolean
  readonly ciphers: boolean
}

function waysOf({ proven }: PolicyRepair): Ways {
  const unproven = proven.size === 0
  const ciphers = proven.has('no-cipher') || proven.has('no-usable-cipher')
  const protocols = ['no-protocol', 'tls-1.2-off', 'no-tls-update'].some((id) => proven.has(id))
  return { unproven, protocols: unproven || protocols, ciphers }
}

/** The repair for a policy that leaves the listener no protocol or cipher: TLS 1.2 on, and nothing older. */
export function tlsPolicyRemediation(place: RepairPlace, repair: PolicyRepair): readonly Remediation[] {
  return [offline(place, repair), live(place, repair)]
}

function offline(place: RepairPlace, repair: PolicyRepair): Remediation {
  const ways = waysOf(repair)
  const system = ways.protocols
  const software = ways.unproven || ways.ciphers
  const loaded = [...(system ? ['SYSTEM' as const] : []), ...(software ? ['SOFTWARE' as const] : [])]
  return {
    where: 'offline',
    title: titleOf(ways, 'offline'),
    steps: [
      snapshotFirst(place),
      ...(system ? openSystem(place) : []),
      ...(software ? [loadSoftware(place)] : []),
      MAKE_FOLDER,
      ...steps(brokenControlSet(place), BROKEN_SOFTWARE, place.build, ways),
      ...(system ? [UNLOAD_SYSTEM] : []),
      ...(software ? [UNLOAD_SOFTWARE] : []),
      SWAP_DISK,
      { text: sentence('repair.tls.domain-policy') },
    ],
    risk: riskOfHives(place, loaded, riskOf(ways, place.build)),
    rollback: sentence('repair.rollback-offline'),
    undo: [
      ...(ways.ciphers ? [loadSoftware(place), UNDO_ORDER, UNLOAD_SOFTWARE] : []),
      ...(ways.protocols ? [...openSystem(place), ...undoProtocols(brokenControlSet(place)), UNLOAD_SYSTEM] : []),
    ],
  }
}

function live({ build }: RepairPlace, repair: PolicyRepair): Remediation {
  const ways = waysOf(repair)
  return {
    where: 'live',
    title: titleOf(ways, 'live'),
    steps: [
      GET_IN,
      MAKE_FOLDER,
      ...steps(CURRENT, 'HKLM\\SOFTWARE', build, ways),
      RESTART,
      { text: sentence('repair.tls.domain-policy') },
    ],
    risk: riskOf(ways, build),
    rollback: sentence('repair.rollback-live'),
    undo: [...(ways.ciphers ? [UNDO_ORDER] : []), ...(ways.protocols ? undoProtocols(CURRENT) : []), RESTART],
  }
}

function titleOf({ protocols }: Ways, where: Remediation['where']) {
  if (!protocols) return sentence('repair.tls.cipher-title')
  return where === 'offline' ? sentence('repair.tls.offline-title') : sentence('repair.tls.live-title')
}

function riskOf({ protocols }: Ways, build: number | undefined) {
  if (!protocols) return sentence('repair.tls.cipher-risk')
  return isPerhapsOld(build) ? sentence('repair.tls.risk') : sentence('repair.tls.risk-known')
}

function isPerhapsOld(build: number | undefined): boolean {
  return build === undefined || build <= LAST_WITHOUT_TLS_1_2
}

function protocolsKey(system: string): string {
  return `${system}\\Control\\SecurityProviders\\SCHANNEL\\Protocols`
}

function tls12Server(system: string): string {
  return `"${protocolsKey(system)}\\TLS 1.2\\Server"`
}

function steps(system: string, software: string, build: number | undefined, ways: Ways): readonly RemediationStep[] {
  return [
    ...(ways.protocols ? protocolSteps(system, build, ways) : []),
    ...(ways.ciphers ? cipherSteps(software) : []),
    ...(ways.unproven ? lookFurther(system, software) : []),
  ]
}

/** Where the disk proved what is off, nobody is sent to look. */
function protocolSteps(system: string, build: number | undefined, { unproven }: Ways): readonly RemediationStep[] {
  const protocols = protocolsKey(system)
  const server = tls12Server(system)
  const show = { text: sentence('repair.tls.show'), command: `reg query "${protocols}" /s` }
  const old = { text: sentence('repair.tls.old-windows') }
  return [
    {
      text: unproven ? sentence('repair.tls.export') : sentence('repair.tls.export-proven'),
      command: exportOnce(protocols, SAVED_PROTOCOLS),
    },
    ...(unproven ? [show] : []),
    { text: sentence('repair.tls.enable'), command: `reg add ${server} /v Enabled /t REG_DWORD /d 1 /f` },
    {
      text: sentence('repair.tls.enable-by-default'),
      command: `reg add ${server} /v DisabledByDefault /t REG_DWORD /d 0 /f`,
    },
    ...(isPerhapsOld(build) ? [old] : []),
  ]
}

/** An import takes nothing away, so that added values go first; those that were there before come back with it. */
function undoProtocols(system: string): readonly RemediationStep[] {
  const server = tls12Server(system)
  return [
    { text: sentence('repair.tls.undo-by-default'), command: `reg delete ${server} /v DisabledByDefault /f` },
    { text: sentence('repair.tls.undo-enable'), command: `reg delete ${server} /v Enabled /f` },
    { text: sentence('repair.undo-import'), command: importSaved(SAVED_PROTOCOLS) },
  ]
}

function orderKey(software: string): string {
  return `${software}\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002`
}

/** Without an order of its own, policy leaves Windows its default. */
function cipherSteps(software: string): readonly RemediationStep[] {
  const key = orderKey(software)
  return [
    { text: sentence('repair.tls.export-order'), command: exportOnce(key, SAVED_ORDER) },
    { text: sentence('repair.tls.delete-order'), command: `reg delete "${key}" /v Functions /f` },
  ]
}

function lookFurther(system: string, software: string): readonly RemediationStep[] {
  return [
    { text: sentence('repair.tls.ciphers'), command: `reg query "${orderKey(software)}" /v Functions` },
    {
      text: sentence('repair.tls.fips'),
      command: `reg query "${system}\\Control\\Lsa\\FIPSAlgorithmPolicy" /v Enabled`,
    },
  ]
}
