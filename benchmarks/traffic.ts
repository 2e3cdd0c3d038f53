import { account, SERVER_2019 } from '../scripts/samples/machine.ts'
import { MILLISECOND } from '../scripts/samples/moment.ts'
import { contosoServer } from '../scripts/samples/sample.ts'
import type { SampleHost } from '../scripts/samples/sample-host.ts'
import { auditorOf, bootUp } from '../scripts/samples/stories/boot.ts'
import { guessPassword, logOff, logOn } from '../scripts/samples/stories/connection.ts'
import { passTime } from '../scripts/samples/stories/everyday.ts'
import { listenerParty } from '../scripts/samples/stories/listener-key.ts'
import { administrator, officeWorker, otherWorker, STRANGERS } from '../scripts/samples/stories/people.ts'
import * as application from '../scripts/samples/vocabulary/application.ts'
import * as everyday from '../scripts/samples/vocabulary/everyday.ts'
import * as schannel from '../scripts/samples/vocabulary/schannel.ts'
import * as security from '../scripts/samples/vocabulary/security.ts'
import { dependencyFailed, serviceInstalled } from '../scripts/samples/vocabulary/services.ts'
import { toIso } from '../src/bytes/filetime.ts'
import type { EventDescription } from '../src/evtx/write/event-description.ts'
import * as words from './vocabulary.ts'

/** What a busy server writes in a day: a share of RDP as on a normal host, and no fault of RDP. */

const DAY = 86_400_000n * MILLISECOND

/** How often a scene is played among others, and what it is. */
interface Scene {
  readonly weight: number
  readonly play: (host: SampleHost, time: bigint) => void
}

const SCENES: readonly Scene[] = [
  { weight: 300, play: runProcess },
  { weight: 200, play: logOnService },
  { weight: 150, play: visitShare },
  { weight: 90, play: touchFiles },
  { weight: 90, play: connect },
  { weight: 40, play: runTask },
  { weight: 26, play: runScript },
  { weight: 14, play: transferFile },
  { weight: 14, play: failQuery },
  { weight: 10, play: guess },
  { weight: 8, play: crash },
  { weight: 6, play: alert },
  { weight: 5, play: manage },
  { weight: 4, play: installDriver },
  { weight: 3, play: (host, time) => host.at(time, everyday.ioRetried(`0x${host.random.hex(6).toLowerCase()}`)) },
  { weight: 2, play: visitOverRdp },
  { weight: 2, play: lookAlike },
]
const TOTAL_WEIGHT = SCENES.reduce((sum, scene) => sum + scene.weight, 0)

const IMAGES = [
  'conhost',
  'taskhostw',
  'svchost',
  'wmiprvse',
  'cmd',
  'powershell',
  'MsMpEng',
  'w3wp',
  'sqlservr',
  'msiexec',
]
const ARGUMENTS = [
  '-k netsvcs -p -s Schedule',
  '0xffffffff -ForceV1',
  '/c "robocopy D:\\Shares\\Projekte E:\\Spiegel\\Projekte /MIR /R:1 /W:1 /NP /LOG+:C:\\Logs\\spiegel.log"',
  '-NoProfile -ExecutionPolicy Bypass -File C:\\Scripts\\Update-Inventory.ps1 -Site "Zürich" -Quiet',
  '-Embedding',
  '--type=utility --utility-sub-type=network.mojom.NetworkService --lang=ja --field-trial-handle=1720,i,1180',
]
const FOLDERS = ['Verträge', '経理', 'Projects', 'Données', 'Archive', 'Personal']

/**
 * A day of a server that restarts at three in the morning.
 *
 * @param scenes how busy it is: a scene is four records or so
 */
export function dayOfTraffic(seed: string, start: bigint, scenes: number): EventDescription[] {
  const host = contosoServer(seed, 'APP77', SERVER_2019)
  const { random } = host
  bootUp(host, start)
  const spacing = DAY / BigInt(scenes)
  for (let i = 0; i < scenes; i++) {
    const within = (spacing * BigInt(random.integer(0, 999))) / 1_000n
    const time = start + 60_000n * MILLISECOND + (spacing * BigInt(i) * 99n) / 100n + within
    pickScene(random.integer(1, TOTAL_WEIGHT)).play(host, time)
  }
  passTime(host, start + 60_000n * MILLISECOND, start + DAY)
  return host.events()
}

function pickScene(at: number): Scene {
  let left = at
  for (const scene of SCENES) {
    left -= scene.weight
    if (left <= 0) return scene
  }
  return SCENES[0]!
}

