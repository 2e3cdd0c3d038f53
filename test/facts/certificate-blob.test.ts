import { describe, expect, it } from 'vitest'
import { FormatError } from '../../src/errors.ts'
import { readCertificateBlob } from '../../src/facts/certificate-blob.ts'
import { certificateBlob } from '../support/certificate-bytes.ts'

describe('readCertificateBlob()', () => {
  it('reads the certificate and where its key is', () => {
    const der = Uint8Array.from([0x30, 0])
    const blob = certificateBlob({ der, key: { container: 'TSSecKeySet1', provider: 'P', type: 1 } })
    expect(readCertificateBlob(blob)).toEqual({
      derView: der,
      key: { container: 'TSSecKeySet1', provider: 'P', type: 1 },
    })
  })

  it('leaves out what the blob does not hold', () => {
    expect(readCertificateBlob(certificateBlob({}))).toEqual({})
    expect(readCertificateBlob(new Uint8Array(0))).toEqual({})
  })

  it('refuses a blob that is cut inside a property, and names outside of the key info', () => {
    const blob = certificateBlob({ key: { container: 'C' } })
    expect(() => readCertificateBlob(blob.subarray(0, 11))).toThrow(FormatError)
    expect(() => readCertificateBlob(blob.subarray(0, 30))).toThrow('Property 2 of a certificate is cut')
    const outside = Uint8Array.from(blob)
    outside[12] = 0xff
    expect(() => readCertificateBlob(outside)).toThrow('lies outside of it')
  })
})
