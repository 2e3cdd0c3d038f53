import type { Remediation, RemediationStep } from '../finding/finding.ts'
import { MAKE_FOLDER, SAVED } from '../finding/saved-folder.ts'
import { type Sentence, sentence } from '../finding/sentence.ts'
import type { BrokerRepair, TlsSide } from './broker-on-disk.ts'
import { BROKER_HERE, type BrokerPlace } from './broker-place.ts'
import {
  brokenControlSet,
  exportOnce,
  importSaved,
  openSystem,
  RESTART,
  riskOfHives,
  SWAP_DISK,
  snapshotFirst,
  UNLOAD_SYSTEM,
} from './remediation-hives.ts'
import type { RepairPlace } from './scenario.ts'

const TLS_1_0 = 'Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.0'
/** Of the running machine. */
const RUNNING_TLS = `HKLM\\SYSTEM\\CurrentControlSet\\${TLS_1_0}`
const SAVED_TLS = `${SAVED}\\tls-1.0.reg`
const BY_DEFAULT: Readonly<Record<TlsSide, Sentence>> = {
  Server: sentence('repair.broker.server-by-default'),
  Client: sentence('repair.broker.client-by-default'),
}
const BY_DEFAULT_UNSEEN: Readonly<Record<TlsSide, Sentence>> = {
  Server: sentence('repair.broker.server-by-default-unseen'),
  Client: sentence('repair.broker.client-by-default'),
}
const UNDO_BY_DEFAULT: Readonly<Record<TlsSide, Sentence>> = {
  Server: sentence('repair.broker.undo-server-by-default'),
  Client: sentence('repair.broker.undo-client-by-default'),
}

const COMPARE_NAMES: RemediationStep = {
  text: sentence('repair.broker.names'),
  command: 'reg query HKLM\\SYSTEM\\CurrentControlSet\\Control\\ComputerName\\ComputerName /v ComputerName',
}

/**
 * The repair for a broker and a database that no longer agree. Offline there is no supported one: that is said. Where
 * the broker is another machine, or may be, nothing is changed on this one.
 */
export function brokerRemediation(
  place: RepairPlace,
  repair: BrokerRepair,
  broker: BrokerPlace = BROKER_HERE,
): readonly Remediation[] {
  if (broker.where !== 'here') return [liveElsewhere(broker), offlineElsewhere(broker)]
  return [
    repair.proven.has('broker-tls-1.0-off') ? liveTls(place, repair) : live(place, repair),
    offline(place, repair),
  ]
}

function liveElsewhere(place: BrokerPlace): Remediation {
  const { where, broker } = place
  const isItHere = {
    text: sentence('repair.broker.is-it-here'),
    command: 'powershell -Command "Get-Service Tssdis"',
  }
  const which = {
    text: sentence('repair.broker.which'),
    command:
      'reg query "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Terminal Server\\ClusterSettings" /v SessionDirectoryLocation',
  }
  return {
    where: 'live',
    title: sentence('repair.broker.elsewhere-title'),
    steps: [
      ...(where === 'perhaps-elsewhere' ? [isItHere] : []),
      ...(broker === undefined ? [which] : []),
      collectFrom(place),
    ],
  }
}

function offlineElsewhere(place: BrokerPlace): Remediation {
  return { where: 'offline', title: sentence('repair.broker.elsewhere-title'), steps: [collectFrom(place)] }
}

/** No command: the name comes from an event, and event text is hostile. */
function collectFrom({ broker }: BrokerPlace): RemediationStep {
  if (broker === undefined) return { text: sentence('repair.broker.collect') }
  return { text: sentence('repair.broker.collect-named', { broker }) }
}

/** Letters, digits and hyphens, in labels: event text is hostile, and this name is typed. */
const HOST_NAME = /^[a-z0-9][a-z0-9_-]{0,62}(?:\.[a-z0-9_-]{1,63}){0,8}$/i

function getIn({ computer }: RepairPlace): RemediationStep {
  if (computer === undefined || !HOST_NAME.test(computer)) {
    return { text: sentence('repair.broker.get-in'), command: 'mstsc /admin /v:COMPUTER' }
  }
  return { text: sentence('repair.broker.get-in-named'), command: `mstsc /admin /v:${computer}` }
}

/** Whatever the disk did not prove is done only where a look shows that it is so. */
function live(place: RepairPlace, repair: BrokerRepair): Remediation {
  return {
    where: 'live',
    title: sentence('repair.broker.live-title'),
    steps: [
      { text: sentence('repair.snapshot-live') },
      getIn(place),
      ...(repair.proven.has('broker-renamed') ? [] : [COMPARE_NAMES]),
      {
        text: sentence('repair.broker.services'),
        command: `powershell -Command "Get-Service Tssdis, RDMS, 'MSSQL$MICROSOFT##WID'"`,
      },
      ...(isTlsOpen(repair) ? perhapsTls(repair) : []),
      ...setUpAnew(repair),
    ],
    ...(isTlsOpen(repair)
      ? {
          risk: sentence('repair.broker.risk-or-tls'),
          rollback: sentence('repair.broker.rollback-or-tls'),
          undo: [...undoTls(RUNNING_TLS, repair), RESTART],
        }
      : { risk: sentence('repair.broker.risk'), rollback: sentence('repair.broker.rollback') }),
  }
}

