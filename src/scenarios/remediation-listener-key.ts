import type { Remediation, RemediationStep } from '../finding/finding.ts'
import { MAKE_FOLDER, SAVED } from '../finding/saved-folder.ts'
import { type Sentence, sentence } from '../finding/sentence.ts'
import type { KeyRepair } from './listener-key-on-disk.ts'
import { diskSpaceRemediation, makeRoom, RESTART_SERVICES, UNDO_ROOM } from './remediation-disk-space.ts'
import {
  BROKEN_SOFTWARE,
  brokenControlSet,
  exportOnce,
  GET_IN,
  importSaved,
  loadSoftware,
  loadSystem,
  openSystem,
  riskOfHives,
  SWAP_DISK,
  snapshotFirst,
  UNLOAD_SOFTWARE,
  UNLOAD_SYSTEM,
} from './remediation-hives.ts'
import {
  openCryptoKeys,
  openFolder,
  openKey,
  undoCryptoKeys,
  undoFolder,
  undoKey,
} from './remediation-key-permissions.ts'
import type { RepairPlace } from './scenario.ts'

/**
 * Name of the key file of the listener's own certificate, before the machine's GUID: MD5 of `tsseckeyset1` with its
 * ending zero, as four little-endian words.
 */
const KEY_FILE = 'f686aace6942fb7f7ceb231212eef4a4_<MachineGuid>'
const KEY_FOLDERS = {
  'machine-keys': 'ProgramData\\Microsoft\\Crypto\\RSA\\MachineKeys',
  'crypto-keys': 'ProgramData\\Microsoft\\Crypto\\Keys',
} as const
const STORE = 'Microsoft\\SystemCertificates\\Remote Desktop'
const SAVED_STORE = `${SAVED}\\certificates.reg`
const SAVED_LISTENER = `${SAVED}\\rdp-tcp.reg`
const LISTENER = 'Control\\Terminal Server\\WinStations\\RDP-Tcp'

/** A line a key: its path, then its SDDL. */
const STORE_PERMISSIONS = `${SAVED}\\store-acl.txt`

/** What has to be done: what the disk proved, or everything where it proved nothing. */
interface Ways {
  readonly unproven: boolean
  readonly permissions: boolean
  /** Permissions are given although nobody saw that they lack. */
  readonly presumed: boolean
  /** The container stands in the way of a new one. */
  readonly container: boolean
  /** It is set aside whatever its permissions are. */
  readonly aside: boolean
  /** The certificate is to go, so that Windows makes a new pair. */
  readonly certificate: boolean
  readonly store: boolean
  readonly pin: boolean
  readonly cryptoKeys: boolean
}

function waysOf(repair: KeyRepair, where: Remediation['where']): Ways {
  const { proven, pinned, status, permissionsSeen, areCertificatesSound } = repair
  const unproven = proven.size === 0
  // Expiry alone does not explain "Access is denied".
  const unseen = status === 'access-denied' && !permissionsSeen && proven.has('certificate-expired')
  // Windows makes no new key for a certificate that was chosen by hand.
  const container = unproven && pinned === undefined
  // On the disk nobody can try whether permissions were all: the one way that surely helps is taken at once.
  const aside = container && where === 'offline' && status === 'exists'
  const any = (...ids: readonly string[]) => ids.some((id) => proven.has(id))
  return {
    unproven,
    presumed: unseen,
    permissions: (unproven && !aside) || unseen || any('key-denied', 'key-closed-to-renewal'),
    container,
    aside,
    certificate:
      (unproven && !(pinned !== undefined && areCertificatesSound)) ||
      any('certificate-expired') ||
      (pinned === undefined && any('key-missing', 'machine-guid-changed')),
    store: any('store-denied'),
    pin:
      any('pinned-missing', 'pinned-expired') || (pinned !== undefined && any('key-missing', 'machine-guid-changed')),
    cryptoKeys: any('crypto-keys-closed'),
  }
}

/** The key could not be written for want of room, and what the disk proved is no more than that: a certificate that ran out. */
function isRoomAll({ status, proven }: KeyRepair): boolean {
  return status === 'disk-full' && [...proven].every((id) => id === 'certificate-expired')
}

