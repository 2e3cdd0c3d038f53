import type { Remediation } from '../finding/finding.ts'
import { labelled, type Page, paragraph } from './page.ts'

/** One way to repair: its title, what it risks, numbered steps, each command alone on a line and never wrapped, and the way back. */
export function repairLines(remediation: Remediation, page: Page): string[] {
  const { voice } = page
  const where = voice.word(`repair.${remediation.where}`)
  const lines = paragraph(page, 2, `${where}: ${voice.say(remediation.title)}`).map((line) =>
    page.paint('heading', line),
  )
  const labels = { risk: voice.word('risk'), rollback: voice.word('rollback') }
  const width = Math.max(labels.risk.length, labels.rollback.length)
  if (remediation.risk) {
    const label = { text: labels.risk, indent: 4, width, role: 'warning' as const }
    lines.push(...labelled(page, label, voice.say(remediation.risk)))
  }
  const numberWidth = String(remediation.steps.length).length
  for (const [index, step] of remediation.steps.entries()) {
    const label = { text: String(index + 1).padStart(numberWidth), indent: 4, width: numberWidth }
    lines.push(...labelled(page, label, voice.say(step.text)))
    if (step.command !== undefined) {
      lines.push(`${' '.repeat(4 + numberWidth + 2)}${page.paint('command', step.command)}`)
    }
  }
  if (remediation.rollback) {
    lines.push(...labelled(page, { text: labels.rollback, indent: 4, width }, voice.say(remediation.rollback)))
  }
  return lines
}
