import { SESSION_ENV } from '../facts/access.ts'
import type { RemediationStep } from '../finding/finding.ts'
import { SAVED } from '../finding/saved-folder.ts'
import { sentence } from '../finding/sentence.ts'
import type { KeyRepair } from './listener-key-on-disk.ts'

const CRYPTO_KEYS_PERMISSIONS = `${SAVED}\\crypto-keys-acl.txt`
const FOLDER_PERMISSIONS = `${SAVED}\\key-folder-acl.txt`
const KEY_PERMISSIONS = `${SAVED}\\key-acl.txt`

/** From this build on SessionEnv owns what Administrators could read before. */
const SESSION_ENV_SINCE = 17763

// Accounts go by SID: their names are translated on localized Windows.
const ADMINISTRATORS = '*S-1-5-32-544'

/**
 * The narrow fix: this one file. SYSTEM full, NETWORK SERVICE read, and the third account of the build. SYSTEM owns it,
 * and nobody else may change its permissions: Administrators do while it is repaired.
 *
 * @param file the key's file in full
 */
export function openKey(file: string, build: number | undefined, repair: KeyRepair): readonly RemediationStep[] {
  return [
    ...(repair.isFileThere ? [] : [{ text: sentence('repair.key.if-there') }]),
    { text: sentence('repair.key.take'), command: takeOver(file) },
    { text: sentence('repair.key.save-permissions'), command: saveOnce(file, KEY_PERMISSIONS) },
    ...removeDenials(file, repair),
    ...grants(file, build),
    { text: sentence('repair.key.give-back'), command: giveBack(file) },
  ]
}

/** Those that were seen; of the two accounts where nobody could look. */
function removeDenials(file: string, { denied, permissionsSeen }: KeyRepair): readonly RemediationStep[] {
  const remove = (sids: readonly string[]) => `icacls "${file}" /remove:d ${sids.map((sid) => `*${sid}`).join(' ')}`
  if (!permissionsSeen) {
    return [{ text: sentence('repair.key.remove-denials'), command: remove(['S-1-5-18', 'S-1-5-20']) }]
  }
  return denied.length === 0 ? [] : [{ text: sentence('repair.key.remove-denials-seen'), command: remove(denied) }]
}

function grants(file: string, build: number | undefined): readonly RemediationStep[] {
  const grant = (third: string) => `icacls "${file}" /grant *S-1-5-18:(F) *S-1-5-20:(R) ${third}`
  const newer = grant(`*${SESSION_ENV}:(F)`)
  const older = grant(`${ADMINISTRATORS}:(R)`)
  if (build === undefined) {
    return [
      { text: sentence('repair.key.grant-newer'), command: newer },
      { text: sentence('repair.key.grant-older'), command: older },
    ]
  }
  if (build < SESSION_ENV_SINCE) return [{ text: sentence('repair.key.grant-with-administrators'), command: older }]
  return [{ text: sentence('repair.key.grant-with-session-env'), command: newer }]
}

/** Not for a key that Windows made since: the old denials would close that one too. */
export function undoKey(folder: string, file: string): readonly RemediationStep[] {
  return [
    { text: sentence('repair.key.undo-take'), command: takeOver(file) },
    { text: sentence('repair.key.undo-permissions'), command: `icacls "${folder}" /restore ${KEY_PERMISSIONS}` },
    { text: sentence('repair.key.give-back'), command: giveBack(file) },
  ]
}

/** The folder of CNG keys itself, and nothing that is in it. */
export function openCryptoKeys(folder: string): readonly RemediationStep[] {
  return [
    { text: sentence('repair.key.take-crypto-keys'), command: takeOver(folder) },
    { text: sentence('repair.key.save-crypto-keys'), command: saveOnce(folder, CRYPTO_KEYS_PERMISSIONS) },
    {
      text: sentence('repair.key.open-crypto-keys'),
      command: `icacls "${folder}" /grant *S-1-5-18:(OI)(CI)(F) ${ADMINISTRATORS}:(OI)(CI)(F)`,
    },
    { text: sentence('repair.key.give-back'), command: giveBack(folder) },
  ]
}

/** The folder of CNG keys as it was. */
export function undoCryptoKeys(folder: string): readonly RemediationStep[] {
  return [
    { text: sentence('repair.key.undo-take-crypto-keys'), command: takeOver(folder) },
    { text: sentence('repair.key.undo-crypto-keys'), command: restoreFolder(folder, CRYPTO_KEYS_PERMISSIONS) },
    { text: sentence('repair.key.give-back'), command: giveBack(folder) },
  ]
}

/** The broad fix, for when all others did not help. */
export function openFolder(folder: string): readonly RemediationStep[] {
  return [
    { text: sentence('repair.key.save-folder'), command: saveOnce(folder, FOLDER_PERMISSIONS) },
    {
      text: sentence('repair.key.folder-last'),
      command: `icacls "${folder}" /inheritance:r /grant:r *S-1-1-0:(R,W) ${ADMINISTRATORS}:(F)`,
    },
  ]
}

/** The folder of keys as it was. */
export function undoFolder(folder: string): RemediationStep {
  return { text: sentence('repair.key.undo-folder'), command: restoreFolder(folder, FOLDER_PERMISSIONS) }
}

/** Of one file or folder, never of what is in it. */
function takeOver(what: string): string {
  return `takeown /f "${what}" /a`
}

/** To SYSTEM, which owns it on a fresh Windows. */
function giveBack(what: string): string {
  return `icacls "${what}" /setowner *S-1-5-18`
}

/** `icacls` writes over what is there: a repair that is done again would save what it made. */
function saveOnce(what: string, saved: string): string {
  return `if exist ${saved} (echo Saved before) else icacls "${what}" /save ${saved}`
}

/** What is saved of a folder is restored from the folder above it. */
function restoreFolder(folder: string, saved: string): string {
  return `icacls "${folder.slice(0, folder.lastIndexOf('\\'))}" /restore ${saved}`
}
