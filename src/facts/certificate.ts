import { parseIso } from '../bytes/filetime.ts'
import { FormatError } from '../errors.ts'
import { DER, type DerElement, readDer, renderDerText, renderDerTime, renderObjectId, walkDer } from './der.ts'

/** What a certificate says of itself; nothing of it was verified. */
export interface Certificate {
  /** `CN=RDS01.contoso.local`, the most specific part first, as Windows shows it. */
  readonly subject: string
  readonly issuer: string
  /** FILETIME ticks. */
  readonly notBefore: bigint
  readonly notAfter: bigint
  /** OIDs of its extended key usage; undefined when it has no such extension, which allows any use. */
  readonly keyUsage?: readonly string[]
}

const EXTENDED_KEY_USAGE = '2.5.29.37'
/** Names of parts of a distinguished name (RFC 4514, 3, and PKCS #9's address). */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'E',
}

/**
 * Reads the fields of an X.509 certificate that tell whose it is, how long it holds and what it is for.
 *
 *     Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm, signature }
 *     tbsCertificate ::= SEQUENCE { [0] version, serialNumber, signature, issuer, validity, subject,
 *                                   subjectPublicKeyInfo, …, [3] extensions }
 *
 * Source: RFC 5280, 4.1.
 *
 * @param der the certificate and nothing else
 * @throws {FormatError} when it is none
 */
export function readCertificate(der: Uint8Array): Certificate {
  const whole = expectTag(readDer(der, 0, der.length), DER.sequence)
  const body = expectTag(readDer(der, whole.contentStart, whole.end), DER.sequence)
  const fields = [...walkDer(der, body)]
  // The version is left out in version 1.
  const first = fields[0]?.tag === DER.context0 ? 1 : 0
  const [, , issuer, validity, subject] = fields.slice(first, first + 5)
  if (!issuer || !validity || !subject)
    throw new FormatError('truncated', body.start, 'A certificate without a subject')
  const [notBefore, notAfter] = [...walkDer(der, expectTag(validity, DER.sequence))].map((time) => readTime(der, time))
  if (notBefore === undefined || notAfter === undefined) {
    throw new FormatError('bad-value', validity.start, "A certificate's validity is no pair of times")
  }
  const extensions = fields.find(({ tag }) => tag === DER.context3)
  const keyUsage = extensions && readKeyUsage(der, extensions)
  return {
    subject: renderName(der, subject),
    issuer: renderName(der, issuer),
    notBefore,
    notAfter,
    ...(keyUsage && { keyUsage }),
  }
}

function expectTag(element: DerElement, tag: number): DerElement {
  if (element.tag === tag) return element
  throw new FormatError(
    'bad-value',
    element.start,
    `A certificate has 0x${element.tag.toString(16)} where another tag stands`,
  )
}

function readTime(der: Uint8Array, element: DerElement): bigint | undefined {
  const iso =
    element.tag === DER.utcTime || element.tag === DER.generalizedTime ? renderDerTime(der, element) : undefined
  return iso === undefined ? undefined : parseIso(iso)?.ticks
}

/** A name's parts stand least specific first; they are shown the other way round. */
function renderName(der: Uint8Array, name: DerElement): string {
  const parts: string[] = []
  for (const set of walkDer(der, expectTag(name, DER.sequence))) {
    for (const pair of walkDer(der, set)) {
      const [type, value] = [...walkDer(der, pair)]
      if (!type || !value) throw new FormatError('bad-value', pair.start, 'A part of a name without a value')
      const id = renderObjectId(der, type)
      parts.unshift(`${ATTRIBUTES[id] ?? `OID.${id}`}=${quoted(renderDerText(der, value))}`)
    }
  }
  return parts.join(', ')
}

function quoted(text: string): string {
  return /[,+=";<>#\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function readKeyUsage(der: Uint8Array, extensions: DerElement): readonly string[] | undefined {
  const list = readDer(der, extensions.contentStart, extensions.end)
  for (const extension of walkDer(der, list)) {
    const parts = [...walkDer(der, extension)]
    const [id] = parts
    const value = parts.at(-1)
    if (!id || !value || renderObjectId(der, id) !== EXTENDED_KEY_USAGE) continue
    // The value is an octet string that holds a sequence of object identifiers.
    const usages = readDer(der, value.contentStart, value.end)
    return [...walkDer(der, usages)].map((usage) => renderObjectId(der, usage))
  }
  return undefined
}
