/**
 * Part of the page's script: words, tables that sort by their heads and filter by a field, and buttons that copy.
 * JavaScript; types stand in comments and are checked by a test.
 */
export const TABLE_SCRIPT = String.raw`
/**
 * @typedef {{ pageRows: number, xml: string, heads: string[], roles: [string, string][], words: Record<string, string>, digitGroup: string, point: string, date: string }} Settings
 */

/** @param {string} template @param {Record<string, string>} blanks */
function fill(template, blanks) {
  return template.replace(/\{(\w+)\}/g, (whole, name) => blanks[name] ?? whole)
}

/** @param {number} count @param {Settings} settings */
function grouped(count, settings) {
  return String(count).replace(/\B(?=(\d{3})+$)/g, settings.digitGroup)
}

/** Milliseconds since 1970 as year, month, day and clock. @param {number} ms */
function partsOf(ms) {
  const [, year = '', month = '', day = '', clock = ''] = /^[+]?0*(\d{4,})-(\d\d)-(\d\d)T(.*)Z$/.exec(new Date(ms).toISOString()) ?? []
  return { year, month, day, clock }
}

/** A time as the page writes it. @param {number} ms @param {Settings} settings */
function momentOf(ms, settings) {
  const parts = partsOf(ms)
  return fill(settings.date, parts) + ' ' + parts.clock.replace('.', settings.point)
}

/** @param {string} name @param {string} [text] @param {string} [className] */
function element(name, text, className) {
  const made = document.createElement(name)
  if (text !== undefined) made.textContent = text
  if (className) made.className = className
  return made
}

/** @param {string} name */
function searchField(name) {
  const find = document.createElement('input')
  find.type = 'search'
  find.placeholder = name
  find.ariaLabel = name
  find.autocomplete = 'off'
  find.spellcheck = false
  return find
}

/**
 * Makes the heads of a table buttons.
 * @param {HTMLTableElement} table
 * @param {Settings} settings
 * @param {(column: number, up: boolean) => void} sort
 */
function sortByHeads(table, settings, sort) {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])]
  heads.forEach((head, column) => {
    if (head.dataset.plain) return
    const button = element('button', head.textContent ?? '')
    button.title = fill(settings.words.sort, { column: head.textContent ?? '' })
    head.replaceChildren(button)
    button.addEventListener('click', () => {
      const up = head.ariaSort !== 'ascending'
      for (const other of heads) other.ariaSort = null
      head.ariaSort = up ? 'ascending' : 'descending'
      sort(column, up)
    })
  })
}

/** @param {string | number} a @param {string | number} b */
function compare(a, b) {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a).localeCompare(String(b), document.documentElement.lang, { numeric: true })
}

/** A table whose rows all stand in the page. @param {HTMLTableElement} table @param {Settings} settings */
function plainTable(table, settings) {
  const body = table.tBodies[0]
  const rows = [...body.rows]
  const ranks = new Map(rows.map((row, rank) => [row, rank]))
  /** @param {HTMLTableRowElement} row @param {number} column */
  const key = (row, column) => {
    if (table.tHead?.rows[0].cells[column].dataset.ranked) return ranks.get(row) ?? 0
    const cell = row.cells[column]
    return cell.dataset.key === undefined ? (cell.textContent ?? '') : Number(cell.dataset.key)
  }
  sortByHeads(table, settings, (column, up) => {
    rows.sort((a, b) => compare(key(a, column), key(b, column)) * (up ? 1 : -1))
    body.append(...rows)
  })
  if (rows.length < 8) return
  const tools = element('form', undefined, 'tools')
  const find = searchField(settings.words['find-host'])
  const output = element('output')
  tools.append(find, output)
  table.before(tools)
  tools.addEventListener('submit', (event) => event.preventDefault())
  find.addEventListener('input', () => {
    const wanted = find.value.trim().toLowerCase()
    let shown = 0
    for (const row of rows) {
      row.hidden = !(row.textContent ?? '').toLowerCase().includes(wanted)
      if (!row.hidden) shown++
    }
    output.textContent = wanted === '' ? '' : fill(settings.words['count-of'], { n: String(shown), all: String(rows.length) })
  })
}

/** A button that copies a command whole. @param {HTMLElement} command @param {Settings} settings */
function copyButton(command, settings) {
  const text = command.textContent ?? ''
  const button = element('button', settings.words.copy, 'copy')
  button.setAttribute('type', 'button')
  button.setAttribute('aria-live', 'polite')
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer
  /** @param {string} word */
  const say = (word) => {
    button.textContent = word
    clearTimeout(timer)
    timer = setTimeout(() => { button.textContent = settings.words.copy }, 2000)
  }
  button.addEventListener('click', () => {
    const select = () => {
      getSelection()?.selectAllChildren(command)
      say(document.execCommand('copy') ? settings.words.copied : settings.words.select)
    }
    if (!navigator.clipboard) return select()
    navigator.clipboard.writeText(text).then(() => say(settings.words.copied), select)
  })
  const holder = element('div', undefined, 'copyable')
  command.replaceWith(holder)
  holder.append(command, button)
}

/** @param {Settings} settings */
function start(settings) {
  for (const table of document.querySelectorAll('table[data-sortable]')) {
    if (table instanceof HTMLTableElement) plainTable(table, settings)
  }
  for (const command of document.querySelectorAll('pre')) {
    if (command instanceof HTMLElement) copyButton(command, settings)
  }
  for (const host of document.querySelectorAll('article.host')) {
    if (host instanceof HTMLElement) linkHost(host, settings)
  }
  addEventListener('beforeprint', () => {
    for (const figure of document.querySelectorAll('.tip')) figure.remove()
  })
}
`
