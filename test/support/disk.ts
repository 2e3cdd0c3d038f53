import { sha1 } from '../../src/bytes/digest.ts'
import { renderHex } from '../../src/bytes/hex.ts'
import { type MachineEvidence, type MachineFacts, machineFactsOf, readRegistry } from '../../src/facts/machine-facts.ts'
import { certificateBlob, certificateDer } from './certificate-bytes.ts'
import { type ByPath, machineEvidence } from './machine.ts'

const CERTIFICATES = 'Microsoft\\SystemCertificates'
export const OWN_STORE = `${CERTIFICATES}\\Remote Desktop\\Certificates`
export const MY_STORE = `${CERTIFICATES}\\MY\\Certificates`
export const RDP_TCP = 'ControlSet001\\Control\\Terminal Server\\WinStations\\RDP-Tcp'
export const SCHANNEL_PROTOCOLS = 'ControlSet001\\Control\\SecurityProviders\\SCHANNEL\\Protocols'

const der = certificateDer()
/** Of the certificate that `storedCertificate` puts into a store. */
export const THUMBPRINT = renderHex(sha1(der))

/** A certificate in a store, by its path, valid until 2 April 2026 where nothing else is said. */
export function storedCertificate(
  more: { readonly store?: string; readonly notAfter?: string; readonly container?: string } = {},
): ByPath {
  const { store = OWN_STORE, notAfter, container = 'TSSecKeySet1' } = more
  const bytes = notAfter === undefined ? der : certificateDer({ notAfter })
  return { [`${store}\\${renderHex(sha1(bytes))}`]: { Blob: certificateBlob({ der: bytes, key: { container } }) } }
}

/** Bytes of hex digits. */
export function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16))
}

/** Facts of a machine of build 17763, made without files; `access` by what a descriptor is of, as SDDL. */
export function diskOf(
  parts: Parameters<typeof machineEvidence>[0] & {
    readonly access?: Readonly<Record<string, string>>
    readonly build?: number
    /** Puts other hives in the place of those described. */
    readonly hives?: Partial<MachineEvidence['hives']>
  } = {},
): MachineFacts {
  const { access = {}, build = 17763, hives } = parts
  const version = { 'Microsoft\\Windows NT\\CurrentVersion': { CurrentBuildNumber: String(build) } }
  const evidence = machineEvidence({ ...parts, software: { ...version, ...parts.software } })
  const descriptors = Object.entries(access).map(([of, sddl]) => [of, { state: 'present', sddl }] as const)
  return machineFactsOf(readRegistry({ ...evidence, hives: { ...evidence.hives, ...hives } }), new Map(descriptors))
}

/** A hive that nobody took. */
export const NOT_TAKEN = { file: 'SYSTEM', state: 'not-collected' } as const
