import type { Remediation } from '../finding/finding.ts'
import { sentence } from '../finding/sentence.ts'

/** The repair for a broker and a database that no longer agree. Offline there is no supported one: that is said. */
export function brokerRemediation(): readonly Remediation[] {
  return [live(), offline()]
}

function live(): Remediation {
  return {
    where: 'live',
    title: sentence('repair.broker.live-title'),
    steps: [
      { text: sentence('repair.broker.get-in'), command: 'mstsc /admin /v:<host>' },
      {
        text: sentence('repair.broker.names'),
        command: 'reg query HKLM\\SYSTEM\\CurrentControlSet\\Control\\ComputerName\\ComputerName /v ComputerName',
      },
      {
        text: sentence('repair.broker.services'),
        command: `powershell -Command "Get-Service Tssdis, RDMS, 'MSSQL$MICROSOFT##WID'"`,
      },
      {
        text: sentence('repair.broker.tls'),
        command:
          'reg query "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.0" /s',
      },
      { text: sentence('repair.broker.reinstall-note') },
      {
        text: sentence('repair.broker.remove'),
        command:
          'powershell -Command "Uninstall-WindowsFeature RDS-Connection-Broker, Windows-Internal-Database -Restart"',
      },
      {
        text: sentence('repair.broker.install'),
        command:
          'powershell -Command "Install-WindowsFeature RDS-Connection-Broker, Windows-Internal-Database -Restart"',
      },
      { text: sentence('repair.broker.rebuild') },
    ],
    risk: sentence('repair.broker.risk'),
    rollback: sentence('repair.broker.rollback'),
  }
}

function offline(): Remediation {
  const protocol = 'HKLM\\BROKENSYSTEM\\ControlSet00N\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.0'
  return {
    where: 'offline',
    title: sentence('repair.broker.offline-title'),
    steps: [
      { text: sentence('repair.broker.no-offline') },
      { text: sentence('repair.snapshot-first') },
      {
        text: sentence('repair.load-system'),
        command: 'reg load HKLM\\BROKENSYSTEM F:\\Windows\\System32\\config\\SYSTEM',
      },
      { text: sentence('repair.control-set'), command: 'reg query HKLM\\BROKENSYSTEM\\Select /v Current' },
      { text: sentence('repair.broker.tls'), command: `reg query "${protocol}" /s` },
      {
        text: sentence('repair.broker.enable-server'),
        command: `reg add "${protocol}\\Server" /v Enabled /t REG_DWORD /d 1 /f`,
      },
      {
        text: sentence('repair.broker.enable-client'),
        command: `reg add "${protocol}\\Client" /v Enabled /t REG_DWORD /d 1 /f`,
      },
      { text: sentence('repair.unload-system'), command: 'reg unload HKLM\\BROKENSYSTEM' },
      { text: sentence('repair.swap-disk') },
    ],
    risk: sentence('repair.broker.tls-risk'),
    rollback: sentence('repair.broker.tls-rollback'),
  }
}
