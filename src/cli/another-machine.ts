/** `\\server\share` with any slashes, and what Windows hands on to its drivers as it is: `\\?\…`, `\\.\…`, `\??\…`. */
const MAY_LEAD_AWAY = /^[\\/](?:[\\/]|\?\?)/
/** Of these a drive by its letter, and a volume or shadow copy by its device, are here: `\\?\F:\`, `\\?\GLOBALROOT\…`. */
const HERE = /^[\\/]{2}[?.][\\/](?:[a-z]:|globalroot[\\/]device[\\/]harddiskvolume\w*)(?:[\\/]|$)/i

/**
 * True for a path that Windows may ask another machine for, which tells that machine who asks. Whatever this system
 * is: a manifest goes from one to another.
 */
export function leadsToAnotherMachine(path: string): boolean {
  if (!MAY_LEAD_AWAY.test(path)) return false
  // From a device the way up leads to all others, the network's among them.
  return !HERE.test(path) || path.split(/[\\/]/).includes('..')
}
