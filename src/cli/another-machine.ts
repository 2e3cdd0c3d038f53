/** `\\server\share` with any slashes, and what Windows hands on to its drivers as it is: `\\?\…`, `\\.\…`, `\??\…`. */
const MAY_LEAD_AWAY = /^[\\/](?:[\\/]|\?\?)/
/** A drive by its letter, a volume by its id: `F:`, `Volume{guid}`. */
const NAMED = /[a-z]:|volume\{[0-9a-f-]+\}/
/** A volume, shadow copy or partition by its device, below `GLOBALROOT\Device` or, the first two, by a link to it. */
const DEVICE = /(?:globalroot[\\/]device[\\/])?harddiskvolume\w*|globalroot[\\/]device[\\/]harddisk\d+[\\/]partition\d+/
/** Of what is handed on, these are here. */
const HERE = new RegExp(`^[\\\\/]{2}[?.][\\\\/](?:${NAMED.source}|${DEVICE.source})(?:[\\\\/]|$)`, 'i')

/**
 * True for a path that Windows may ask another machine for, which tells that machine who asks. Whatever this system
 * is: a manifest goes from one to another.
 */
export function leadsToAnotherMachine(path: string): boolean {
  if (!MAY_LEAD_AWAY.test(path)) return false
  // From a device the way up leads to all others, the network's among them.
  return !HERE.test(path) || path.split(/[\\/]/).includes('..')
}
