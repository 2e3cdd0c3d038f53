import type { Kept } from '../correlate/host-input.ts'
import type { WinEvent } from '../event/win-event.ts'
import type { XmlElement } from '../evtx/element.ts'
import { renderXml } from '../evtx/xml.ts'
import type { HostAnalysis } from '../finding/analysis.ts'
import type { Evidence, Finding } from '../finding/finding.ts'

/** Records whose XML a run carries, and one finding of it; a finding has always one. */
const MOST_OF_RUN = 200
const MOST_OF_FINDING = 20

/** UTF-16 units of one record's XML; of a longer one the rest is counted. */
const LONGEST = 8_000

/** What events were decoded from, as long as they are kept. */
const elements = new WeakMap<WinEvent, XmlElement>()

/** Keeps what an event was decoded from, so that it can be shown as it is. */
export function rememberElement(event: WinEvent, element: XmlElement): void {
  elements.set(event, element)
}

/**
 * A function that puts the XML of the records that decided into the findings of a host: the first of the triggers and
 * the latest, or, where there are none, of the records that refute. What it costs depends on what is shown, never on
 * how many records matched.
 *
 * @returns to be called once for each host of a run, with the events that were kept of it
 */
export function evidenceXml(): (host: HostAnalysis, kept: ReadonlyMap<string, Kept>) => HostAnalysis {
  let left = MOST_OF_RUN
  return (host, kept) => {
    if (host.findings.length === 0) return host
    const events = new Map<string, WinEvent>()
    for (const { events: ofNeed } of kept.values()) for (const event of ofNeed) events.set(placeOf(event), event)
    const findings = host.findings.map((finding) => {
      const chosen = new Set(decisive(finding).slice(0, Math.max(1, Math.min(MOST_OF_FINDING, left))))
      left -= chosen.size
      const evidence = finding.evidence.map((one) => {
        const event = chosen.has(one) ? events.get(placeOf(one)) : undefined
        const element = event && elements.get(event)
        return element ? { ...one, xml: cut(renderXml(element)) } : one
      })
      return { ...finding, evidence }
    })
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