/** The repair for a listener that cannot use its key: the one file first, the folder last. */
export function listenerKeyRemediation(place: RepairPlace, repair: KeyRepair): readonly Remediation[] {
  if (isRoomAll(repair)) return diskSpaceRemediation(place)
  return [offline(place, repair), live(place, repair)]
}

function offline(place: RepairPlace, repair: KeyRepair): Remediation {
  const ways = waysOf(repair, 'offline')
  const folder = `${place.drive}\\${KEY_FOLDERS[repair.keyFolder]}`
  const file = `${folder}\\${repair.keyFile ?? KEY_FILE}`
  const needsGuid = repair.keyFile === undefined && (ways.permissions || ways.container)
  const needsSoftware = needsGuid || ways.certificate || ways.store
  const loaded = [...(ways.pin ? ['SYSTEM' as const] : []), ...(needsSoftware ? ['SOFTWARE' as const] : [])]
  return {
    where: 'offline',
    title: sentence('repair.key.offline-title'),
    steps: [
      snapshotFirst(place),
      ...(repair.needsRoom ? makeRoom(place.drive) : []),
      ...(needsSoftware ? [loadSoftware(place)] : []),
      ...(needsGuid ? [machineGuid(BROKEN_SOFTWARE)] : []),
      MAKE_FOLDER,
      ...(ways.permissions ? openKey(file, place.build, repair) : []),
      ...(ways.container ? renameContainer(file, offlineContainer(repair, ways)) : []),
      ...(ways.store ? [openStore(BROKEN_SOFTWARE)] : []),
      ...(ways.certificate ? dropCertificates(BROKEN_SOFTWARE, repair, ways) : []),
      ...(ways.cryptoKeys ? openCryptoKeys(`${place.drive}\\${KEY_FOLDERS['crypto-keys']}`) : []),
      ...(needsSoftware ? [UNLOAD_SOFTWARE] : []),
      ...(ways.pin ? [...openSystem(place), ...unpin(brokenControlSet(place), repair.pinned), UNLOAD_SYSTEM] : []),
      SWAP_DISK,
      ...(ways.unproven ? openFolder(folder) : []),
    ],
    risk: riskOfHives(place, loaded, ways.unproven ? sentence('repair.key.risk') : provenRisk(ways)),
    rollback: sentence('repair.rollback-offline'),
    undo: undo('offline', repair, place),
  }
}

function live({ build }: RepairPlace, repair: KeyRepair): Remediation {
  const ways = waysOf(repair, 'live')
  const folder = `C:\\${KEY_FOLDERS[repair.keyFolder]}`
  const file = `${folder}\\${repair.keyFile ?? KEY_FILE}`
  const needsGuid = repair.keyFile === undefined && (ways.permissions || ways.container)
  const restart = RESTART_SERVICES
  return {
    where: 'live',
    title: sentence('repair.key.live-title'),
    steps: [
      GET_IN,
      ...(repair.needsRoom ? makeRoom('C:') : []),
      ...(needsGuid ? [machineGuid('HKLM\\SOFTWARE')] : []),
      MAKE_FOLDER,
      ...(ways.certificate ? [exportStore('HKLM\\SOFTWARE')] : []),
      ...(ways.permissions ? openKey(file, build, repair) : []),
      ...(ways.unproven ? [{ text: sentence('repair.key.restart-services'), command: restart }] : []),
      ...(ways.container ? renameContainer(file, liveContainer(repair)) : []),
      ...(ways.store ? [openStore('HKLM\\SOFTWARE')] : []),
      ...(ways.certificate ? removeCertificates(repair) : []),
      ...(ways.cryptoKeys ? openCryptoKeys(`C:\\${KEY_FOLDERS['crypto-keys']}`) : []),
      ...(ways.pin ? unpin('HKLM\\SYSTEM\\CurrentControlSet', repair.pinned) : []),
      ways.unproven
        ? { text: sentence('repair.key.restart-again'), command: restart }
        : { text: sentence('repair.key.restart-services'), command: restart },
      ...(ways.unproven ? showPin(repair) : []),
    ],
    risk: ways.unproven ? sentence('repair.key.risk-live') : provenRisk(ways),
    rollback: sentence('repair.rollback-live'),
    undo: undo('live', repair, { drive: 'C:' }),
  }
}

