import { FormatError } from '../errors.ts'
import { type AccessVerdict, evaluateRead, evaluateWrite, NETWORK_SERVICE_TOKEN, SESSION_ENV_TOKEN } from './access.ts'
import type { KeyFolderId } from './catalogue.ts'
import type { Fact, FactSource } from './fact.ts'
import type { KeyFile, KeyFolder } from './key-file.ts'
import { parseSddl, renderSddl } from './sddl.ts'
import { readSecurityDescriptor, type SecurityDescriptor } from './security-descriptor.ts'

/** The security descriptor of a file or folder as it was read, or why it was not. */
export type DescriptorEvidence =
  | { readonly state: 'present'; readonly bytes: Uint8Array }
  | { readonly state: 'present'; readonly sddl: string }
  | { readonly state: 'absent' | 'not-collected' | 'unreadable'; readonly reason: string }

/** Who may do what with a file or folder of keys. */
export interface Access {
  /** `listener` and other names of key files, or the id of a folder of keys. */
  readonly of: string
  readonly state: 'present' | 'not-collected' | 'unreadable'
  /** Why it is not known. */
  readonly reason?: string
  readonly descriptor?: SecurityDescriptor
  /** To read a file; to create one in a folder. */
  readonly networkService: AccessVerdict
  /** To read a file; to create one in a folder. */
  readonly sessionEnv: AccessVerdict
  /** To write a file; to create one in a folder. */
  readonly sessionEnvWrite: AccessVerdict
}

/** Evaluates the descriptor of a key's file (to be read) or of a folder of keys (to have files made in it). */
export function accessOf(of: string, kind: 'file' | 'folder', evidence: DescriptorEvidence): Access {
  const unknown = { networkService: 'unknown', sessionEnv: 'unknown', sessionEnvWrite: 'unknown' } as const
  if (evidence.state !== 'present') {
    const state = evidence.state === 'unreadable' ? 'unreadable' : 'not-collected'
    return { of, state, reason: evidence.reason, ...unknown }
  }
  const descriptor = understand(evidence)
  if (typeof descriptor === 'string') return { of, state: 'unreadable', reason: descriptor, ...unknown }
  const evaluate = kind === 'file' ? evaluateRead : evaluateWrite
  return {
    of,
    state: 'present',
    descriptor,
    networkService: evaluate(descriptor, NETWORK_SERVICE_TOKEN),
    sessionEnv: evaluate(descriptor, SESSION_ENV_TOKEN),
    sessionEnvWrite: evaluateWrite(descriptor, SESSION_ENV_TOKEN),
  }
}

/** The descriptor, or why it is none. */
function understand(evidence: Extract<DescriptorEvidence, { state: 'present' }>): SecurityDescriptor | string {
  if ('sddl' in evidence) {
    return parseSddl(evidence.sddl) ?? `The security descriptor cannot be understood: "${evidence.sddl.slice(0, 60)}"`
  }
  try {
    return readSecurityDescriptor(evidence.bytes)
  } catch (error) {
    if (error instanceof FormatError) return error.message
    throw error
  }
}

/** Facts about a folder of keys and who may make files in it. */
export function folderFacts(folder: KeyFolder, access: Access | undefined): readonly Fact[] {
  const { id, name, state, files, reason } = folder
  const source = { file: name }
  const own: Fact = {
    id: `key-folder.${id satisfies KeyFolderId}`,
    state,
    ...(state === 'present' && { value: files.length }),
    source,
    ...(reason !== undefined && { reason }),
  }
  return [own, ...(access ? accessFacts(own.id, access, source) : [])]
}

/** Facts about one key's file and who may read it. */
export function keyFileFacts(file: KeyFile, access: Access | undefined): readonly Fact[] {
  const { which, state, name, size, expectedName, otherMachine, folder, reason } = file
  const id = `key-file.${which}`
  const place = name ?? expectedName
  const source = { file: folder.name, ...(place !== undefined && { value: place }) }
  const why = reason !== undefined && { reason }
  const [first] = otherMachine
  return [
    { id, state, ...(name !== undefined && { value: name }), source, ...why },
    { id: `${id}.size`, state, ...(size !== undefined && { value: size }), source, ...why },
    first === undefined
      ? {
          id: `${id}.other-machine`,
          state: state === 'present' ? 'absent' : state,
          source: { file: folder.name },
          ...why,
        }
      : { id: `${id}.other-machine`, state: 'present', value: otherMachine.join(', '), source: { file: folder.name } },
    ...(access ? accessFacts(id, access, source) : []),
    ...(access ? [accessFact(`${id}.session-env-write`, access, source, access.sessionEnvWrite)] : []),
  ]
}

function accessFacts(id: string, access: Access, source: FactSource): readonly Fact[] {
  const { descriptor } = access
  return [
    accessFact(`${id}.descriptor`, access, source, descriptor === undefined ? '' : renderSddl(descriptor)),
    accessFact(`${id}.network-service`, access, source, access.networkService),
    accessFact(`${id}.session-env`, access, source, access.sessionEnv),
  ]
}

function accessFact(id: string, { state, reason }: Access, source: FactSource, value: string): Fact {
  if (state === 'present') return { id, state, value, source }
  return { id, state, source, ...(reason !== undefined && { reason }) }
}
