import {
  type BlobDescription,
  type CertificateDescription,
  writeCertificate,
  writeCertificateBlob,
} from '../../src/facts/write/certificate-writer.ts'

/** The usage of a server's certificate. */
export const SERVER_AUTHENTICATION = '1.3.6.1.5.5.7.3.1'

/** A certificate as DER, of half a year where nothing else is said. */
export function certificateDer(description: Partial<CertificateDescription> = {}): Uint8Array {
  return writeCertificate({
    subject: 'RDS01.contoso.local',
    notBefore: '251001120000Z',
    notAfter: '260402120000Z',
    ...description,
  })
}

/** The `Blob` of a certificate store, with a property that nothing here reads. */
export function certificateBlob(parts: {
  readonly der?: Uint8Array
  readonly key?: Partial<BlobDescription['key']> & { readonly container: string }
}): Uint8Array {
  const { der, key } = parts
  return writeCertificateBlob({
    thumbprint: new Uint8Array(20),
    ...(der && { der }),
    ...(key && { key: { provider: 'Provider', type: 1, ...key } }),
  })
}