function aProcess(host: SampleHost): words.RunningProcess {
  const { random, machine } = host
  const image = `C:\\Windows\\System32\\${random.pick(IMAGES)}.exe`
  // One in forty lines is as long as build tools and browsers make them.
  const parameters = random.integer(0, 39) === 0 ? random.integer(8, 60) : random.integer(0, 2)
  const tail = Array.from({ length: parameters }, () => random.pick(ARGUMENTS)).join(' ')
  const who = random.pick([account(machine, 'SYSTEM', 18), officeWorker(machine).account, otherWorker(machine).account])
  return { id: random.integer(300, 6_000) * 4, guid: random.guid(), image, commandLine: `${image} ${tail}`, who }
}

function utc(host: SampleHost, time: bigint): string {
  return toIso(host.clockAt(time)).slice(0, 23).replace('T', ' ')
}

function address(host: SampleHost): string {
  return `${host.random.pick(['192.0.2', '198.51.100', '203.0.113'])}.${host.random.integer(1, 254)}`
}

function runProcess(host: SampleHost, time: bigint): void {
  const process = aProcess(host)
  const parent = aProcess(host)
  const { random } = host
  const hashes = `SHA1=${random.hex(40)},MD5=${random.hex(32)},SHA256=${random.hex(64)},IMPHASH=${random.hex(32)}`
  host.at(time, words.processCreated(process, parent, utc(host, time), hashes))
  host.at(time, words.processAudited(process, parent))
}

function logOnService(host: SampleHost, time: bigint): void {
  const step = host.stroll(time)
  const auditor = auditorOf(host)
  const way = security.serviceWay(host.processes.services)
  host.at(step(0), security.accountLoggedOn(auditor, 'system', way, '0x3e7'))
  host.at(step(0), security.privilegesAssigned(auditor, 'system', '0x3e7'))
}

function visitShare(host: SampleHost, time: bigint): void {
  const { random, machine } = host
  const { account: who } = random.pick([officeWorker(machine), otherWorker(machine), administrator(machine)])
  const auditor = auditorOf(host)
  const logonId = `0x${random.hex(7).toLowerCase()}`
  const from = address(host)
  const step = host.stroll(time)
  host.at(
    step(0),
    security.accountLoggedOn(auditor, who, security.networkWay('-', from, random.integer(49_152, 65_535)), logonId),
  )
  if (random.integer(0, 3) === 0) host.at(step(0), security.privilegesAssigned(auditor, who, logonId))
  host.at(step(4), words.shareAccessed(who, logonId, from, random.pick(FOLDERS)))
  host.at(step(11_000), security.accountLoggedOff(auditor, who, logonId, 3))
}

function touchFiles(host: SampleHost, time: bigint): void {
  const { random } = host
  const process = aProcess(host)
  const step = host.stroll(time)
  for (let i = random.integer(1, 3); i > 0; i--) {
    const path = `D:\\Shares\\${random.pick(FOLDERS)}\\${random.hex(8)}\\${random.pick(FOLDERS)}-${random.integer(1, 999)}.docx`
    host.at(step(20), words.fileCreated(process, utc(host, time), path))
  }
  const value = `HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Installer\\${random.hex(16)}\\State`
  host.at(step(12), words.registryValueSet(process, utc(host, time), value, `DWORD (0x${random.hex(8).toLowerCase()})`))
}

function connect(host: SampleHost, time: bigint): void {
  const process = aProcess(host)
  const to = address(host)
  const port = host.random.pick([443, 445, 1433, 88, 389, 8080])
  host.at(time, words.connectionAllowed(process, '192.0.2.77', to, port))
  host.at(time, words.networkConnected(process, utc(host, time), '192.0.2.77', to, port))
}

function runTask(host: SampleHost, time: bigint): void {
  const { random } = host
  const name = `\\Microsoft\\Windows\\${random.pick(['UpdateOrchestrator\\Schedule Scan', 'Defrag\\ScheduledDefrag', 'Time Synchronization\\SynchronizeTime'])}`
  const step = host.stroll(time)
  for (const draft of words.taskRun(name, '%windir%\\system32\\taskhostw.exe', random.guid(), 'NT AUTHORITY\\SYSTEM')) {
    host.at(step(random.integer(5, 900)), draft)
  }
}

function runScript(host: SampleHost, time: bigint): void {
  const { random, machine } = host
  const lines = random.integer(0, 9) === 0 ? random.integer(60, 160) : random.integer(2, 30)
  const text = Array.from({ length: lines }, (_, i) => scriptLine(host, i)).join('\r\n')
  const who = administrator(machine).account
  const id = random.guid().slice(1, -1)
  host.at(time, words.scriptBlock(who, random.integer(300, 3_000) * 4, id, text, 'C:\\Scripts\\Update-Inventory.ps1'))
}

