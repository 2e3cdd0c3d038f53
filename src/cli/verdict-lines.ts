import type { HostAnalysis } from '../finding/analysis.ts'
import { doubtOf } from '../report/host-doubt.ts'
import { byUrgency, hostState, needsCard, worstFinding } from '../report/host-state.ts'
import { english } from '../report/language/en.ts'
import { voiceOf } from '../report/language/voice.ts'
import { plain } from '../report/plain.ts'
import { renderCount } from '../report/quantity.ts'

/** Hosts that are named one by one; the report has all of them. */
const SHOWN_HOSTS = 20

const BEHIND = 'nothing found up to the reference, but failures behind it'
const SEEN_ELSE = 'no known cause found, but something else that the report tells'
const MEANS_LITTLE = 'nothing found, and the report says why that means little'

const voice = voiceOf(english)

/**
 * What came out, for somebody whose report went to a file: `RDS01: CONFIRMED listener-key-unusable`, most urgent first.
 */
export function verdictLines(hosts: readonly HostAnalysis[]): readonly string[] {
  const told = byUrgency(hosts.filter((host) => needsCard(host) || doubtOf(host) !== undefined))
  const quiet = hosts.length - told.length
  const more = told.length - SHOWN_HOSTS
  return [
    ...told.slice(0, SHOWN_HOSTS).map(verdictLine),
    ...(more > 0 ? [`… ${counted(more, 'more host', 'more hosts')} in the report`] : []),
    ...(quiet > 0 ? [`nothing found on ${counted(quiet, 'host', 'hosts')}`] : []),
  ]
}

function verdictLine(host: HostAnalysis): string {
  const name = plain(host.host)
  const worst = worstFinding(host)
  // A finding of the past does not hide that the present cannot be judged.
  if (hostState(host) === 'unknown') return `${name}: cannot be judged, the report says why`
  if (!worst) return `${name}: ${isBehind(host) ? BEHIND : host.alsoSeen ? SEEN_ELSE : MEANS_LITTLE}`
  const others = host.findings.length - 1
  const rest = others > 0 ? `, ${counted(others, 'more finding', 'more findings')}` : ''
  return `${name}: ${voice.word(`verdict.${worst.verdict}`)} ${worst.scenario}${rest}`
}

function isBehind({ alsoSeen = [] }: HostAnalysis): boolean {
  return alsoSeen.some(({ id }) => id === 'also.behind-reference')
}

function counted(count: number, one: string, many: string): string {
  return `${renderCount(count, voice)} ${count === 1 ? one : many}`
}
