import { type RegistryFact, valuesOf } from './registry-fact.ts'

/** Protocols that Schannel knows, as their keys are called. */
const PROTOCOLS = ['SSL 2.0', 'SSL 3.0', 'TLS 1.0', 'TLS 1.1', 'TLS 1.2', 'TLS 1.3'] as const
/** A protocol that Schannel knows, as ids spell it. */
export type ProtocolId = 'ssl-2.0' | 'ssl-3.0' | 'tls-1.0' | 'tls-1.1' | 'tls-1.2' | 'tls-1.3'
/** The side of a connection that a setting is about. */
export type Side = 'server' | 'client'

const SCHANNEL = 'CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL'

type ProtocolFactId = `schannel.${ProtocolId}.${Side}.${'enabled' | 'disabled-by-default'}`

/** Absent values mean the default of this build. `Enabled` is 0 off, 1 or 0xffffffff on. */
const protocols: readonly RegistryFact<ProtocolFactId>[] = PROTOCOLS.flatMap((protocol) =>
  (['Server', 'Client'] as const).flatMap((side) => {
    // Both are lower-case copies of names in the two closed lists above.
    const prefix =
      `schannel.${protocol.toLowerCase().replace(' ', '-') as ProtocolId}.${side.toLowerCase() as Side}` as const
    return valuesOf('tls', 'SYSTEM', `${SCHANNEL}\\Protocols\\${protocol}\\${side}`, [
      [`${prefix}.enabled`, 'dword', 'Enabled'],
      [`${prefix}.disabled-by-default`, 'dword', 'DisabledByDefault'],
    ])
  }),
)

const eventLogging = valuesOf('tls', 'SYSTEM', SCHANNEL, [['schannel.event-logging', 'dword', 'EventLogging']])

/** The order that policy sets wins over the local one. Present and empty leaves nothing to offer. */
const policyOrder = valuesOf('tls', 'SOFTWARE', 'Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002', [
  ['schannel.cipher-order.policy', 'list', 'Functions'],
])
const localOrder = valuesOf(
  'tls',
  'SYSTEM',
  'CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002',
  [['schannel.cipher-order.local', 'list', 'Functions']],
)
const fips = valuesOf('tls', 'SYSTEM', 'CurrentControlSet\\Control\\Lsa\\FIPSAlgorithmPolicy', [
  ['fips.enabled', 'dword', 'Enabled'],
])

/** What Schannel may offer, and what it logs. */
export const TLS_VALUES = [...protocols, ...eventLogging, ...policyOrder, ...localOrder, ...fips] as const
