/**
 * HTML that is safe to emit. Blocks of the page take only this, and only this file makes it: text becomes part of a
 * page as text, whatever is in it. A class, so that no value read from a log can pass for one.
 */
class SafeMarkup {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** One attribute with its value, as `attribute` makes it. */
class SafeAttribute extends SafeMarkup {}

/** A piece of a page. */
export type Markup = SafeMarkup
/** What can stand in a blank of `html`; nothing stands for `undefined` and `false`. */
export type Child = Markup | string | number | undefined | false | readonly Child[]

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

/** Attributes that run, load or lead somewhere else: their values are ours, never a blank. */
const ACTIVE = /^(on|style|src|action|formaction|data$|xlink|background|poster|ping|http-equiv|content$)/

/**
 * A template whose blanks hold text, pieces of the page, or lists of them. A blank may stand between tags, within the
 * quotes of an attribute, and, for what `attribute` made, within a tag.
 *
 * @throws {Error} a blank anywhere else, in an attribute that could act, or in an address that leads off the page: a
 * bug of ours
 */
export function html(strings: TemplateStringsArray, ...values: readonly Child[]): Markup {
  const places = placesOf(strings)
  let text = strings[0] ?? ''
  for (const [index, value] of values.entries()) {
    if (places[index] === 'tag') checkAttribute(value)
    text += (places[index] === 'text' ? toText(value) : toValue(value)) + (strings[index + 1] ?? '')
  }
  return new SafeMarkup(text)
}

/** ` name="value"` for a blank within a tag; nothing when there is no value. */
export function attribute(name: string, value: string | number | undefined): Markup | undefined {
  if (!/^[a-z][a-z-]*$/.test(name) || isActive(name, '')) throw new Error(`No attribute to be filled: "${name}"`)
  return value === undefined ? undefined : new SafeAttribute(` ${name}="${escapeValue(String(value))}"`)
}

/** What the page may do, as a Content-Security-Policy; its rules are ours and hold no double quote. */
export function policyElement(rules: readonly string[]): Markup {
  if (rules.some((rule) => rule.includes('"'))) throw new Error('A rule that would end its attribute')
  return new SafeMarkup(`<meta http-equiv="Content-Security-Policy" content="${rules.join('; ')}">`)
}

/** The style of the page; ours, as it stands. */
export function styleBlock(css: string): Markup {
  return ownBlock('style', css)
}

/** The script of the page; ours, as it stands. */
export function scriptBlock(script: string): Markup {
  return ownBlock('script', script)
}

/**
 * Data for the script as JSON. No character of it can end the block or open another, so nothing in it is ever markup.
 */
export function dataBlock(kind: string, data: unknown): Markup {
  const json = JSON.stringify(data).replace(/[<>&\u2028\u2029]/g, (mark) => {
    return `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
  return new SafeMarkup(`<script type="application/json" data-kind="${escapeValue(kind)}">${json}</script>`)
}

function ownBlock(name: 'style' | 'script', text: string): Markup {
  if (/<\/|<!--/.test(text)) throw new Error(`A ${name} that would end its block`)
  return new SafeMarkup(`<${name}>${text}</${name}>`)
}

/** Within quotes; `>` too, so that a tag ends at the first one. */
function escapeValue(text: string): string {
  return text.replace(/[&<>"]/g, (mark) => ENTITIES[mark] ?? mark)
}

/** Between tags, where a quote is a quote. */
function escapeText(text: string): string {
  return text.replace(/[&<>]/g, (mark) => ENTITIES[mark] ?? mark)
}

/** What stands within a tag: its attributes, or the text of one. */
function toValue(value: Child): string {
  return typeof value === 'string' ? escapeValue(value) : toText(value)
}

function toText(value: Child): string {
  if (typeof value === 'string') return escapeText(value)
  if (typeof value === 'number') return String(value)
  if (value === undefined || value === false) return ''
  if (value instanceof SafeMarkup) return value.text
  if (Array.isArray(value)) return value.map(toText).join('')
  throw new Error(`Nothing that can stand in a page: ${typeof value}`)
}

function checkAttribute(value: Child): void {
  if (value !== undefined && value !== false && !(value instanceof SafeAttribute)) {
    throw new Error('A blank within a tag that is no attribute')
  }
}

type Place = 'text' | 'tag' | 'value'

/** Templates are looked at once: their strings are the same object each time. */
const known = new WeakMap<TemplateStringsArray, readonly Place[]>()

function placesOf(strings: TemplateStringsArray): readonly Place[] {
  const before = known.get(strings)
  if (before) return before
  const places: Place[] = []
  let place: Place = 'text'
  let tag = ''
  let name = ''
  let value = ''
  for (const part of strings.slice(0, -1)) {
    for (const character of part) {
      if (place === 'text') {
        if (character === '<') [place, tag, name] = ['tag', '<', '']
      } else if (place === 'value') {
        if (character === '"') [place, name] = ['tag', '']
        else value += character
      } else if (character === '>') place = 'text'
      else if (character === '"') [place, value] = ['value', '']
      else if (/\s/.test(character)) [tag, name] = ['', '']
      else if (tag !== '') tag += character
      else if (character !== '=') name += character
    }
    if (place === 'tag' && (name !== '' || !/^(<\w+)?$/.test(tag)))
      throw new Error(`A blank in a name or beside the quotes of "${tag}${name}"`)
    if (place === 'value' && isActive(name, value)) throw new Error(`A blank in "${name}"`)
    places.push(place)
  }
  known.set(strings, places)
  return places
}

/** True where what fills the value could act; an address within the page (`#…`) cannot. */
function isActive(name: string, value: string): boolean {
  return name === 'href' ? !value.startsWith('#') : ACTIVE.test(name)
}
