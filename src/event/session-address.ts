/**
 * True when the text is a network address, so that the session came through the RDP listener. A word is the console's,
 * whatever its language; so is the unspecified address. Loopback counts: a tunnel ends there, and the listener
 * answered.
 */
export function isNetworkAddress(text: string | undefined): boolean {
  const address = (text ?? '').trim().toLowerCase()
  if (/^\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?$/.test(address)) return !address.startsWith('0.0.0.0')
  return /^\[?[0-9a-f:.]*:[0-9a-f:.]*(?:%\w+)?\]?(?::\d+)?$/.test(address) && !/^\[?::\]?$/.test(address)
}