function provenRisk({ presumed }: Ways): Sentence {
  return presumed ? sentence('repair.key.risk-live') : sentence('repair.key.risk-proven')
}

/** What takes the steps back, the last first. */
function undo(where: Remediation['where'], repair: KeyRepair, place: RepairPlace): readonly RemediationStep[] {
  const ways = waysOf(repair, where)
  const { drive } = place
  const folder = `${drive}\\${KEY_FOLDERS[repair.keyFolder]}`
  const file = `${folder}\\${repair.keyFile ?? KEY_FILE}`
  const isLive = where === 'live'
  const certificate = ways.certificate ? [undoCertificate()] : []
  const loaded = (load: RemediationStep, step: RemediationStep, unload: RemediationStep) =>
    isLive ? [step] : [load, step, unload]
  const store = ways.store ? loaded(loadSoftware(place), undoStore(), UNLOAD_SOFTWARE) : []
  const container = ways.container ? undoContainer(file) : []
  return [
    ...(ways.unproven && !isLive ? [undoFolder(folder)] : []),
    ...(ways.pin ? loaded(loadSystem(place), undoPin(), UNLOAD_SYSTEM) : []),
    ...(ways.cryptoKeys ? undoCryptoKeys(`${drive}\\${KEY_FOLDERS['crypto-keys']}`) : []),
    ...certificate,
    ...store,
    ...container,
    ...(ways.permissions ? undoKey(folder, file) : []),
    ...(repair.needsRoom ? [UNDO_ROOM] : []),
    ...(isLive ? [{ text: sentence('repair.key.undo-restart') }] : []),
  ]
}

function machineGuid(software: string): RemediationStep {
  return {
    text: sentence('repair.key.machine-guid'),
    command: `reg query ${software}\\Microsoft\\Cryptography /v MachineGuid`,
  }
}

function offlineContainer({ status }: KeyRepair, { aside }: Ways): Sentence {
  if (aside) return sentence('repair.key.rename-container-exists')
  return status === undefined ? sentence('repair.key.rename-container') : sentence('repair.key.rename-container-closed')
}

function liveContainer({ status }: KeyRepair): Sentence {
  return status === undefined
    ? sentence('repair.key.rename-container')
    : sentence('repair.key.rename-container-failing')
}

function renameContainer(file: string, text: Sentence): readonly RemediationStep[] {
  return [
    { text: sentence('repair.key.show-file'), command: `attrib -s -h "${file}"` },
    { text, command: `ren "${file}" ${nameOf(file)}.old` },
  ]
}

function undoContainer(file: string): readonly RemediationStep[] {
  return [
    { text: sentence('repair.key.undo-container'), command: `ren "${file}.old" ${nameOf(file)}` },
    { text: sentence('repair.key.hide-file'), command: `attrib +s "${file}"` },
  ]
}

/** What stands behind the last folder. */
function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('\\') + 1)
}

/** Without a certificate Windows makes a new pair at the next start. */
function dropCertificates(software: string, repair: KeyRepair, { aside }: Ways): readonly RemediationStep[] {
  const { thumbprints } = repair
  const store = `${software}\\${STORE}\\Certificates`
  const list = { text: sentence('repair.key.list-store'), command: `reg query "${store}"` }
  return [
    ...(thumbprints.length === 0 ? [list] : []),
    exportStore(software),
    ...namesOf(thumbprints).map((thumbprint) => ({
      text:
        aside && repair.areCertificatesSound
          ? sentence('repair.key.drop-certificate')
          : dropText(sentence('repair.key.delete-certificate'), repair),
      command: `reg delete "${store}\\${thumbprint}" /f`,
    })),
  ]
}

function exportStore(software: string): RemediationStep {
  const store = `${software}\\${STORE}\\Certificates`
  return { text: sentence('repair.key.export-store'), command: exportOnce(store, SAVED_STORE) }
}

function undoCertificate(): RemediationStep {
  return { text: sentence('repair.key.undo-certificate', { file: SAVED_STORE }) }
}

/** With a placeholder where the thumbprint is not known, with a condition where nothing is proven. */
function dropText(unknown: Sentence, repair: KeyRepair): Sentence {
  const { thumbprints, proven, areCertificatesSound } = repair
  if (thumbprints.length === 0) return unknown
  if (proven.size === 0 && areCertificatesSound) return sentence('repair.key.drop-certificate-if-aside')
  if (proven.size === 0) return sentence('repair.key.drop-certificate-if')
  return sentence('repair.key.drop-certificate')
}

