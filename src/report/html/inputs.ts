import { listsBy } from '../../bytes/lists-by.ts'
import type { Analysis, Input } from '../../finding/analysis.ts'
import { inputTroubles } from '../input-lines.ts'
import { renderCount, renderSize } from '../quantity.ts'
import { attribute, html, type Markup } from './markup.ts'
import type { PageContext } from './page-context.ts'

/**
 * What was given, folder by folder, what became of it, and what was wrong with it. Of many hosts only the files with
 * something wrong: `report.json` names every one.
 */
export function inputs(analysis: Analysis, { voice, alone }: PageContext): Markup | undefined {
  if (analysis.inputs.length === 0) return undefined
  const troubles = new Map(inputTroubles(analysis, voice).map(({ file, text }) => [file, text]))
  const columns = ['file', 'size', 'records', 'notes']
  const folders = [...byFolder(analysis.inputs)].map(([folder, files]) => {
    return { folder, files, told: alone ? files : files.filter(({ file }) => troubles.has(file)) }
  })
  const shown = folders.filter(({ told }) => told.length > 0)
  const sum = html`${voice.word('page.inputs')} <small>${sumOf(analysis.inputs)}</small>`
  const logs = new Set(analysis.inputs.map(({ file }) => file))
  const hives = [...troubles].filter(([file]) => !logs.has(file))
  const notes =
    hives.length > 0 && html`<ul class="notes">${hives.map(([file, note]) => html`<li><b>${file}</b> ${note}`)}</ul>`
  if (shown.length === 0) return html`<section class="inputs"><h2>${sum}</h2>${notes}</section>`
  return html`<details class="inputs fold"${alone && attribute('open', 'open')}><summary>${sum}</summary><table class="plain"><thead><tr>${columns.map(
    (name) => html`<th>${voice.word(`column.${name}`)}`,
  )}</tr></thead>${shown.map(
    ({ folder, files, told }) => html`<tbody>
<tr class="folder"><th scope="rowgroup" colspan="4">${folder} <small>${sumOf(files)}</small>
${told.map((input) => fileRow(input, folder))}</tbody>`,
  )}</table>${notes}</details>`

  function fileRow({ file, size, state, records }: Input, folder: string): Markup {
    const note = troubles.get(file) ?? (state === 'empty' && voice.word('state.empty'))
    return html`<tr><th scope="row">${file.slice(folder.length)}<td>${renderSize(size, voice)}<td>${renderCount(records, voice)}<td>${note}
`
  }

  function sumOf(files: readonly Input[]): string {
    const count = files.length
    const bytes = files.reduce((sum, { size }) => sum + size, 0)
    return `${voice.word('logs', { n: renderCount(count, voice), count })}, ${renderSize(bytes, voice)}`
  }
}

/** The folder ends in its separator; a file that stands in none has the empty one. */
function byFolder(files: readonly Input[]): ReadonlyMap<string, readonly Input[]> {
  return listsBy(files, ({ file }) => file.slice(0, Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1))
}
