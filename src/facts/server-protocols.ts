import type { Fact } from './fact.ts'
import type { JudgedFacts } from './machine-facts.ts'

/** The protocols of TLS that Remote Desktop can use; SSL is none of them. */
export const TLS_VERSIONS = ['1.0', '1.1', '1.2', '1.3'] as const
export type TlsVersion = (typeof TLS_VERSIONS)[number]

/** What one protocol is on the server side once the registry has had its say. */
export interface ServerProtocol {
  readonly version: TlsVersion
  /** `unknown` where neither the registry nor a known default tells. */
  readonly state: 'on' | 'off' | 'unknown'
  /** `registry`: somebody set it; `default`: nobody did, and this is what the build does by itself. */
  readonly by: 'registry' | 'default' | 'unknown'
  /** The value that decided, or that was looked for. */
  readonly fact: Fact | undefined
}

/** The first builds of Windows 7 and Server 2008 R2, of Windows 8 and Server 2012, of Server 2022, of Server 2025. */
const WINDOWS_7 = 7600
const WINDOWS_8 = 9200
const SERVER_2022 = 20_348
const SERVER_2025 = 26_100

/**
 * Which protocols the server side of Schannel has in effect: the default of the build, overridden by the registry.
 *
 * `Enabled` 0 is off, anything else on. `DisabledByDefault` takes a protocol from programs that do not ask for it;
 * whether the listener does is not documented, so that a protocol which is only that is unknown. Keys of the client
 * side have no say.
 *
 * @param build OS build; undefined makes every default unknown
 */
export function serverProtocols(facts: JudgedFacts, build: number | undefined): readonly ServerProtocol[] {
  return TLS_VERSIONS.map((version): ServerProtocol => {
    // No setting gives a Windows a protocol that it does not have.
    if (version === '1.3' && build !== undefined && build < SERVER_2022) {
      return { version, state: 'off', by: 'default', fact: facts.fact('schannel.tls-1.3.server.enabled') }
    }
    const enabled = facts.fact(`schannel.tls-${version}.server.enabled`)
    const byDefault = facts.fact(`schannel.tls-${version}.server.disabled-by-default`)
    const held = byDefault?.state === 'present' && byDefault.value !== 0
    if (enabled?.state === 'present') {
      const state = enabled.value === 0 ? 'off' : held ? 'unknown' : 'on'
      return { version, state, by: 'registry', fact: state === 'unknown' ? byDefault : enabled }
    }
    const isSilent = enabled?.state === 'absent' && byDefault?.state === 'absent'
    const isOpen = enabled?.state === 'absent' && byDefault?.state === 'present' && !held
    if (!isSilent && !isOpen) return { version, state: 'unknown', by: 'unknown', fact: held ? byDefault : enabled }
    const state = defaultOf(version, build)
    return { version, state, by: state === 'unknown' ? 'unknown' : 'default', fact: enabled }
  })
}

/** What a build does where the registry says nothing. Source: Microsoft, "Protocols in TLS/SSL (Schannel SSP)". */
function defaultOf(version: TlsVersion, build: number | undefined): ServerProtocol['state'] {
  if (build === undefined) return 'unknown'
  switch (version) {
    case '1.0':
      return build < SERVER_2025 ? 'on' : 'unknown'
    case '1.1':
      return build < WINDOWS_8 ? 'off' : build < SERVER_2025 ? 'on' : 'unknown'
    case '1.2':
      return build < WINDOWS_8 ? 'off' : 'on'
    case '1.3':
      return 'on'
  }
}

/** True before the first Windows whose Remote Desktop knows TLS 1.1 and 1.2 by itself. */
export function needsTlsUpdate(build: number | undefined): boolean {
  return build !== undefined && build >= WINDOWS_7 && build < WINDOWS_8
}
