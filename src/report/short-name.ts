/** Prefixes that every provider and channel of the field shares: saying them costs a line and tells nothing. */
const COMMON_PREFIX = /^Microsoft-Windows-(?:TerminalServices-|RemoteDesktopServices-)?/i
const COMMON_PREFIXES = /\bMicrosoft-Windows-(?:TerminalServices-|RemoteDesktopServices-)?(?=\w)/gi

/**
 * `RemoteConnectionManager` of `Microsoft-Windows-TerminalServices-RemoteConnectionManager`; for lines of text, never
 * for data.
 */
export function shortProvider(provider: string): string {
  return provider.replace(COMMON_PREFIX, '') || provider
}

/** A sentence with the names in it shortened in the same way. */
export function shortNames(sentence: string): string {
  return sentence.replace(COMMON_PREFIXES, '')
}

/**
 * `LocalSessionManager` of `Microsoft-Windows-TerminalServices-LocalSessionManager/Operational`, but `…/Admin` stays;
 * for lines of text, never for data.
 */
export function shortChannel(channel: string): string {
  return channel.replace(COMMON_PREFIX, '').replace(/\/Operational$/i, '') || channel
}