/** Where the disk proved the rename, nobody is asked whether there was one. */
function setUpAnew({ proven }: BrokerRepair): readonly RemediationStep[] {
  const [note, remove, install, rebuild] = proven.has('broker-renamed')
    ? [
        sentence('repair.broker.reinstall-note-renamed'),
        sentence('repair.broker.remove-renamed'),
        sentence('repair.broker.install-renamed'),
        sentence('repair.broker.rebuild-renamed'),
      ]
    : [
        sentence('repair.broker.reinstall-note'),
        sentence('repair.broker.remove'),
        sentence('repair.broker.install'),
        sentence('repair.broker.rebuild'),
      ]
  const features = 'RDS-Connection-Broker, Windows-Internal-Database -Restart'
  return [
    { text: note },
    { text: remove, command: `powershell -Command "Uninstall-WindowsFeature ${features}"` },
    { text: install, command: `powershell -Command "Install-WindowsFeature ${features}"` },
    { text: rebuild },
  ]
}

/** TLS 1.0 may be why: the disk neither cleared it nor proved the rename. */
function isTlsOpen({ proven, tlsIsLeft }: BrokerRepair): boolean {
  return !tlsIsLeft && !proven.has('broker-renamed')
}

function perhapsTls(repair: BrokerRepair): readonly RemediationStep[] {
  return [
    MAKE_FOLDER,
    ...lookAndEnable(RUNNING_TLS, repair),
    { text: sentence('repair.broker.tls-restart'), command: 'shutdown /r /t 0' },
  ]
}

/** Where the disk proved that it is TLS 1.0 alone: nothing has to be installed again. */
function liveTls(place: RepairPlace, repair: BrokerRepair): Remediation {
  return {
    where: 'live',
    title: sentence('repair.broker.tls-title'),
    steps: [getIn(place), MAKE_FOLDER, ...lookAndEnable(RUNNING_TLS, repair), RESTART],
    risk: sentence('repair.broker.tls-risk'),
    rollback: sentence('repair.rollback-live'),
    undo: [...undoTls(RUNNING_TLS, repair), RESTART],
  }
}

function offline(place: RepairPlace, repair: BrokerRepair): Remediation {
  const { proven } = repair
  const key = `${brokenControlSet(place)}\\${TLS_1_0}`
  const onlyLive = !isTlsOpen(repair) && !proven.has('broker-tls-1.0-off')
  const steps = [
    ...(proven.has('broker-tls-1.0-off')
      ? []
      : [{ text: onlyLive ? sentence('repair.broker.not-offline') : sentence('repair.broker.no-offline') }]),
    ...(onlyLive ? [] : [snapshotFirst(place), ...giveTlsBack(place, repair, key)]),
  ]
  if (onlyLive) return { where: 'offline', title: sentence('repair.broker.nothing-offline'), steps }
  return {
    where: 'offline',
    title: proven.has('broker-tls-1.0-off')
      ? sentence('repair.broker.tls-title')
      : sentence('repair.broker.offline-title'),
    steps,
    risk: riskOfHives(place, ['SYSTEM'], sentence('repair.broker.tls-risk')),
    rollback: sentence('repair.rollback-offline'),
    undo: [...openSystem(place), ...undoTls(key, repair), UNLOAD_SYSTEM],
  }
}

function giveTlsBack(place: RepairPlace, repair: BrokerRepair, key: string): readonly RemediationStep[] {
  return [...openSystem(place), MAKE_FOLDER, ...lookAndEnable(key, repair), UNLOAD_SYSTEM, SWAP_DISK]
}

/** Where the disk proved that it is off, nobody is asked whether it is. */
function lookAndEnable(key: string, repair: BrokerRepair): readonly RemediationStep[] {
  return [
    ...(repair.proven.has('broker-tls-1.0-off') ? [] : [lookAtTls(key)]),
    { text: sentence('repair.broker.tls-export'), command: exportOnce(key, SAVED_TLS) },
    ...enable(key, repair),
  ]
}

function lookAtTls(key: string): RemediationStep {
  return { text: sentence('repair.broker.tls'), command: `reg query "${key}" /s` }
}

function enable(key: string, { proven, tlsHeld, tlsUnseen }: BrokerRepair): readonly RemediationStep[] {
  const isProven = proven.has('broker-tls-1.0-off')
  return [
    {
      text: isProven ? sentence('repair.broker.enable-server-proven') : sentence('repair.broker.enable-server'),
      command: `reg add "${key}\\Server" /v Enabled /t REG_DWORD /d 1 /f`,
    },
    {
      text: sentence('repair.broker.enable-client'),
      command: `reg add "${key}\\Client" /v Enabled /t REG_DWORD /d 1 /f`,
    },
    ...tlsHeld.map((side) => offerUnasked(key, side, BY_DEFAULT[side])),
    // Enabled alone leaves TLS 1.0 to programs that ask for it, where this is set.
    ...tlsUnseen.map((side) => offerUnasked(key, side, BY_DEFAULT_UNSEEN[side])),
  ]
}

function offerUnasked(key: string, side: TlsSide, text: Sentence): RemediationStep {
  return { text, command: `reg add "${key}\\${side}" /v DisabledByDefault /t REG_DWORD /d 0 /f` }
}

/** An import takes nothing away, so that added values go first; those that were there before come back with it. */
function undoTls(key: string, { tlsUnseen }: BrokerRepair): readonly RemediationStep[] {
  return [
    ...tlsUnseen.toReversed().map((side) => ({
      text: UNDO_BY_DEFAULT[side],
      command: `reg delete "${key}\\${side}" /v DisabledByDefault /f`,
    })),
    { text: sentence('repair.broker.undo-client'), command: `reg delete "${key}\\Client" /v Enabled /f` },
    { text: sentence('repair.broker.undo-server'), command: `reg delete "${key}\\Server" /v Enabled /f` },
    { text: sentence('repair.undo-import'), command: importSaved(SAVED_TLS) },
  ]
}
