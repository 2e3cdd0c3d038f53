import { UsageError } from '../errors.ts'
import { PROFILE_NAMES, type Profile, type ProfileName, type RowWriter, type TimelineFormat } from './profile.ts'
import { defaultProfile } from './profile-default.ts'
import { ecsProfile } from './profile-ecs.ts'
import { evtxecmdProfile } from './profile-evtxecmd.ts'
import { timesketchProfile } from './profile-timesketch.ts'

/** Every profile. Adding one is adding a file, a name and a line here. */
const PROFILES: Readonly<Record<ProfileName, Profile>> = {
  default: defaultProfile,
  evtxecmd: evtxecmdProfile,
  timesketch: timesketchProfile,
  ecs: ecsProfile,
}

/** The formats of a profile, the one first that it is best known in. */
export function formatsOf(profile: ProfileName): readonly TimelineFormat[] {
  // Object.keys knows no type; the profile's has no other members.
  return Object.keys(PROFILES[profile].writers) as TimelineFormat[]
}

/**
 * The profile and format that are meant by what was asked for, if anything was.
 *
 * @throws {UsageError} no such pair; it says which one is nearest
 */
export function chooseFormat(
  profile: ProfileName = 'default',
  format?: TimelineFormat,
): { readonly profile: ProfileName; readonly format: TimelineFormat } {
  const formats = formatsOf(profile)
  const chosen = format ?? formats[0]!
  if (formats.includes(chosen)) return { profile, format: chosen }
  const others = PROFILE_NAMES.filter((name) => formatsOf(name).includes(chosen))
  throw new UsageError(
    `--profile ${profile} is not written as ${chosen}: expected ${formats.join(' or ')} ` +
      `(${chosen}: ${others.join(', ')}); the nearest valid pair is "--profile ${profile} --format ${formats[0]}"`,
  )
}

/**
 * How a profile is written in a format.
 *
 * @throws {UsageError} as `chooseFormat`
 */
export function writerOf(profile: ProfileName, format: TimelineFormat): RowWriter {
  chooseFormat(profile, format)
  return PROFILES[profile].writers[format]!
}
