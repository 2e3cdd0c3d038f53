import type { Remediation, RemediationStep } from '../finding/finding.ts'
import { sentence } from '../finding/sentence.ts'
import type { BrokerRepair } from './broker-on-disk.ts'
import { brokenControlSet, loadSystem, SWAP_DISK, snapshotFirst, UNLOAD_SYSTEM } from './remediation-hives.ts'
import type { RepairPlace } from './scenario.ts'

const TLS_1_0 = 'Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.0'

/** The repair for a broker and a database that no longer agree. Offline there is no supported one: that is said. */
export function brokerRemediation(place: RepairPlace, repair: BrokerRepair): readonly Remediation[] {
  return [repair.proven.has('broker-tls-1.0-off') ? liveTls() : live(), offline(place, repair)]
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

/** Where the disk proved that it is TLS 1.0 alone: nothing has to be installed again. */
function liveTls(): Remediation {
  const key = `HKLM\\SYSTEM\\CurrentControlSet\\${TLS_1_0}`
  return {
    where: 'live',
    title: sentence('repair.broker.tls-title'),
    steps: [
      { text: sentence('repair.broker.get-in'), command: 'mstsc /admin /v:<host>' },
      ...lookAndEnable(key),
      { text: sentence('repair.tls.restart'), command: 'shutdown /r /t 0' },
    ],
    risk: sentence('repair.broker.tls-risk'),
    rollback: sentence('repair.broker.tls-rollback'),
  }
}

function offline(place: RepairPlace, { controlSet, proven, tlsIsLeft }: BrokerRepair): Remediation {
  const key = `${brokenControlSet(controlSet)}\\${TLS_1_0}`
  const onlyLive = tlsIsLeft || (proven.has('broker-renamed') && !proven.has('broker-tls-1.0-off'))
  const steps = [
    { text: sentence('repair.broker.no-offline') },
    ...(onlyLive ? [] : [snapshotFirst(place), ...giveTlsBack(place, controlSet, key)]),
  ]
  if (onlyLive) return { where: 'offline', title: sentence('repair.broker.nothing-offline'), steps }
  return {
    where: 'offline',
    title: sentence('repair.broker.offline-title'),
    steps,
    risk: sentence('repair.broker.tls-risk'),
    rollback: sentence('repair.broker.tls-rollback'),
  }
}

function giveTlsBack(place: RepairPlace, controlSet: string | undefined, key: string): readonly RemediationStep[] {
  return [...loadSystem(place, controlSet), ...lookAndEnable(key), UNLOAD_SYSTEM, SWAP_DISK]
}

function lookAndEnable(key: string): readonly RemediationStep[] {
  return [
    { text: sentence('repair.broker.tls'), command: `reg query "${key}" /s` },
    {
      text: sentence('repair.broker.enable-server'),
      command: `reg add "${key}\\Server" /v Enabled /t REG_DWORD /d 1 /f`,
    },
    {
      text: sentence('repair.broker.enable-client'),
      command: `reg add "${key}\\Client" /v Enabled /t REG_DWORD /d 1 /f`,
    },
  ]
}
