import type { Remediation, RemediationStep } from '../finding/finding.ts'
import { sentence } from '../finding/sentence.ts'
import {
  BROKEN_SOFTWARE,
  brokenControlSet,
  loadSoftware,
  loadSystem,
  MAKE_FOLDER,
  SAVED,
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
  return {
    where: 'offline',
    title: titleOf(ways, 'offline'),
    steps: [
      snapshotFirst(place),
      ...(system ? loadSystem(place, repair.controlSet) : []),
      ...(software ? [loadSoftware(place)] : []),
      MAKE_FOLDER,
      ...steps(brokenControlSet(repair.controlSet), BROKEN_SOFTWARE, place.build, ways),
      ...(system ? [UNLOAD_SYSTEM] : []),
      ...(software ? [UNLOAD_SOFTWARE] : []),
      SWAP_DISK,
      { text: sentence('repair.tls.domain-policy') },
    ],
    risk: riskOf(ways, place.build),
    rollback: sentence('repair.tls.rollback', { command: undo(ways, brokenControlSet(repair.controlSet)) }),
  }
}

function live({ build }: RepairPlace, repair: PolicyRepair): Remediation {
  const ways = waysOf(repair)
  return {
    where: 'live',
    title: titleOf(ways, 'live'),
    steps: [
      MAKE_FOLDER,
      ...steps(CURRENT, 'HKLM\\SOFTWARE', build, ways),
      { text: sentence('repair.tls.restart'), command: 'shutdown /r /t 0' },
      { text: sentence('repair.tls.domain-policy') },
    ],
    risk: riskOf(ways, build),
    rollback: sentence('repair.tls.rollback-live', { command: undo(ways, CURRENT) }),
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

/** An import takes nothing away, so that added values go first; those that were there before come back with it. */
function undo({ protocols, ciphers }: Ways, system: string): string {
  const server = tls12Server(system)
  const added = ['Enabled', 'DisabledByDefault'].map((value) => `reg delete ${server} /v ${value} /f`)
  const saved = [...(protocols ? ['schannel-protocols.reg'] : []), ...(ciphers ? ['cipher-order.reg'] : [])]
  const imports = saved.map((file) => `reg import ${SAVED}\\${file}`)
  return [...(protocols ? added : []), ...imports].join(' & ')
}

function protocolsKey(system: string): string {
  return `${system}\\Control\\SecurityProviders\\SCHANNEL\\Protocols`
}

function tls12Server(system: string): string {
  return `"${protocolsKey(system)}\\TLS 1.2\\Server"`
}

function steps(system: string, software: string, build: number | undefined, ways: Ways): readonly RemediationStep[] {
  return [
    ...(ways.protocols ? protocolSteps(system, build) : []),
    ...(ways.ciphers ? cipherSteps(software) : []),
    ...(ways.unproven ? lookFurther(system, software) : []),
  ]
}

function protocolSteps(system: string, build: number | undefined): readonly RemediationStep[] {
  const protocols = protocolsKey(system)
  const server = tls12Server(system)
  const old = { text: sentence('repair.tls.old-windows') }
  return [
    {
      text: sentence('repair.tls.export'),
      command: `reg export "${protocols}" ${SAVED}\\schannel-protocols.reg`,
    },
    { text: sentence('repair.tls.show'), command: `reg query "${protocols}" /s` },
    { text: sentence('repair.tls.enable'), command: `reg add ${server} /v Enabled /t REG_DWORD /d 1 /f` },
    {
      text: sentence('repair.tls.enable-by-default'),
      command: `reg add ${server} /v DisabledByDefault /t REG_DWORD /d 0 /f`,
    },
    ...(isPerhapsOld(build) ? [old] : []),
  ]
}

function orderKey(software: string): string {
  return `"${software}\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002"`
}

/** Without an order of its own, policy leaves Windows its default. */
function cipherSteps(software: string): readonly RemediationStep[] {
  const key = orderKey(software)
  return [
    { text: sentence('repair.tls.export-order'), command: `reg export ${key} ${SAVED}\\cipher-order.reg` },
    { text: sentence('repair.tls.delete-order'), command: `reg delete ${key} /v Functions /f` },
  ]
}

function lookFurther(system: string, software: string): readonly RemediationStep[] {
  return [
    { text: sentence('repair.tls.ciphers'), command: `reg query ${orderKey(software)} /v Functions` },
    {
      text: sentence('repair.tls.fips'),
      command: `reg query "${system}\\Control\\Lsa\\FIPSAlgorithmPolicy" /v Enabled`,
    },
  ]
}
