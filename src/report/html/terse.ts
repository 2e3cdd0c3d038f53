/** A style or a script, whose bytes a hash allows; what stands between two is markup. */
const OWN_BLOCK = /(<(?:style|script)\b[^>]*>[\s\S]*?<\/(?:style|script)>)/

/** Text holds no `<`, and a value no `>`: `markup.ts` sees to it. */
const TAG = /<[a-z][^>]*>/gi

/** An attribute whose value needs no quotes. Before `/>` it needs a blank: the slash would be part of it. */
const BARE_VALUE = / ([a-z-]+)="([\w#.:%+,-]+)"(?=([ >]|\/>))/gi

/** An attribute of numbers, in which a comma does for a blank. */
const NUMBERS = / (d|viewBox)="([^"]+)"/g

/** A shape of a picture with nothing in it: there, unlike in HTML, a tag may end itself. */
const EMPTY_SHAPE = /<(rect|path|use)\b([^>]*)><\/\1>/g

/** A body that starts where its table does. */
const IMPLIED_BODY = /(?<=<table\b[^>]*>\s*)<tbody>(?=\s*<tr\b)/g

/** Ends that HTML implies, because what follows ends the element as well. */
const IMPLIED_ENDS: readonly RegExp[] = [
  /<\/li>(?=\s*<(?:li\b|\/[uo]l>))/g,
  /<\/p>(?=\s*<(?:(?:p|pre|ul|ol|dl|div|section|article|table|details|h[1-6])\b|\/(?:section|article|div|td|li|details)>))/g,
  /<\/d[td]>(?=\s*<(?:d[td]\b|\/d(?:l|iv)>))/g,
  /<\/t[dh]>(?=\s*<(?:t[dh]\b|\/?tr\b|\/t(?:body|head)>))/g,
  /<\/tr>(?=\s*<(?:tr\b|\/t(?:body|head)>))/g,
  /<\/tbody>(?=\s*<(?:tbody\b|\/table>))/g,
]

/** A line that ends before a tag; hosts keep theirs, so that the page still has lines. */
const LINE_END = /\n+(?=<(?!article))/g

/**
 * The same page in fewer bytes: without the quotes, end tags and line ends that HTML does not ask for. A page of many
 * hosts has thousands of them.
 *
 * @param page as the `html` template makes it
 */
export function terse(page: string): string {
  return page
    .split(OWN_BLOCK)
    .map((part, index) => (index % 2 === 1 ? part : terseMarkup(part)))
    .join('')
}

function terseMarkup(text: string): string {
  const shorter = text.replace(EMPTY_SHAPE, '<$1$2/>').replace(IMPLIED_BODY, '')
  const bare = shorter.replace(TAG, (tag) =>
    tag
      .replace(NUMBERS, (_, name, value) => ` ${name}="${value.replaceAll(' ', ',')}"`)
      .replace(BARE_VALUE, (_, name, value, next) => ` ${name}=${value}${next === '/>' ? ' ' : ''}`),
  )
  return IMPLIED_ENDS.reduce((rest, end) => rest.replace(end, ''), bare).replace(LINE_END, '')
}
