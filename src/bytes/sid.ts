/** Bytes of a SID before its sub-authorities: revision, count, 6 bytes of authority. */
const SID_HEADER_SIZE = 8

/** Bytes that a SID takes by its own count of sub-authorities; it may claim more than there are. */
export function sidSize(bytes: Uint8Array, offset: number): number {
  return SID_HEADER_SIZE + 4 * (bytes[offset + 1] ?? 0)
}

/**
 * `S-1-5-18` of the SID at `offset` (MS-DTYP 2.4.2.1); the authority in decimal, as Windows prints it.
 * A SID that claims more sub-authorities than fit is shown with those that do.
 *
 * @param length bytes there are
 * @returns undefined when not even the header is there
 */
export function renderSid(bytes: Uint8Array, offset: number, length: number): string | undefined {
  if (length < SID_HEADER_SIZE) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, length)
  const count = Math.min(view.getUint8(1), (length - SID_HEADER_SIZE) >> 2)
  const authority = view.getUint16(2) * 4_294_967_296 + view.getUint32(4)
  let text = `S-${view.getUint8(0)}-${authority}`
  for (let i = 0; i < count; i++) text += `-${view.getUint32(SID_HEADER_SIZE + 4 * i, true)}`
  return text
}

/** The bytes of a SID in text; undefined if it is none. */
export function parseSid(text: string): Uint8Array | undefined {
  if (!/^S-\d{1,3}-\d{1,15}(-\d{1,10}){0,15}$/i.test(text)) return undefined
  const [revision, authority, ...subs] = text.slice(2).split('-').map(Number) as [number, number, ...number[]]
  if (revision > 0xff || authority > 0xffffffffffff || subs.some((sub) => sub > 0xffffffff)) return undefined
  const bytes = new Uint8Array(SID_HEADER_SIZE + 4 * subs.length)
  const view = new DataView(bytes.buffer)
  view.setUint8(0, revision)
  view.setUint8(1, subs.length)
  view.setUint16(2, Math.floor(authority / 4_294_967_296))
  view.setUint32(4, authority >>> 0)
  subs.forEach((sub, i) => {
    view.setUint32(SID_HEADER_SIZE + 4 * i, sub, true)
  })
  return bytes
}
