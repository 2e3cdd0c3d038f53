import type { Stroll } from '../moment.ts'
import type { SampleHost } from '../sample-host.ts'
import * as schannel from '../vocabulary/schannel.ts'

const TERM_SERVICE_IMAGE = 'svchost'

/** Schannel speaking for the RDP listener: the caller is TermService's process. */
export function listenerParty(host: SampleHost): schannel.TlsParty {
  const { build, language } = host.machine
  const { lsass, termService } = host.processes
  return { build, language, lsass, caller: { processId: termService, image: TERM_SERVICE_IMAGE } }
}

/** What follows a connection when the listener's private key cannot be used: 36870, and now and then 36872 and 36886. */
export function keyCannotBeUsed(host: SampleHost, step: Stroll, { withChain = false } = {}): void {
  const party = listenerParty(host)
  host.at(step(35), schannel.privateKeyUnusable(party, 'server', '0x8009030d', 10_001))
  if (!withChain) return
  host.at(step(6), schannel.chainNotRetrieved(party, '0x8009030d', host.random.hex(40)))
  host.at(step(4), schannel.noDefaultCredential(party))
}

/** What follows a connection when policy leaves the server no protocol: 36871. */
export function protocolsAreBlocked(host: SampleHost, step: Stroll): void {
  host.at(step(31), schannel.credentialNotCreated(listenerParty(host), 'server', 10_013))
}
