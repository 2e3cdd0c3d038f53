import type { Remediation, RemediationStep } from '../finding/finding.ts'
import { sentence } from '../finding/sentence.ts'

/**
 * Name of the key file of the listener's own certificate, before the machine's GUID: MD5 of `tsseckeyset1` with its ending
 * zero, as four little-endian words.
 */
const KEY_FILE = 'f686aace6942fb7f7ceb231212eef4a4_<MachineGuid>'
const KEY_FOLDER = 'ProgramData\\Microsoft\\Crypto\\RSA\\MachineKeys'

/** NT SERVICE\SessionEnv; accounts go by SID, because their names are translated on localized Windows. */
const SESSION_ENV = '*S-1-5-80-4022436659-1090538466-1613889075-870485073-3428993833'

/** From this build on SessionEnv owns what Administrators could read before. */
const SESSION_ENV_SINCE = 17763

/** The repair for a listener that cannot use its key: the one file first, the folder last. */
export function listenerKeyRemediation(build?: number): readonly Remediation[] {
  return [offline(build), live(build)]
}

function offline(build: number | undefined): Remediation {
  const file = `F:\\${KEY_FOLDER}\\${KEY_FILE}`
  const store = 'HKLM\\BROKENSOFTWARE\\Microsoft\\SystemCertificates\\Remote Desktop\\Certificates'
  return {
    where: 'offline',
    title: sentence('repair.key.offline-title'),
    steps: [
      { text: sentence('repair.snapshot-first') },
      {
        text: sentence('repair.load-software'),
        command: 'reg load HKLM\\BROKENSOFTWARE F:\\Windows\\System32\\config\\SOFTWARE',
      },
      {
        text: sentence('repair.key.machine-guid'),
        command: 'reg query HKLM\\BROKENSOFTWARE\\Microsoft\\Cryptography /v MachineGuid',
      },
      { text: sentence('repair.make-folder'), command: 'mkdir C:\\rdp-repair' },
      {
        text: sentence('repair.key.save-permissions'),
        command: `icacls "${file}" /save C:\\rdp-repair\\key-permissions.txt`,
      },
      { text: sentence('repair.key.remove-denials'), command: `icacls "${file}" /remove:d *S-1-5-18 *S-1-5-20` },
      ...grants(file, build),
      { text: sentence('repair.key.rename-container'), command: `ren "${file}" ${KEY_FILE}.old` },
      { text: sentence('repair.key.list-store'), command: `reg query "${store}"` },
      { text: sentence('repair.key.export-store'), command: `reg export "${store}" C:\\rdp-repair\\certificates.reg` },
      { text: sentence('repair.key.delete-certificate'), command: `reg delete "${store}\\<Thumbprint>" /f` },
      { text: sentence('repair.unload-software'), command: 'reg unload HKLM\\BROKENSOFTWARE' },
      { text: sentence('repair.swap-disk') },
      {
        text: sentence('repair.key.folder-last'),
        command: `icacls "F:\\${KEY_FOLDER}" /inheritance:r /grant:r *S-1-1-0:(R,W) *S-1-5-32-544:(F)`,
      },
    ],
    risk: sentence('repair.key.risk'),
    rollback: sentence('repair.key.rollback-offline', {
      command: `icacls "F:\\${KEY_FOLDER}" /restore C:\\rdp-repair\\key-permissions.txt`,
    }),
  }
}

function live(build: number | undefined): Remediation {
  const file = `C:\\${KEY_FOLDER}\\${KEY_FILE}`
  const restart = 'powershell -Command "Restart-Service -Force SessionEnv, TermService"'
  return {
    where: 'live',
    title: sentence('repair.key.live-title'),
    steps: [
      {
        text: sentence('repair.key.machine-guid'),
        command: 'reg query HKLM\\SOFTWARE\\Microsoft\\Cryptography /v MachineGuid',
      },
      { text: sentence('repair.make-folder'), command: 'mkdir C:\\rdp-repair' },
      {
        text: sentence('repair.key.save-permissions'),
        command: `icacls "${file}" /save C:\\rdp-repair\\key-permissions.txt`,
      },
      { text: sentence('repair.key.remove-denials'), command: `icacls "${file}" /remove:d *S-1-5-18 *S-1-5-20` },
      ...grants(file, build),
      { text: sentence('repair.key.restart-services'), command: restart },
      {
        text: sentence('repair.key.list-certificates'),
        command: `powershell -Command "Get-ChildItem 'Cert:\\LocalMachine\\Remote Desktop' | Format-List Thumbprint, Subject, NotAfter, HasPrivateKey"`,
      },
      {
        text: sentence('repair.key.remove-certificate'),
        command: `powershell -Command "Remove-Item 'Cert:\\LocalMachine\\Remote Desktop\\<Thumbprint>'"`,
      },
      { text: sentence('repair.key.rename-container'), command: `ren "${file}" ${KEY_FILE}.old` },
      { text: sentence('repair.key.restart-again'), command: restart },
      {
        text: sentence('repair.key.pinned'),
        command:
          'reg query "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Terminal Server\\WinStations\\RDP-Tcp" /v SSLCertificateSHA1Hash',
      },
    ],
    risk: sentence('repair.key.risk'),
    rollback: sentence('repair.key.rollback-live', {
      command: `icacls "C:\\${KEY_FOLDER}" /restore C:\\rdp-repair\\key-permissions.txt`,
    }),
  }
}

/** SYSTEM full, NETWORK SERVICE read, and the third account of the build; both where the build is not known. */
function grants(file: string, build: number | undefined): readonly RemediationStep[] {
  const base = `icacls "${file}" /grant *S-1-5-18:(F) *S-1-5-20:(R)`
  const newer = {
    text: sentence('repair.key.grant-session-env'),
    command: `icacls "${file}" /grant ${SESSION_ENV}:(F)`,
  }
  const older = {
    text: sentence('repair.key.grant-administrators'),
    command: `icacls "${file}" /grant *S-1-5-32-544:(R)`,
  }
  const third = build === undefined ? [newer, older] : [build >= SESSION_ENV_SINCE ? newer : older]
  return [{ text: sentence('repair.key.grant'), command: base }, ...third]
}
