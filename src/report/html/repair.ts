import type { Finding, Remediation } from '../../finding/finding.ts'
import type { Voice } from '../language/voice.ts'
import { hasCommands, type SharedRepair } from '../shared-repairs.ts'
import { html, type Markup } from './markup.ts'

/** The repairs of one finding; nothing when there is none. */
export function findingRepairs({ remediation }: Finding, voice: Voice): Markup | undefined {
  if (remediation.length === 0) return undefined
  return html`<section class="repairs"><h4>${voice.word('page.repair')}</h4>${shellNote(remediation, voice)}<div class="ways">${remediation.map((one) => oneRepair(one, voice))}</div></section>`
}

/** Repairs that several hosts need, each once with the hosts it is for; nothing when there is none. */
export function sharedRepairs(repairs: readonly SharedRepair[], voice: Voice): Markup | undefined {
  if (repairs.length === 0) return undefined
  const all = repairs.map(({ remediation }) => remediation)
  return html`<h4>${voice.word('page.repair')}</h4>${shellNote(all, voice)}<div class="ways">${repairs.map(({ remediation, hosts }) => oneRepair(remediation, voice, hosts))}</div>`
}

function shellNote(remediation: readonly Remediation[], voice: Voice): Markup | undefined {
  return remediation.some(hasCommands) ? html`<p class="shell">${voice.word('repair.shell')}</p>` : undefined
}

/** Numbered steps, each command alone and whole; the script puts a button for copying beside it. */
function oneRepair(
  { where, title, risk, rollback, steps }: Remediation,
  voice: Voice,
  hosts: readonly string[] = [],
): Markup {
  const noted = (id: string, note: string) =>
    html`<p class="${id}"><b>${voice.word('colon', { label: voice.word(id) })}</b> ${note}</p>`
  return html`<article class="way"><h5>${voice.word(`repair.${where}`)}<small>${voice.say(title)}</small></h5>${
    hosts.length > 0 && html`<p class="for">${voice.word('repair.for', { hosts: hosts.join(', ') })}</p>`
  }${risk && noted('risk', voice.say(risk))}<ol>${steps.map(
    ({ text, command }) =>
      html`<li>${voice.say(text)}${command !== undefined && html`<pre class="command">${command}</pre>`}</li>`,
  )}</ol>${rollback && noted('rollback', voice.say(rollback))}</article>`
}
