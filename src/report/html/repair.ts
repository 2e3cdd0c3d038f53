import type { Finding, Remediation, RemediationStep } from '../../finding/finding.ts'
import type { Voice } from '../language/voice.ts'
import { type MergedRepair, type MergedStep, mergedRepairs } from '../merged-repairs.ts'
import { hasCommands, type SharedRepair } from '../shared-repairs.ts'
import { html, type Markup } from './markup.ts'

/** The repairs of one finding; nothing when there is none. */
export function findingRepairs({ remediation }: Finding, voice: Voice): Markup | undefined {
  if (remediation.length === 0) return undefined
  return html`<section class="repairs"><h4>${voice.word('page.repair')}</h4>${shellNote(remediation, voice)}<div class="ways">${remediation.map((one) => oneRepair(one, voice))}</div></section>`
}

/**
 * Repairs that several hosts need, those of one kind in one list with the hosts each step is for; nothing when there is
 * none.
 */
export function sharedRepairs(repairs: readonly SharedRepair[], voice: Voice): Markup | undefined {
  if (repairs.length === 0) return undefined
  const all = repairs.map(({ remediation }) => remediation)
  return html`<h4>${voice.word('page.repair')}</h4>${shellNote(all, voice)}<div class="ways">${mergedRepairs(repairs, voice).map((one) => oneWay(one, voice))}</div>`
}

function shellNote(remediation: readonly Remediation[], voice: Voice): Markup | undefined {
  return remediation.some(hasCommands) ? html`<p class="shell">${voice.word('repair.shell')}</p>` : undefined
}

function oneRepair({ where, title, risk, rollback, steps, undo = [] }: Remediation, voice: Voice): Markup {
  const forAll = <T>(what: T) => ({ what, letters: [] })
  const stepForAll = ({ text, command }: RemediationStep) => ({
    ...forAll(text),
    commands: command === undefined ? [] : [forAll(command)],
  })
  const [risks, rollbacks] = [risk, rollback].map((note) => (note ? [forAll(note)] : []))
  const listed = { steps: steps.map(stepForAll), undo: undo.map(stepForAll) }
  return oneWay({ where, title, groups: [], risks: risks!, rollbacks: rollbacks!, ...listed }, voice)
}

/** Numbered steps, there and back, each command alone and whole; the script puts a button for copying beside it. */
function oneWay({ where, title, groups, risks, steps, rollbacks, undo }: MergedRepair, voice: Voice): Markup {
  const noted = (id: string, notes: MergedRepair['risks']) =>
    notes.map(
      ({ what, letters }) =>
        html`<p class="${id}"><b>${voice.word('colon', { label: voice.word(id) })}</b> ${onlyFor(letters)}${voice.say(what)}</p>`,
    )
  return html`<article class="way"><h5>${voice.word(`repair.${where}`)}<small>${voice.say(title)}</small></h5>${groups.map(
    ({ letter, hosts }) =>
      html`<p class="for">${onlyFor(letter === '' ? [] : [letter])}${voice.word('repair.for', { hosts: hosts.join(', ') })}</p>`,
  )}${groups.length > 1 && html`<p class="for">${voice.word('repair.letters')}</p>`}${noted('risk', risks)}<ol>${items(steps, voice)}</ol>${noted('rollback', rollbacks)}${undo.length > 0 && html`<ol>${items(undo, voice)}</ol>`}</article>`
}

function items(steps: readonly MergedStep[], voice: Voice): readonly Markup[] {
  return steps.map(
    ({ what, letters, commands }) =>
      html`<li>${onlyFor(letters)}${voice.say(what)}${commands.map((command) => html`${command.letters.length > 0 && html`<p>${onlyFor(command.letters)}</p>`}<pre>${command.what}</pre>`)}</li>`,
  )
}

/**
 * The letters of the groups of hosts that something is for; nothing when it is for all. In a tag without a class: a
 * page has hundreds.
 */
function onlyFor(letters: readonly string[]): Markup | undefined {
  return letters.length === 0 ? undefined : html`<i>${letters.join(' ')}</i> `
}
