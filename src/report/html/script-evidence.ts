/**
 * Part of the page's script: the table of evidence of one host. Rows are those of the page, or, where there are more,
 * the data beside it, of which so many are made at a time (`evidence-table.ts` says how they are packed).
 */
export const EVIDENCE_SCRIPT = `
/**
 * @typedef {{ number: number, role: string, mark: number, scenario: string, keys: (string | number)[], text: () => string, build: () => HTMLTableRowElement }} Row
 *   what a search looks at is in lower case
 * @typedef {{ rowOf(number: number): Row | undefined, rowsOf(mark: number): number[], show(number: number, how: { go: boolean, near: number[] }): void }} EvidenceTable
 */

/**
 * @param {HTMLElement} holder @param {Settings} settings
 * @param {(row: Row, go: boolean) => void} onChoose
 * @returns {EvidenceTable}
 */
function evidenceTable(holder, settings, onChoose) {
  const host = holder.dataset.host ?? ''
  const table = /** @type {HTMLTableElement} */ (holder.querySelector('table'))
  const body = table.tBodies[0]
  if (!table.tHead) {
    const heads = table.createTHead().insertRow()
    heads.append(...settings.heads.map((name) => element('th', name)))
  }
  const packed = packedRows()
  const ofHost = packed?.hosts[host]
  const rows = packed && ofHost ? unpack(packed, ofHost, host, settings) : [...body.rows].map(fromPage)
  const { tools, find, output, pager, back, on, selects } = evidenceTools(rows, settings)
  table.before(tools)
  let found = rows
  let sorting = { column: 1, up: true }
  let page = 0
  /** @type {number[]} */
  let near = []
  let chosen = -1

  function render() {
    const pages = Math.max(1, Math.ceil(found.length / settings.pageRows))
    page = Math.max(0, Math.min(page, pages - 1))
    const start = page * settings.pageRows
    const shown = found.slice(start, start + settings.pageRows)
    body.replaceChildren(...shown.map((row) => {
      const made = row.build()
      made.classList.toggle('chosen', row.number === chosen)
      made.classList.toggle('near', row.number !== chosen && near.includes(row.number))
      return made
    }))
    const blanks = { n: grouped(found.length, settings), all: grouped(rows.length, settings), from: grouped(start + 1, settings), to: grouped(start + shown.length, settings) }
    const word = found.length === 0 ? 'no-match' : found.length > shown.length ? 'count' : found.length < rows.length ? 'count-of' : ''
    output.textContent = word === '' ? '' : fill(settings.words[word], blanks)
    pager.hidden = pages === 1
    back.disabled = page === 0
    on.disabled = page === pages - 1
  }

  function filter() {
    const wanted = find.value.trim().toLowerCase()
    const role = selects.find(({ name }) => name === 'role')?.value ?? ''
    const scenario = selects.find(({ name }) => name === 'scenario')?.value ?? ''
    found = rows.filter((row) =>
      (role === '' || row.role === role) && (scenario === '' || row.scenario === scenario) && (wanted === '' || row.text().includes(wanted)))
    const { column, up } = sorting
    if (column !== 1 || !up) found = found.sort((a, b) => (compare(a.keys[column], b.keys[column]) || a.number - b.number) * (up ? 1 : -1))
    page = 0
    render()
  }

  sortByHeads(table, settings, (column, up) => {
    sorting = { column, up }
    filter()
  })
  const timeHead = table.tHead?.rows[0]?.cells[1]
  if (timeHead) timeHead.ariaSort = 'ascending'
  let waiting = 0
  tools.addEventListener('input', () => {
    cancelAnimationFrame(waiting)
    waiting = requestAnimationFrame(filter)
  })
  back.addEventListener('click', () => { page--; render() })
  on.addEventListener('click', () => { page++; render() })
  body.addEventListener('click', (event) => {
    if (!(event.target instanceof Element) || getSelection()?.toString()) return
    const line = event.target.closest('tr')
    const row = rows.find(({ number }) => line?.id === 'h' + host + 'r' + number)
    if (!row) return
    const isLink = event.target.closest('a') !== null
    if (isLink) event.preventDefault()
    choose(row.number, [])
    onChoose(row, isLink)
  })

  /** @param {number} number @param {number[]} around */
  function choose(number, around) {
    chosen = number
    near = around
    for (const line of body.rows) {
      const own = Number(line.id.split('r')[1])
      line.classList.toggle('chosen', own === chosen)
      line.classList.toggle('near', own !== chosen && near.includes(own))
    }
  }

  const bound = holder.querySelector('.bound')
  if (bound instanceof HTMLElement) bound.hidden = true
  if (ofHost) render()
  return {
    rowOf: (number) => rows[number],
    rowsOf: (mark) => rows.filter((row) => row.mark === mark).map(({ number }) => number),
    show(number, { go, near: around }) {
      if (!found.some((row) => row.number === number)) {
        tools.reset()
        filter()
      }
      chosen = number
      near = around
      const wanted = Math.floor(found.findIndex((row) => row.number === number) / settings.pageRows)
      if (wanted !== page) { page = wanted; render() }
      choose(number, around)
      if (!go) return
      const line = document.getElementById('h' + host + 'r' + number)
      line?.scrollIntoView({ block: 'center' })
      const link = line?.querySelector('a')
      if (link) link.focus({ preventScroll: true })
    },
  }
}

/**
 * What one can do with a table: search it, choose a role or a finding, turn pages.
 * @param {Row[]} rows @param {Settings} settings
 */
function evidenceTools(rows, settings) {
  const { words } = settings
  const tools = /** @type {HTMLFormElement} */ (element('form', undefined, 'tools'))
  const find = searchField(words.find)
  const output = element('output')
  const pager = element('span', undefined, 'pager')
  const [back, on] = [[words.back, '‹'], [words.on, '›']].map(([name, text]) => {
    const button = /** @type {HTMLButtonElement} */ (element('button', text))
    button.type = 'button'
    button.ariaLabel = name
    return button
  })
  const choices = /** @type {[string, string, string[][]][]} */ ([
    ['role', words['all-roles'], settings.roles.filter(([role]) => rows.some((row) => row.role === role))],
    ['scenario', words['all-findings'], [...new Set(rows.map(({ scenario }) => scenario))].filter((id) => id !== '').map((id) => [id, id])],
  ])
  const selects = choices.filter(([, , options]) => options.length > 1).map(([name, all, options]) => {
    const select = document.createElement('select')
    select.name = name
    select.ariaLabel = all
    select.append(...[['', all], ...options].map(([value, text]) => new Option(text, value)))
    return select
  })
  pager.append(back, on)
  pager.hidden = true
  tools.append(find, ...selects, output, pager)
  tools.addEventListener('submit', (event) => event.preventDefault())
  return { tools, find, output, pager, back, on, selects }
}

/** The event as Windows writes it, folded. @param {string} xml @param {Settings} settings */
function xmlFold(xml, settings) {
  const fold = element('details')
  const text = element('pre', xml)
  fold.append(element('summary', settings.xml), text)
  copyButton(text, settings)
  return fold
}

/** A name that a line may break between its words. @param {string} name */
function breakable(name) {
  return name.split(/(?<=[a-z])(?=[A-Z])/).flatMap((word, index) => (index > 0 ? [element('wbr'), word] : [word]))
}

/** @type {{ texts: string[], kinds: any[][], hosts: Record<string, string>, xml: Record<string, Record<string, string>> } | undefined} */
let pack

/** Rows that do not stand in the page, read when a table first needs them. */
function packedRows() {
  const data = document.querySelector('script[data-kind="evidence"]')
  if (data && !pack) pack = JSON.parse(data.textContent ?? '')
  return pack
}

/** @param {HTMLTableRowElement} line @param {number} number @returns {Row} */
function fromPage(line, number) {
  const texts = [...line.cells].map((cell) => (cell.textContent ?? '').trim())
  const mark = line.cells[1].querySelector('a')?.getAttribute('href')?.split('m')[1]
  return {
    number,
    role: line.classList[0] ?? '',
    mark: mark === undefined ? -1 : Number(mark),
    scenario: line.cells[2].querySelector('small')?.textContent ?? '',
    keys: [texts[0], number, texts[2], Number.parseInt(texts[3], 10), texts[4], texts[5]],
    text: () => (line.textContent ?? '').toLowerCase(),
    build: () => line,
  }
}

/** @param {NonNullable<typeof pack>} packed @param {string} values @param {string} host @param {Settings} settings @returns {Row[]} */
function unpack({ texts, kinds, xml }, values, host, settings) {
  let now = 0
  // What rows of one kind have in common is looked at once.
  const said = kinds.map(([provider, eventId, says, log, notes, fields]) =>
    [texts[provider] + ' ' + eventId, texts[says], texts[log], ...[...notes, ...fields].map((place) => texts[place])].join(' ').toLowerCase())
  return values.split(';').map((row, number) => {
    const [role, ownMark, since, ownRecord, kind] = row.split(',').map((value) => Number.parseInt(value, 36))
    const [, placed] = row.split('~')
    const mark = Number.isNaN(ownMark) ? -1 : ownMark
    const record = placed === undefined ? String(ownRecord) : texts[Number.parseInt(placed, 36)]
    const [provider, eventId, says, log, notes, fields] = kinds[kind]
    const [name, word] = settings.roles[role]
    const time = (now += since)
    /** @type {HTMLTableRowElement | undefined} */
    let line
    return {
      number,
      role: name,
      mark,
      scenario: texts[notes[0]] ?? '',
      keys: [word, number, texts[provider] + ' ' + eventId, Number.parseInt(record, 10), texts[says], texts[log]],
      text: () => word + ' ' + momentOf(time, settings) + ' ' + record + ' ' + said[kind],
      build: () => (line ??= make()),
    }

    function make() {
      const made = document.createElement('tr')
      made.id = 'h' + host + 'r' + number
      made.className = name
      const cell = (/** @type {(Node | string)[]} */ ...parts) => {
        made.insertCell().append(...parts)
      }
      const link = document.createElement('a')
      link.href = '#h' + host + 'm' + mark
      link.textContent = momentOf(time, settings)
      cell(word)
      cell(mark < 0 ? momentOf(time, settings) : link)
      cell(...breakable(texts[provider]), ' ', element('b', String(eventId)), ...notes.map((/** @type {number} */ note) => element('small', texts[note])))
      cell(record)
      const parts = element('p')
      for (let i = 0; i < fields.length; i += 2) {
        parts.append(element('b', texts[fields[i]]), ' ' + texts[fields[i + 1]] + ' ')
      }
      const whole = xml[host]?.[number]
      cell(texts[says], ...(fields.length > 0 ? [parts] : []), ...(whole === undefined ? [] : [xmlFold(whole, settings)]))
      cell(...breakable(texts[log]))
      return made
    }
  })
}
`
