/**
 * Part of the page's script: the picture of a host's day. A mark shows its record when it is pointed at, tapped or
 * reached by the keyboard; choosing it chooses its rows in the table, and the other way round.
 */
export const PICTURE_SCRIPT = String.raw`
/** Ties the picture of a host to its table. @param {HTMLElement} host @param {Settings} settings */
function linkHost(host, settings) {
  const figure = host.querySelector('figure.day')
  const holder = host.querySelector('.evidence')
  /** @type {EvidenceTable | undefined} */
  let table
  /** @type {ReturnType<typeof dayPicture> | undefined} */
  let picture
  const loadTable = () => {
    if (!table && holder instanceof HTMLElement) {
      table = evidenceTable(holder, settings, (row, go) => {
        if (row.mark < 0) return
        picture?.choose(row.mark)
        if (go) picture?.go(row.mark)
      })
    }
    return table
  }
  if (figure instanceof HTMLElement) {
    picture = dayPicture(figure, settings, {
      rowOf: (number) => loadTable()?.rowOf(number),
      rowsOf: (mark) => loadTable()?.rowsOf(mark) ?? [],
      choose: (numbers, go) => {
        const fold = holder?.closest('details')
        if (fold && go) fold.open = true
        loadTable()?.show(numbers[0], { go, near: numbers })
      },
    })
  }
  host.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('.rules a') : null
    const number = Number(link?.getAttribute('href')?.split('r')[1] ?? Number.NaN)
    if (!loadTable() || Number.isNaN(number)) return
    event.preventDefault()
    const row = table?.rowOf(number)
    const fold = holder?.closest('details')
    if (fold) fold.open = true
    table?.show(number, { go: true, near: [] })
    if (row && row.mark >= 0) picture?.choose(row.mark)
  })
  // Tables far below are made ready when they come near: a page of many hosts opens at once.
  if (!holder) return
  const watch = new IntersectionObserver((seen) => {
    if (!seen.some(({ isIntersecting }) => isIntersecting)) return
    watch.disconnect()
    loadTable()
  }, { rootMargin: '600px' })
  watch.observe(holder)
}

/**
 * @param {HTMLElement} figure @param {Settings} settings
 * @param {{ rowOf(number: number): Row | undefined, rowsOf(mark: number): number[], choose(numbers: number[], go: boolean): void }} table
 */
function dayPicture(figure, settings, table) {
  const plot = /** @type {SVGSVGElement} */ (figure.querySelector('.plot'))
  const marks = /** @type {SVGAElement[]} */ ([...plot.querySelectorAll('.marks a')])
  const lanes = [...plot.querySelectorAll('svg.marks')].map((lane) => /** @type {SVGAElement[]} */ ([...lane.querySelectorAll('.marks a')]
    .sort((a, b) => middle(a) - middle(b))))
  const tip = element('div', undefined, 'tip')
  tip.setAttribute('role', 'status')
  tip.hidden = true
  figure.append(tip)
  let touched = ''
  /** @type {Map<Element, string[]>} */
  const said = new Map()

  for (const mark of marks) {
    // The tip says it, so the browser need not say it again; its name stays with the mark.
    const title = mark.querySelector('title')
    said.set(mark, (title?.textContent ?? '').split('\n'))
    mark.setAttribute('aria-label', said.get(mark)?.join('. ') ?? '')
    title?.remove()
    mark.setAttribute('tabindex', '-1')
    mark.addEventListener('focus', () => tell(mark))
    mark.addEventListener('blur', () => { tip.hidden = true })
  }
  for (const lane of lanes) lane[0]?.setAttribute('tabindex', '0')

  /** @param {Element} mark */
  function middle(mark) {
    const box = mark.getBoundingClientRect()
    return box.left + box.width / 2
  }

  /** @param {Element} mark */
  function numbersOf(mark) {
    return table.rowsOf(Number(mark.id.split('m')[1]))
  }

  /** @param {Element} mark */
  function tell(mark) {
    const row = table.rowOf(numbersOf(mark)[0])
    const lines = (said.get(mark) ?? []).map((text, line) => element('p', text, line === 0 ? 'what' : ''))
    const says = element('div', undefined, 'fields')
    says.append(...[...(row?.build().cells[4].cloneNode(true).childNodes ?? [])].filter(({ nodeName }) => nodeName !== 'DETAILS'))
        // How many more there are is said last.
    const more = mark.matches('.some, .many') ? lines.splice(-1) : []
    tip.replaceChildren(...lines, says, ...more)
    place(middle(mark), mark.getBoundingClientRect().bottom)
  }

  /** @param {number} x @param {number} y in the viewport */
  function place(x, y) {
    tip.hidden = false
    const around = figure.getBoundingClientRect()
    const left = Math.max(0, Math.min(x - around.left - tip.offsetWidth / 2, around.width - tip.offsetWidth))
    tip.style.left = left + 'px'
    tip.style.top = y - around.top + 4 + 'px'
  }

  /** @param {PointerEvent} event */
  function tellBar(event) {
    const bars = event.target instanceof SVGPathElement && event.target.matches('.bars path') ? event.target : null
    const frame = bars?.ownerSVGElement
    if (!bars || !frame) return false
    const box = frame.getBoundingClientRect()
    const step = 30 * 60 * 1000
    const bucket = Math.floor(((event.clientX - box.left) / box.width) * frame.viewBox.baseVal.width)
    const all = [...(bars.getAttribute('d') ?? '').matchAll(/M(\d+) 0v-(\d+)/g)]
    const which = all.findIndex(([, start]) => Number(start) === bucket)
    const height = all[which]?.[2]
    const { counts, most = 1 } = bars.dataset
    const count = counts?.split(' ')[which] ?? (height && Math.round((Number(height) / 20) * Number(most)))
    if (count === undefined) return false
    const from = (Number(plot.dataset.from) + bucket) * step
    const blanks = { lane: figure.querySelectorAll('.names b')[Number(bars.dataset.lane)]?.textContent ?? '', n: grouped(Number(count), settings), time: fill(settings.date, partsOf(from)), from: partsOf(from).clock.slice(0, 5), to: partsOf(from + step).clock.slice(0, 5) }
    tip.replaceChildren(element('p', fill(settings.words.bar, blanks), 'what'))
    place(event.clientX, bars.getBoundingClientRect().bottom)
    return true
  }

  plot.addEventListener('pointermove', (event) => {
    const mark = event.target instanceof Element ? event.target.closest('.marks a') : null
    if (mark) tell(mark)
    else if (!tellBar(event)) tip.hidden = !plot.contains(document.activeElement)
  })
  plot.addEventListener('pointerleave', () => { tip.hidden = true })
  plot.addEventListener('pointerdown', (event) => { touched = event.pointerType })
  plot.addEventListener('click', (event) => {
    const mark = event.target instanceof Element ? event.target.closest('.marks a') : null
    if (!mark) return
    event.preventDefault()
    // A finger has no way to point: the first tap tells, the second goes to the row.
    const go = touched !== 'touch' || mark.classList.contains('chosen')
    touched = ''
    choose(mark)
    table.choose(numbersOf(mark), go)
    if (!go) tell(mark)
  })
  plot.addEventListener('keydown', (event) => {
    const mark = document.activeElement
    const lane = lanes.findIndex((each) => each.some((other) => other === mark))
    const next = nextMark(event.key, lane, mark)
    if (event.key === 'Escape') tip.hidden = true
    if (!next) return
    event.preventDefault()
    next.focus()
  })

  /** @param {string} key @param {number} lane @param {Element | null} mark @returns {SVGAElement | undefined} */
  function nextMark(key, lane, mark) {
    const own = lanes[lane]
    if (!own || !mark) return undefined
    const place = own.findIndex((each) => each === mark)
    if (key === 'ArrowRight') return own[place + 1]
    if (key === 'ArrowLeft') return own[place - 1]
    if (key === 'Home') return own[0]
    if (key === 'End') return own[own.length - 1]
    const other = key === 'ArrowDown' ? lanes[lane + 1] : key === 'ArrowUp' ? lanes[lane - 1] : undefined
    const x = middle(mark)
    return other && [...other].sort((a, b) => Math.abs(middle(a) - x) - Math.abs(middle(b) - x))[0]
  }

  /** @param {Element} mark */
  function choose(mark) {
    for (const other of marks) other.classList.toggle('chosen', other === mark)
    const lane = lanes.find((each) => each.some((other) => other === mark))
    for (const other of lane ?? []) other.setAttribute('tabindex', other === mark ? '0' : '-1')
  }

  /** @param {number} number */
  function markOf(number) {
    return marks.find((mark) => mark.id.endsWith('m' + number))
  }

  return {
    /** @param {number} number */
    choose(number) {
      const mark = markOf(number)
      if (mark) choose(mark)
    },
    /** @param {number} number */
    go(number) {
      figure.scrollIntoView({ block: 'nearest' })
      markOf(number)?.focus({ preventScroll: true })
    },
  }
}
`
