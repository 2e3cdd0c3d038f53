import { BROKER_SAMPLES } from './hosts/broker.ts'
import { COPIED_DISK_SAMPLES } from './hosts/copied-disks.ts'
import { BROKER_DISKS } from './hosts/disk-broker.ts'
import { LISTENER_KEY_DISKS } from './hosts/disk-listener-key.ts'
import { TLS_POLICY_DISKS } from './hosts/disk-tls-policy.ts'
import { EASILY_MISSED_SAMPLES } from './hosts/easily-missed.ts'
import { HEALTHY_SAMPLES } from './hosts/healthy.ts'
import { LISTENER_KEY_SAMPLES } from './hosts/listener-key.ts'
import { LOOK_ALIKE_SAMPLES } from './hosts/look-alikes.ts'
import { LOOSE_LOGS } from './hosts/loose-logs.ts'
import { TLS_POLICY_SAMPLES } from './hosts/tls-policy.ts'
import { renderReadme } from './readme.ts'
import type { ExpectedHost, Sample, SampleFile } from './sample.ts'

/** Logs alone, in the order of `samples/README.md`. */
const LOG_SAMPLES: readonly Sample[] = [
  ...LISTENER_KEY_SAMPLES,
  ...TLS_POLICY_SAMPLES,
  ...BROKER_SAMPLES,
  ...HEALTHY_SAMPLES,
  ...LOOK_ALIKE_SAMPLES,
  ...EASILY_MISSED_SAMPLES,
  LOOSE_LOGS,
]

/** Logs with hives and key files beside them. */
const DISK_SAMPLES: readonly Sample[] = [
  ...LISTENER_KEY_DISKS,
  ...TLS_POLICY_DISKS,
  ...BROKER_DISKS,
  ...COPIED_DISK_SAMPLES,
]

const SAMPLES = [...LOG_SAMPLES, ...DISK_SAMPLES]

/** What the analysis must say of each host of `samples/`. */
export const EXPECTED_HOSTS: readonly ExpectedHost[] = SAMPLES.filter(({ givenAs }) => givenAs === undefined).flatMap(
  ({ hosts }) => hosts,
)

/** What it must say of those that have to be given by themselves, by their paths below `samples/`. */
export const EXPECTED_ALONE: readonly { readonly path: string; readonly hosts: readonly ExpectedHost[] }[] =
  SAMPLES.flatMap(({ givenAs, hosts }) => (givenAs === undefined ? [] : [{ path: givenAs, hosts }]))

/** All files of `samples/`, by their paths below it, made anew: the same bytes every time. */
export function describeSamples(): readonly SampleFile[] {
  const files = SAMPLES.flatMap((sample) =>
    sample.files().map(({ path, bytes }) => ({ path: `${sample.name}/${path}`, bytes })),
  )
  const readme = renderReadme({ logs: LOG_SAMPLES, disks: DISK_SAMPLES })
  return [...files, { path: 'README.md', bytes: new TextEncoder().encode(readme) }]
}
