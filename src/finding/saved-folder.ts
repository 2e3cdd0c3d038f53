import { crc32 } from '../bytes/crc32.ts'
import { shownName } from '../correlate/hosts.ts'
import type { HostAnalysis } from './analysis.ts'
import type { Remediation, RemediationStep } from './finding.ts'
import { type Sentence, sentence } from './sentence.ts'

/** Where a repair saves what it changes. */
export const SAVED = 'C:\\rdp-repair'
/** The same in a repair that is told for any host, or once for several. Pasted as it stands it is a folder like any other. */
const OF_EACH_HOST = `${SAVED}\\HOST`

/** Makes the folder that things are saved in; a repair that is shown has it as `withOwnFolders` or `forEachHost` puts it. */
export const MAKE_FOLDER: RemediationStep = { text: sentence('repair.make-folder-each'), command: `mkdir ${SAVED}` }

const LONGEST_NAME = 40
/** What `tagOf` puts at the end of a name. */
const TAGGED = /-[0-9a-f]{8}$/i
/** What Windows takes for a device, whatever stands behind it. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i

/**
 * The hosts, each with repairs that save in a folder of its own: what is saved is saved once, so that in a common one the
 * second host would be undone to the first, on whichever day it is repaired. The folder is called as the computer is,
 * not as its evidence: the next disk is mounted as F: too.
 */
export function withOwnFolders(hosts: readonly HostAnalysis[]): readonly HostAnalysis[] {
  const taken = new Set<string>()
  return hosts.map((host) => {
    const folder = `${SAVED}\\${ownName(host, taken)}`
    const findings = host.findings.map((finding) => ({
      ...finding,
      remediation: finding.remediation.map((one) => savingIn(one, folder, sentence('repair.make-folder-own'))),
    }))
    return { ...host, findings }
  })
}

/** A repair as it is told of any host, or once for several. */
export function forEachHost(remediation: Remediation): Remediation {
  return savingIn(remediation, OF_EACH_HOST, sentence('repair.make-folder-each'))
}

function savingIn(remediation: Remediation, folder: string, making: Sentence): Remediation {
  const { steps, undo, folder: before = SAVED } = remediation
  const moved = (text: string) => text.replaceAll(before, () => folder)
  const movedStep = ({ text, command }: RemediationStep): RemediationStep => ({
    text: command === `mkdir ${before}` ? making : { ...text, params: movedParams(text.params, moved) },
    ...(command !== undefined && { command: moved(command) }),
  })
  return { ...remediation, folder, steps: steps.map(movedStep), ...(undo && { undo: undo.map(movedStep) }) }
}

function movedParams(params: Sentence['params'], moved: (text: string) => string): Sentence['params'] {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, typeof value === 'string' ? moved(value) : value]),
  )
}

/**
 * A name that needs no quotes and means nothing to a shell: a host may be called by what an event says. Wherever two
 * machines could come to one name, a tag of what tells them apart is added: where letters were replaced, where no
 * computer is named, and to a name without a domain, which many machines have, when the disk tells its MachineGuid.
 */
function ownName(host: HostAnalysis, taken: Set<string>): string {
  const computer = shownName(host.computers) ?? factText(host, 'name.computer')
  const guid = factText(host, 'machine.guid')
  const called = computer ?? host.host
  const plain = plainName(called)
  const identity = [called, ...(guid !== undefined ? [guid] : computer === undefined ? logsOf(host) : [])]
  const isCertain = computer === plain && !TAGGED.test(plain) && (guid === undefined || plain.includes('.'))
  let name = isCertain ? plain : `${plain}-${tagOf(identity)}`
  while (taken.has(name.toLowerCase())) {
    identity.push(host.host)
    name = `${plain}-${tagOf(identity)}`
  }
  taken.add(name.toLowerCase())
  return name
}

function plainName(called: string): string {
  const plain = called
    .replace(/[^a-z0-9._-]+/gi, '-')
    .slice(0, LONGEST_NAME)
    .replace(/^[.-]+|[.-]+$/g, '')
  return plain === '' || DEVICE.test(plain) ? `host-${plain}`.replace(/-$/, '') : plain
}

function factText({ facts }: HostAnalysis, id: string): string | undefined {
  const value = facts.find((fact) => fact.id === id)?.value
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** What tells a host apart that no record and no hive names. */
function logsOf({ coverage }: HostAnalysis): readonly string[] {
  return coverage.map(({ channel, file, records, firstTime }) => [channel, file, records, firstTime].join('|'))
}

/** Eight digits that are the same on every day; Windows takes names that differ in case for one. */
function tagOf(identity: readonly string[]): string {
  const bytes = new TextEncoder().encode(identity.join('\n').toLowerCase())
  return crc32(bytes).toString(16).padStart(8, '0')
}
