import { expect, test } from 'vitest'
import { toIso } from '../../../src/bytes/filetime.ts'
import { readCertificate } from '../../../src/facts/certificate.ts'
import { readCertificateBlob } from '../../../src/facts/certificate-blob.ts'
import { writeCertificate, writeCertificateBlob } from '../../../src/facts/write/certificate-writer.ts'

const described = {
  subject: 'RDS01.contoso.com',
  notBefore: '251202064109Z',
  notAfter: '260602064109Z',
  usages: ['1.3.6.1.5.5.7.3.1', '1.3.6.1.4.1.311.54.1.2'],
}

test.each([0, 100, 250, 300, 60_000, 70_000])(
  'writeCertificate() writes what readCertificate() reads, %i bytes of key',
  (size) => {
    const der = writeCertificate({ ...described, key: new Uint8Array(size) })
    const read = readCertificate(der)
    expect(read).toMatchObject({ subject: 'CN=RDS01.contoso.com', issuer: 'CN=RDS01.contoso.com' })
    expect(read.keyUsage).toEqual(described.usages)
    expect([read.notBefore, read.notAfter].map(toIso)).toEqual([
      '2025-12-02T06:41:09.0000000Z',
      '2026-06-02T06:41:09.0000000Z',
    ])
  },
)

test('writeCertificate() takes a name that is not ASCII', () => {
  expect(readCertificate(writeCertificate({ ...described, subject: 'Büro-Server' })).subject).toBe('CN=Büro-Server')
})

test('writeCertificateBlob() writes what readCertificateBlob() reads', () => {
  const der = writeCertificate(described)
  const key = { container: 'TSSecKeySet1', provider: 'Microsoft Enhanced Cryptographic Provider v1.0', type: 1 }
  const blob = writeCertificateBlob({ der, key, thumbprint: new Uint8Array(20) })
  expect(readCertificateBlob(blob)).toEqual({ derView: der, key })
  expect(readCertificateBlob(writeCertificateBlob({}))).toEqual({})
})
