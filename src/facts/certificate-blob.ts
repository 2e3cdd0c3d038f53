import { decodeUtf16 } from '../bytes/utf16.ts'
import { viewOf } from '../bytes/view.ts'
import { FormatError } from '../errors.ts'

/** Bytes of a property before its data. */
const PROPERTY_HEADER_SIZE = 12
/** Bytes of key provider info that are read before its texts; flags, parameters and key spec follow them. */
const KEY_PROVIDER_SIZE = 12
/** CERT_KEY_PROV_INFO_PROP_ID and CERT_CERT_PROP_ID of wincrypt.h. */
const KEY_PROVIDER_PROPERTY = 2
const CERTIFICATE_PROPERTY = 32

/** Where the private key of a certificate is. */
export interface KeyProvider {
  /** `TSSecKeySet1` for the self-signed certificate of the RDP listener. */
  readonly container: string
  readonly provider: string
  /** 0 is CNG, 1 is PROV_RSA_FULL. */
  readonly type: number
}

/** What a certificate store keeps of one certificate. */
export interface CertificateBlob {
  /** The certificate as DER; a view. Undefined when the blob holds none. */
  readonly derView?: Uint8Array
  readonly key?: KeyProvider
}

/**
 * Reads the `Blob` value of a certificate store: properties one after the other.
 *
 *     offset  size  field
 *          0     4  property id: 2 key provider info, 32 the certificate as DER
 *          4     4  encoding, 1
 *          8     4  length of the data, bytes
 *         12        data
 *
 * Little-endian. Source: property ids of wincrypt.h; the layout as Microsoft's Azure/repair-script-library reads it.
 *
 * @throws {FormatError} `truncated` when a property does not fit
 */
export function readCertificateBlob(blob: Uint8Array): CertificateBlob {
  const view = viewOf(blob)
  let derView: Uint8Array | undefined
  let key: KeyProvider | undefined
  for (let at = 0; at < blob.length; ) {
    if (at + PROPERTY_HEADER_SIZE > blob.length)
      throw new FormatError('truncated', at, 'A property of a certificate is cut')
    const id = view.getUint32(at, true)
    const length = view.getUint32(at + 8, true)
    const data = at + PROPERTY_HEADER_SIZE
    if (data + length > blob.length) throw new FormatError('truncated', at, `Property ${id} of a certificate is cut`)
    const dataView = blob.subarray(data, data + length)
    if (id === CERTIFICATE_PROPERTY) derView = dataView
    else if (id === KEY_PROVIDER_PROPERTY) key = readKeyProvider(dataView)
    at = data + length
  }
  return { ...(derView && { derView }), ...(key && { key }) }
}

/**
 * Reads where a private key is.
 *
 *     offset  size  field
 *          0     4  offset of the container's name
 *          4     4  offset of the provider's name
 *          8     4  provider type
 *
 * Offsets are from the start of `data`; names are UTF-16 up to a NUL. Source: CRYPT_KEY_PROV_INFO as stores keep it.
 *
 * @throws {FormatError} `truncated` or `bad-value`
 */
function readKeyProvider(data: Uint8Array): KeyProvider {
  if (data.length < KEY_PROVIDER_SIZE) throw new FormatError('truncated', 0, "A certificate's key provider info is cut")
  const view = viewOf(data)
  return {
    container: readName(data, view.getUint32(0, true)),
    provider: readName(data, view.getUint32(4, true)),
    type: view.getUint32(8, true),
  }
}

function readName(data: Uint8Array, offset: number): string {
  if (offset < KEY_PROVIDER_SIZE || offset >= data.length) {
    throw new FormatError('bad-value', offset, "A name in a certificate's key provider info lies outside of it")
  }
  const text = decodeUtf16(data, offset, data.length - offset)
  const end = text.indexOf('\0')
  return end < 0 ? text : text.slice(0, end)
}
