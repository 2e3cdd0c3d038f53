import { X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { toIso } from '../../src/bytes/filetime.ts'
import { FormatError } from '../../src/errors.ts'
import { readCertificate } from '../../src/facts/certificate.ts'
import { certificateDer, SERVER_AUTHENTICATION } from '../support/certificate-bytes.ts'

/** Made with OpenSSL: C=FR, O="Contoso, Ltd", CN=RDS01.contoso.local; its key was thrown away. */
const BY_OPENSSL = [
  'MIICfzCCAeigAwIBAgIUb7+XU2dnzdwXOTKaYc8kLwYh3bEwDQYJKoZIhvcNAQELBQAwQjELMAkGA1UEBhMCRlIxFTATBgNVBAoM',
  'DENvbnRvc28sIEx0ZDEcMBoGA1UEAwwTUkRTMDEuY29udG9zby5sb2NhbDAeFw0yNjExMjIxOTQ2MzVaFw0yNzA1MjQxOTQ2MzVa',
  'MEIxCzAJBgNVBAYTAkZSMRUwEwYDVQQKDAxDb250b3NvLCBMdGQxHDAaBgNVBAMME1JEUzAxLmNvbnRvc28ubG9jYWwwgZ8wDQYJ',
  'KoZIhvcNAQEBBQADgY0AMIGJAoGBAJg42jOwQK7QuHAeTJhKjGDNQQADx1VY8lDyb+aQb4BgVQWOAqFd7HwFPqn6nrVusgbyWfPZ',
  'PcDUKB6VwWIUJnZ4lkqL4U/hv72hajevKQcyiv00Ht31gssNgvMHkhpf1288TWBss3j/JRwUMhv/XVaN0ROGNTOFsUcorP0ruQ0z',
  'AgMBAAGjcjBwMB0GA1UdDgQWBBS2vCToftzTsstJsE9C5KqOZFu7lTAfBgNVHSMEGDAWgBS2vCToftzTsstJsE9C5KqOZFu7lTAP',
  'BgNVHRMBAf8EBTADAQH/MB0GA1UdJQQWMBQGCCsGAQUFBwMBBggrBgEFBQcDAjANBgkqhkiG9w0BAQsFAAOBgQCDxqlQNhsmZUsj',
  'Ujro/39/wlYfZYHkkeErfV3q8UeBFYTudJSHjq6667r1oxVP/zWMgXeR8W+KaXGEjv5B+UJfD6sKx5WbD79oiAA8Q6rDEreZBttN',
  'UP1NzTJYAXY7gPVjT5jwW+8gQK4v91u56xhP0Cwe31P0yEH8nhjSfWWzWw==',
].join('')

describe('readCertificate()', () => {
  it('reads whose it is, how long it holds and what it is for', () => {
    const certificate = readCertificate(certificateDer({ usages: [SERVER_AUTHENTICATION] }))
    expect(certificate).toMatchObject({
      subject: 'CN=RDS01.contoso.local',
      issuer: 'CN=RDS01.contoso.local',
      keyUsage: ['1.3.6.1.5.5.7.3.1'],
    })
    expect(toIso(certificate.notBefore)).toBe('2025-10-01T12:00:00.0000000Z')
    expect(toIso(certificate.notAfter)).toBe('2026-04-02T12:00:00.0000000Z')
  })

  it('reads one that another program made, as Node reads it', () => {
    const der = Buffer.from(BY_OPENSSL, 'base64')
    const oracle = new X509Certificate(der)
    const certificate = readCertificate(der)
    expect(certificate.subject).toBe('CN=RDS01.contoso.local, O="Contoso, Ltd", C=FR')
    expect(certificate.keyUsage).toEqual(oracle.keyUsage)
    expect(new Date(toIso(certificate.notBefore)).getTime()).toBe(new Date(oracle.validFrom).getTime())
    expect(new Date(toIso(certificate.notAfter)).getTime()).toBe(new Date(oracle.validTo).getTime())
  })

  it('takes years of two digits for 1950 to 2049, and years of four as they are', () => {
    const years = (notBefore: string, notAfter: string) => {
      const certificate = readCertificate(certificateDer({ notBefore, notAfter }))
      return [certificate.notBefore, certificate.notAfter].map((time) => toIso(time).slice(0, 4))
    }
    expect(years('500101000000Z', '491231235959Z')).toEqual(['1950', '2049'])
    expect(years('20500101000000Z', '99991231235959Z')).toEqual(['2050', '9999'])
  })

  it('says nothing of a use where no extension limits it', () => {
    expect(readCertificate(certificateDer())).not.toHaveProperty('keyUsage')
  })

  it('refuses one that is cut anywhere, or holds any other byte, without another error', () => {
    const der = certificateDer({ usages: [SERVER_AUTHENTICATION] })
    for (let length = 0; length < der.length; length++) {
      expect(() => readCertificate(der.subarray(0, length))).toThrow(FormatError)
    }
    for (let at = 0; at < der.length; at++) {
      for (const byte of [0, 0x30, 0x7f, 0x80, 0xff]) {
        const changed = Uint8Array.from(der)
        changed[at] = byte
        try {
          readCertificate(changed)
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError)
        }
      }
    }
  })
})
