import type { Remediation, RemediationStep } from '../finding/finding.ts'
import { sentence } from '../finding/sentence.ts'

/** Up to this build (Windows 7 and Server 2008 R2) TLS 1.2 is off by default. */
const LAST_WITHOUT_TLS_1_2 = 7601

/** The repair for a policy that leaves the listener no protocol or cipher: TLS 1.2 on, and nothing older. */
export function tlsPolicyRemediation(build?: number): readonly Remediation[] {
  return [offline(build), live(build)]
}

function offline(build: number | undefined): Remediation {
  const system = 'HKLM\\BROKENSYSTEM\\ControlSet00N'
  return {
    where: 'offline',
    title: sentence('repair.tls.offline-title'),
    steps: [
      { text: sentence('repair.snapshot-first') },
      {
        text: sentence('repair.load-system'),
        command: 'reg load HKLM\\BROKENSYSTEM F:\\Windows\\System32\\config\\SYSTEM',
      },
      {
        text: sentence('repair.load-software'),
        command: 'reg load HKLM\\BROKENSOFTWARE F:\\Windows\\System32\\config\\SOFTWARE',
      },
      { text: sentence('repair.control-set'), command: 'reg query HKLM\\BROKENSYSTEM\\Select /v Current' },
      { text: sentence('repair.make-folder'), command: 'mkdir C:\\rdp-repair' },
      ...steps(system, 'HKLM\\BROKENSOFTWARE', build),
      { text: sentence('repair.unload-system'), command: 'reg unload HKLM\\BROKENSYSTEM' },
      { text: sentence('repair.unload-software'), command: 'reg unload HKLM\\BROKENSOFTWARE' },
      { text: sentence('repair.swap-disk') },
      { text: sentence('repair.tls.domain-policy') },
    ],
    risk: sentence('repair.tls.risk'),
    rollback: sentence('repair.tls.rollback', { command: 'reg import C:\\rdp-repair\\schannel-protocols.reg' }),
  }
}

function live(build: number | undefined): Remediation {
  return {
    where: 'live',
    title: sentence('repair.tls.live-title'),
    steps: [
      { text: sentence('repair.make-folder'), command: 'mkdir C:\\rdp-repair' },
      ...steps('HKLM\\SYSTEM\\CurrentControlSet', 'HKLM\\SOFTWARE', build),
      { text: sentence('repair.tls.restart'), command: 'shutdown /r /t 0' },
      { text: sentence('repair.tls.domain-policy') },
    ],
    risk: sentence('repair.tls.risk'),
    rollback: sentence('repair.tls.rollback', { command: 'reg import C:\\rdp-repair\\schannel-protocols.reg' }),
  }
}

function steps(system: string, software: string, build: number | undefined): readonly RemediationStep[] {
  const protocols = `${system}\\Control\\SecurityProviders\\SCHANNEL\\Protocols`
  const server = `"${protocols}\\TLS 1.2\\Server"`
  const old = { text: sentence('repair.tls.old-windows') }
  return [
    {
      text: sentence('repair.tls.export'),
      command: `reg export "${protocols}" C:\\rdp-repair\\schannel-protocols.reg`,
    },
    { text: sentence('repair.tls.show'), command: `reg query "${protocols}" /s` },
    { text: sentence('repair.tls.enable'), command: `reg add ${server} /v Enabled /t REG_DWORD /d 1 /f` },
    {
      text: sentence('repair.tls.enable-by-default'),
      command: `reg add ${server} /v DisabledByDefault /t REG_DWORD /d 0 /f`,
    },
    ...(build === undefined || build <= LAST_WITHOUT_TLS_1_2 ? [old] : []),
    {
      text: sentence('repair.tls.ciphers'),
      command: `reg query "${software}\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002" /v Functions`,
    },
    {
      text: sentence('repair.tls.fips'),
      command: `reg query "${system}\\Control\\Lsa\\FIPSAlgorithmPolicy" /v Enabled`,
    },
  ]
}
