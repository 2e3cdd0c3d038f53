import type { HostAnalysis } from './analysis.ts'
import type { Remediation, RemediationStep } from './finding.ts'
import { type Sentence, sentence } from './sentence.ts'

/** Where a repair saves what it changes. */
export const SAVED = 'C:\\rdp-repair'
/** The same in a repair that is told once for several hosts. Pasted as it stands it is a folder like any other. */
const OF_EACH_HOST = `${SAVED}\\HOST`

/** Makes the folder that things are saved in. */
export const MAKE_FOLDER: RemediationStep = { text: sentence('repair.make-folder'), command: `mkdir ${SAVED}` }

const LONGEST_NAME = 40
/** What Windows takes for a device, whatever stands behind it. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i

/**
 * The hosts, each with repairs that save in a folder of its own: what is saved is saved once, so that in a common one the
 * second host would be undone to the first, on whichever day it is repaired.
 */
export function withOwnFolders(hosts: readonly HostAnalysis[]): readonly HostAnalysis[] {
  const taken = new Set<string>()
  return hosts.map((host) => {
    const folder = `${SAVED}\\${ownName(host.host, taken)}`
    const findings = host.findings.map((finding) => ({
      ...finding,
      remediation: finding.remediation.map((one) => savingIn(one, folder, sentence('repair.make-folder-own'))),
    }))
    return { ...host, findings }
  })
}

/** A repair as it is told once for several hosts. */
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

/** A name that needs no quotes and means nothing to a shell: a host may be called by what an event says. */
function ownName(host: string, taken: Set<string>): string {
  const plain = host
    .replace(/[^a-z0-9._-]+/gi, '-')
    .slice(0, LONGEST_NAME)
    .replace(/^[.-]+|[.-]+$/g, '')
  const base = plain === '' || DEVICE.test(plain) ? `host-${plain}`.replace(/-$/, '') : plain
  let name = base
  for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${base}-${number}`
  taken.add(name.toLowerCase())
  return name
}