function scriptLine({ random }: SampleHost, number: number): string {
  const name = random.pick(['Get-ChildItem', 'Get-CimInstance', 'Where-Object', 'Export-Csv', 'Select-Object'])
  return `    $row${number} = ${name} -Path "D:\\Shares\\${random.pick(FOLDERS)}" -Filter '*.${random.pick(['docx', 'xlsx'])}' # ${random.hex(12)}`
}

function transferFile(host: SampleHost, time: bigint): void {
  const { random } = host
  const url = `http://updates.contoso.com/d/msdownload/update/software/defu/2026/03/am_delta_${random.hex(40).toLowerCase()}.exe`
  const step = host.stroll(time)
  const drafts = words.transfer(
    'Font Download',
    random.guid(),
    url,
    BigInt(random.integer(10_000, 9_000_000)),
    time - DAY,
  )
  for (const draft of drafts) host.at(step(random.integer(10, 3_000)), draft)
  host.at(
    step(400),
    words.signaturesUpdated(`1.421.${random.integer(500, 900)}.0`, `1.421.${random.integer(1, 499)}.0`),
  )
}

function failQuery(host: SampleHost, time: bigint): void {
  const { random, machine } = host
  const query = `select * from Win32_Process where ProcessId = ${random.integer(1, 9_000) * 4} and Name like "%${random.pick(FOLDERS)}%"`
  host.at(time, words.queryFailed(machine.computer, 'NT AUTHORITY\\SYSTEM', random.integer(300, 3_000) * 4, query))
}

function guess(host: SampleHost, time: bigint): void {
  guessPassword(
    host,
    time,
    host.random.pick(STRANGERS),
    host.random.pick(['administrator', 'admin', 'user', 'scanner']),
  )
}

function visitOverRdp(host: SampleHost, time: bigint): void {
  const { machine, random } = host
  const session = logOn(host, time, random.pick([officeWorker, otherWorker, administrator])(machine))
  logOff(host, time + BigInt(random.integer(120_000, 5_000_000)) * MILLISECOND, session)
}

function crash(host: SampleHost, time: bigint): void {
  const { random } = host
  const program = `${random.pick(IMAGES)}.exe`
  const report = random.guid().slice(1, -1)
  host.at(time, application.programCrashed(program, 'ntdll.dll', random.hex(4).toLowerCase(), report))
  host.at(time + 900n * MILLISECOND, application.crashReported(program, report))
  const reason = 'Password did not match that for the login provided.'
  host.at(time + 950n * MILLISECOND, application.databaseLoginFailed('MSSQLSERVER', 'inventory', reason, 'APP77'))
  host.at(time + 990n * MILLISECOND, application.protectionStateSet('Windows Defender Antivirus'))
}

function alert(host: SampleHost, time: bigint): void {
  const party = listenerParty(host)
  host.at(time, schannel.alertReceived(party, host.random.pick([46, 48, 49])))
  host.at(time, schannel.alertSent(party, host.random.pick([10, 20, 80]), 1_203))
}

function manage(host: SampleHost, time: bigint): void {
  const { random, processes } = host
  host.at(time, words.remoteShellUser('CONTOSO\\adele.vance', random.guid()))
  host.at(
    time,
    words.firewallRuleAdded(random.guid(), `Inventaire – ${random.pick(FOLDERS)}`, 'C:\\Scripts\\agent.exe'),
  )
  host.at(time, everyday.noAuthenticationProtocol(processes.lsass, 'ldap/DC01.contoso.com/contoso.com@CONTOSO.COM'))
}

function installDriver(host: SampleHost, time: bigint): void {
  const manager = { language: host.machine.language, processId: host.processes.services }
  const name = `MpKsl${host.random.hex(8).toLowerCase()}`
  const path = `C:\\ProgramData\\Microsoft\\Windows Defender\\Definition Updates\\${host.random.guid()}\\MpKslDrv.sys`
  host.at(time, serviceInstalled(manager, name, path, 'kernel mode driver'))
}

/** The numbers of the core scenarios with another meaning: a gate has to look at them, a scenario must not. */
function lookAlike(host: SampleHost, time: bigint): void {
  const { random, processes, machine } = host
  const manager = { language: machine.language, processId: processes.services }
  host.at(time, everyday.policyFileUnreadable(processes.groupPolicy, random.guid(), 'contoso.com', 'DC01.contoso.com'))
  host.at(time, everyday.noDomainController('CONTOSO'))
  host.at(time, dependencyFailed(manager, 'RemoteAccess', 'RasMan', 1058))
  const agent = { ...listenerParty(host), caller: { processId: 4_912, image: 'agent' } }
  host.at(time, schannel.credentialNotCreated(agent, 'client', 10_013))
}
