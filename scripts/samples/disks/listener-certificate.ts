import { sha1 } from '../../../src/bytes/digest.ts'
import { toIso } from '../../../src/bytes/filetime.ts'
import { renderHex } from '../../../src/bytes/hex.ts'
import { writeCertificate, writeCertificateBlob } from '../../../src/facts/write/certificate-writer.ts'
import { derElement } from '../../../src/facts/write/der-writer.ts'
import type { Random } from '../random.ts'

/** Container of the key of the listener's self-signed certificate. */
export const LISTENER_CONTAINER = 'TSSecKeySet1'
const SERVER_AUTHENTICATION = '1.3.6.1.5.5.7.3.1'
const INTEGER = 0x02

/** A certificate as a store keeps it. */
export interface MadeCertificate {
  /** SHA-1 of it, upper-case hex: the name of its key in the store. */
  readonly thumbprint: string
  /** The value `Blob`. */
  readonly blob: Uint8Array
}

/** A certificate as SessionEnv makes one for the listener: RSA, 2048 bits, for a server; no key fits it. */
export function makeCertificate(
  random: Random,
  subject: string,
  { from, until, container }: { readonly from: bigint; readonly until: bigint; readonly container: string },
): MadeCertificate {
  const exponent = derElement(INTEGER, Uint8Array.of(1, 0, 1))
  const modulus = derElement(INTEGER, Uint8Array.of(0), randomBytes(random, 256, 0x80))
  const der = writeCertificate({
    subject,
    notBefore: shortTime(from),
    notAfter: shortTime(until),
    usages: [SERVER_AUTHENTICATION],
    serial: randomBytes(random, 16, 0x40),
    key: derElement(0x30, modulus, exponent),
    signature: randomBytes(random, 256),
  })
  const provider = 'Microsoft Enhanced Cryptographic Provider v1.0'
  const digest = sha1(der)
  const blob = writeCertificateBlob({ der, thumbprint: digest, key: { container, provider, type: 1 } })
  return { thumbprint: renderHex(digest), blob }
}

/** `YYMMDDHHMMSSZ`. */
function shortTime(ticks: bigint): string {
  return `${toIso(ticks).replace(/\D/g, '').slice(2, 14)}Z`
}

/** @param first bits that the first byte has set */
function randomBytes(random: Random, length: number, first = 0): Uint8Array {
  const bytes = Uint8Array.from({ length }, () => random.integer(0, 255))
  bytes[0] = (bytes[0]! & 0x7f) | first
  return bytes
}