function removeCertificates(repair: KeyRepair): readonly RemediationStep[] {
  const { thumbprints, proven, areCertificatesSound } = repair
  const isKnown = thumbprints.length > 0 && (proven.size > 0 || areCertificatesSound)
  const list = {
    text: sentence('repair.key.list-certificates'),
    command: `powershell -Command "Get-ChildItem 'Cert:\\LocalMachine\\Remote Desktop' | Format-List Thumbprint, Subject, NotAfter, HasPrivateKey"`,
  }
  return [
    ...(isKnown ? [] : [list]),
    ...namesOf(thumbprints).map((thumbprint) => ({
      text: dropText(sentence('repair.key.remove-certificate'), repair),
      // PowerShell 2.0 cannot remove from Cert:.
      command: `certutil -delstore "Remote Desktop" "${thumbprint}"`,
    })),
  ]
}

function namesOf(thumbprints: readonly string[]): readonly string[] {
  return thumbprints.length === 0 ? ['<Thumbprint>'] : thumbprints
}

/**
 * icacls knows files only: what was saved of the registry goes back as SDDL, without the owner, which nobody changed.
 */
function undoStore(): RemediationStep {
  const script = [
    "$k, $d = $_ -split '\\|', 2",
    '$a = Get-Acl $k',
    "$a.SetSecurityDescriptorSddlForm($d, 'Access')",
    'Set-Acl $k $a',
  ]
  return {
    text: sentence('repair.key.undo-store'),
    command: `powershell -Command "Get-Content ${STORE_PERMISSIONS} | ForEach-Object { ${script.join('; ')} }"`,
  }
}

/**
 * Takes denials from the store's key and gives SYSTEM what it has by default; what else is allowed stays. What was
 * saved before is kept: a repair that is done again would save what it made.
 */
function openStore(software: string): RemediationStep {
  const key = `Registry::${software.replace('HKLM', 'HKEY_LOCAL_MACHINE')}\\${STORE}`
  const script = [
    `$f = '${STORE_PERMISSIONS}'`,
    '$first = -not (Test-Path $f)',
    "$s = New-Object Security.Principal.SecurityIdentifier 'S-1-5-18'",
    "$r = New-Object Security.AccessControl.RegistryAccessRule $s, 'FullControl', 'ContainerInherit', 'None', 'Allow'",
    `foreach ($k in '${key}', '${key}\\Certificates') { if (Test-Path $k) { $a = Get-Acl $k`,
    "if ($first) { '{0}|{1}' -f $k, $a.Sddl | Add-Content $f }",
    "$a.Access | Where-Object { $_.AccessControlType -eq 'Deny' } | ForEach-Object { [void]$a.RemoveAccessRule($_) }",
    '$a.AddAccessRule($r)',
    'Set-Acl $k $a } }',
  ]
  return { text: sentence('repair.key.open-store'), command: `powershell -Command "${script.join('; ')}"` }
}

/** Lets the listener go back to its own certificate. */
function unpin(controlSet: string, pinned: string | undefined): readonly RemediationStep[] {
  const key = `${controlSet}\\${LISTENER}`
  return [
    { text: sentence('repair.key.export-listener'), command: exportOnce(key, SAVED_LISTENER) },
    {
      text: sentence('repair.key.unpin', { thumbprint: pinned ?? '' }),
      command: `reg delete "${key}" /v SSLCertificateSHA1Hash /f`,
    },
  ]
}

function undoPin(): RemediationStep {
  return { text: sentence('repair.key.undo-pin'), command: importSaved(SAVED_LISTENER) }
}

function showPin({ isPinKnown, pinned }: KeyRepair): readonly RemediationStep[] {
  if (pinned !== undefined) return [{ text: sentence('repair.key.pinned-known', { thumbprint: pinned }) }]
  if (isPinKnown) return []
  const place = `HKLM\\SYSTEM\\CurrentControlSet\\${LISTENER}`
  return [{ text: sentence('repair.key.pinned'), command: `reg query "${place}" /v SSLCertificateSHA1Hash` }]
}
