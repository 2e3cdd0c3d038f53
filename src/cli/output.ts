import { draftFile, openDevice } from './output-file.ts'
import { placeFile } from './output-place.ts'
import { goesToFile, standardOutput, type Write } from './standard-output.ts'
import type { Target } from './target.ts'

/**
 * Lets `work` write to where the user wants it. A file gets its name when all is written; when `work` throws, or the
 * disk is full, nothing is left.
 *
 * @throws {UsageError} the place is refused, before `work` begins
 * @throws {OutputError} it could not be written
 */
export async function writeTo<Result>(target: Target, work: (write: Write) => Promise<Result>): Promise<Result> {
  if (!goesToFile(target.output)) return work(standardOutput(target.terminal))
  const place = await placeFile(target.output, target)
  if (place.kind === 'device') {
    const device = await openDevice(place, target.signal)
    try {
      return await work(device.write)
    } finally {
      await device.close()
    }
  }
  const draft = draftFile(place)
  try {
    const result = await work(draft.write)
    await draft.close()
    target.settle()
    draft.publish()
    return result
  } catch (error) {
    draft.discard()
    throw error
  }
}
