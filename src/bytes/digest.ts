import { createHash } from 'node:crypto'

/** MD5 of bytes: names of key files are made with it. 16 bytes. */
export function md5(bytes: Uint8Array): Uint8Array {
  return createHash('md5').update(bytes).digest()
}

/** SHA-1 of bytes: thumbprints of certificates and SIDs of services are made with it. 20 bytes. */
export function sha1(bytes: Uint8Array): Uint8Array {
  return createHash('sha1').update(bytes).digest()
}

/** SHA-256 of a text's UTF-8 bytes in Base64: a Content-Security-Policy names by it what may run (`'sha256-…'`). */
export function sha256Base64(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('base64')
}
