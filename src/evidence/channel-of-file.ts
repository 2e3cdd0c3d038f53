/**
 * The channel that Windows names a log after: `Microsoft-Windows-X/Operational` of
 * `…/Microsoft-Windows-X%4Operational.evtx`, also where a collector wrote the percent sign as `%25`.
 */
export function channelOfFile(name: string): string {
  const file = name.slice(name.lastIndexOf('/') + 1)
  return file.replace(/\.evtx$/i, '').replace(/%(25)?4/g, '/')
}
