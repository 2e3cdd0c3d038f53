import { joinBytes } from '../../bytes/join-bytes.ts'
import { encodeUtf16 } from '../../bytes/utf16.ts'
import { DER } from '../der.ts'
import { derElement, derObjectId } from './der-writer.ts'

const COMMON_NAME = '2.5.4.3'
const EXTENDED_KEY_USAGE = '2.5.29.37'
const SHA256_WITH_RSA = '1.2.840.113549.1.1.11'
const RSA = '1.2.840.113549.1.1.1'
const UTF8_TEXT = 0x0c
const BIT_STRING = 0x03
const OCTETS = 0x04
const NOTHING = 0x05

/**
 * What a certificate says of itself. Its key and its signature are bytes that look like some: nothing can be done with
 * them.
 */
export interface CertificateDescription {
  /** Common name of the subject, who is the issuer too. */
  readonly subject: string
  /** `YYMMDDHHMMSSZ` or `YYYYMMDDHHMMSSZ`. */
  readonly notBefore: string
  readonly notAfter: string
  /** Extended key usages as OIDs; absent for a certificate without the extension. */
  readonly usages?: readonly string[]
  /** 17 when absent. */
  readonly serial?: Uint8Array
  /** Stands where the public key does. */
  readonly key?: Uint8Array
  readonly signature?: Uint8Array
}

/** A self-signed certificate as DER; see `readCertificate` for the fields. */
export function writeCertificate(description: CertificateDescription): Uint8Array {
  const { subject, notBefore, notAfter, usages, serial = Uint8Array.of(0x11) } = description
  const { key = Uint8Array.of(1, 2, 3), signature = Uint8Array.of(9, 9) } = description
  const sequence = (...parts: readonly Uint8Array[]): Uint8Array => derElement(DER.sequence, ...parts)
  const text = derElement(UTF8_TEXT, new TextEncoder().encode(subject))
  const name = sequence(derElement(DER.set, sequence(derObjectId(COMMON_NAME), text)))
  const algorithm = sequence(derObjectId(SHA256_WITH_RSA), derElement(NOTHING))
  const publicKey = sequence(sequence(derObjectId(RSA), derElement(NOTHING)), bitString(key))
  const version = derElement(DER.context0, derElement(DER.integer, Uint8Array.of(2)))
  const body = sequence(
    ...[version, derElement(DER.integer, serial), algorithm, name],
    ...[sequence(timeElement(notBefore), timeElement(notAfter)), name, publicKey],
    ...(usages ? [derElement(DER.context3, sequence(keyUsage(usages)))] : []),
  )
  return sequence(body, algorithm, bitString(signature))
}

/** A UTCTime where the year has two digits. */
function timeElement(text: string): Uint8Array {
  return derElement(text.length === 13 ? DER.utcTime : DER.generalizedTime, new TextEncoder().encode(text))
}

function keyUsage(usages: readonly string[]): Uint8Array {
  const list = derElement(DER.sequence, ...usages.map(derObjectId))
  return derElement(DER.sequence, derObjectId(EXTENDED_KEY_USAGE), derElement(OCTETS, list))
}

/** No bit of its last byte is unused. */
function bitString(bytes: Uint8Array): Uint8Array {
  return derElement(BIT_STRING, Uint8Array.of(0), bytes)
}

/** What a certificate store keeps of one certificate. */
export interface BlobDescription {
  readonly der?: Uint8Array
  /** Where the private key is; see `KeyProvider`. */
  readonly key?: { readonly container: string; readonly provider: string; readonly type: number }
  /** SHA-1 of the certificate. */
  readonly thumbprint?: Uint8Array
}

/** The value `Blob` of a certificate store; see `readCertificateBlob` for the fields. */
export function writeCertificateBlob({ der, key, thumbprint }: BlobDescription): Uint8Array {
  return joinBytes([
    ...(key ? [property(2, keyProvider(key))] : []),
    ...(thumbprint ? [property(3, thumbprint)] : []),
    ...(der ? [property(32, der)] : []),
  ])
}

function property(id: number, data: Uint8Array): Uint8Array {
  return joinBytes([numbers(id, 1, data.length), data])
}

/** CRYPT_KEY_PROV_INFO as stores keep it: of the machine (flag 0x20), for exchange (key spec 1), without parameters. */
function keyProvider({ container, provider, type }: NonNullable<BlobDescription['key']>): Uint8Array {
  const name = encodeUtf16(`${container}\0`)
  const head = numbers(28, 28 + name.length, type, 0x20, 0, 0, type === 0 ? 0 : 1)
  return joinBytes([head, name, encodeUtf16(`${provider}\0`)])
}

function numbers(...words: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 * words.length))
  for (const [i, word] of words.entries()) view.setUint32(4 * i, word, true)
  return new Uint8Array(view.buffer)
}
