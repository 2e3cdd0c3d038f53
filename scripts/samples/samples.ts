import { writeLog } from '../../src/evtx/write/log-writer.ts'
import { BROKER_SAMPLES } from './hosts/broker.ts'
import { EASILY_MISSED_SAMPLES } from './hosts/easily-missed.ts'
import { HEALTHY_SAMPLES } from './hosts/healthy.ts'
import { LISTENER_KEY_SAMPLES } from './hosts/listener-key.ts'
import { LOOK_ALIKE_SAMPLES } from './hosts/look-alikes.ts'
import { LOOSE_LOGS } from './hosts/loose-logs.ts'
import { TLS_POLICY_SAMPLES } from './hosts/tls-policy.ts'
import { renderReadme } from './readme.ts'
import type { ExpectedHost, Sample } from './sample.ts'

/** The samples, in the order of `samples/README.md`. */
const SAMPLES: readonly Sample[] = [
  ...LISTENER_KEY_SAMPLES,
  ...TLS_POLICY_SAMPLES,
  ...BROKER_SAMPLES,
  ...HEALTHY_SAMPLES,
  ...LOOK_ALIKE_SAMPLES,
  ...EASILY_MISSED_SAMPLES,
  LOOSE_LOGS,
]

/** What the analysis must say of each host of `samples/`. */
export const EXPECTED_HOSTS: readonly ExpectedHost[] = SAMPLES.flatMap((sample) => sample.hosts)

/** A file of `samples/`; `path` is below that folder, with `/` between. */
export interface SampleFile {
  readonly path: string
  readonly bytes: Uint8Array
}

/** All files of `samples/`, made anew: the same bytes every time. */
export function describeSamples(): SampleFile[] {
  const logs = SAMPLES.flatMap((sample) =>
    sample.logs().map(({ path, events, ...options }) => ({
      path: `${sample.name}/${path}`,
      bytes: writeLog(events, options),
    })),
  )
  return [...logs, { path: 'README.md', bytes: new TextEncoder().encode(renderReadme(SAMPLES)) }]
}
