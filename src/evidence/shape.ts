/** How a volume's place below what was typed shows who made the copy; the first that fits counts. */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  [/(^|\/)CaseLogs\/[^/]+\/[A-Za-z]$/i, "drive $ of a copy by Microsoft's collector for attached disks"],
  [/(^|\/)device_\d+$/i, 'disk $ of an archive of inspected disks'],
  [/(^|\/)uploads\/[^/]+\/[^/]+$/i, 'drive $ of a Velociraptor collection'],
  [/(^|\/)VSS\d+(\/[A-Za-z])?$/i, 'a copy of a shadow copy, as KAPE makes it'],
  [/(^|\/)[A-Za-z]$/, "drive $ of a collector's copy"],
]

/**
 * What a folder with `Windows/System32` is, in words for the notes.
 *
 * @param shown its name in reports, percent signs and all
 */
export function describeShape(shown: string): string {
  const place = decodedName(shown)
  const last = place.slice(place.lastIndexOf('/') + 1)
  const found = SHAPES.find(([pattern]) => pattern.test(shown))
  return found ? found[1].replace('$', () => `"${last}"`) : 'a Windows volume, or a copy of one'
}

/**
 * A name as it was before Velociraptor wrote it down: `uploads/auto/C%3A` is `uploads/auto/C:`. Others are as they are.
 */
export function decodedName(name: string): string {
  if (!/(^|\/)uploads\/[^/]+\//i.test(name)) return name
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
