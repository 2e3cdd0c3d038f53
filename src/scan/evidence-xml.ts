import type { Kept } from '../correlate/host-input.ts'
import type { WinEvent } from '../event/win-event.ts'
import { renderXml } from '../evtx/xml.ts'
import type { HostAnalysis } from '../finding/analysis.ts'
import type { Evidence, Finding } from '../finding/finding.ts'
import { elementsOf } from './decode-rows.ts'

/** Records whose XML a run carries, and one finding of it; a finding has always one. */
const MOST_OF_RUN = 200
const MOST_OF_FINDING = 20

/** UTF-16 units of one record's XML; of a longer one the rest is counted. */
const LONGEST = 8_000

/**
 * A function that puts the XML of the records that decided into the findings of a host: the first of the triggers and
 * the latest, or, where there are none, of the records that refute. What it costs depends on what is shown, never on
 * how many records matched.
 *
 * @returns to be called once for each host of a run, with the events that were kept of it
 */
export function evidenceXml(): (host: HostAnalysis, kept: ReadonlyMap<string, Kept>) => Promise<HostAnalysis> {
  let left = MOST_OF_RUN
  return async (host, kept) => {
    if (host.findings.length === 0) return host
    const chosen = host.findings.flatMap((finding) => {
      const ofFinding = decisive(finding).slice(0, Math.max(1, Math.min(MOST_OF_FINDING, left)))
      left -= ofFinding.length
      return ofFinding
    })
    const events = new Map<string, WinEvent>()
    for (const { events: ofNeed } of kept.values()) for (const event of ofNeed) events.set(placeOf(event), event)
    const eventOf = new Map(chosen.map((one) => [one, events.get(placeOf(one))]))
    const elements = await elementsOf([...new Set([...eventOf.values()].filter((event) => event !== undefined))])
    const withXml = (one: Evidence): Evidence => {
      const event = eventOf.get(one)
      const element = event && elements.get(event)
      return element ? { ...one, xml: cut(renderXml(element)) } : one
    }
    const findings = host.findings.map((finding) => ({ ...finding, evidence: finding.evidence.map(withXml) }))
    return { ...host, findings }
  }
}

/** The first, then from the latest back. */
function decisive({ evidence }: Finding): readonly Evidence[] {
  const triggers = evidence.filter(({ role }) => role === 'trigger')
  const all = triggers.length > 0 ? triggers : evidence.filter(({ role }) => role === 'refute')
  return [...all.slice(0, 1), ...all.slice(1).reverse()]
}

function placeOf({ file, offset }: { readonly file: string; readonly offset: number }): string {
  return `${offset}\0${file}`
}

function cut(xml: string): string {
  if (xml.length <= LONGEST) return xml
  const start = xml.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, '')
  return `${start}…[+${xml.length - start.length} chars]`
}
