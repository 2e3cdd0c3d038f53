/**
 * Markdown that is safe to emit. Blocks take only this, and only the functions below make it, so that no text of an
 * event reaches a document unescaped.
 */
export interface Inline {
  readonly markdown: string
}

/** What Markdown (CommonMark, GitHub's tables, mathematics and mentions) gives a meaning to, and what stands for it. */
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '|': '&#124;',
  '@': '&#64;',
}

/** A plain text that reads as itself: no markup, HTML, link or table cell can begin in it. */
export function text(plain: string): Inline {
  const escaped = plain
    .replace(/[\\`*_[\]~#$!]/g, '\\$&')
    .replace(/[&<>|@]/g, (mark) => ENTITIES[mark] ?? mark)
    // GitHub makes a link of a bare address without being asked.
    .replace(/:\/\//g, ':&#47;&#47;')
    .replace(/\bwww\./gi, (found) => `${found.slice(0, -1)}&#46;`)
    // A list, a rule or a heading begins only at the start of a line.
    .replace(/^\s+/, '')
    .replace(/^[-+=]/, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2')
  return { markdown: escaped }
}

/**
 * A plain value in a code span; one that holds a backtick or a pipe, which not every reader can escape there, as
 * `text`.
 */
export function code(plain: string): Inline {
  if (plain.trim() === '') return { markdown: '' }
  return /[`|]/.test(plain) ? text(plain) : { markdown: `\`${plain.trim()}\`` }
}

/** In bold. */
export function strong(inline: Inline): Inline {
  return { markdown: `**${inline.markdown}**` }
}

/** One behind the other, with `separator`, which is ours, between them. */
export function join(parts: readonly Inline[], separator: ' ' | ', ' | ' · ' | '; ' = ' '): Inline {
  return { markdown: parts.map(({ markdown }) => markdown).join(separator) }
}

/** A link to a heading of the same document, by the name that GitHub gives it. */
export function linkTo(title: string): Inline {
  const anchor = title
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')
  return { markdown: `[${text(title).markdown}](#${anchor})` }
}

/** A heading. */
export function heading(level: 1 | 2 | 3 | 4, inline: Inline): string {
  return `${'#'.repeat(level)} ${inline.markdown}`
}

/** A list with bullets. */
export function bullets(items: readonly Inline[]): string {
  return items.map(({ markdown }) => `- ${markdown}`).join('\n')
}

/** A table; every row has as many cells as the head. */
export function table(head: readonly Inline[], rows: readonly (readonly Inline[])[]): string {
  const line = (cells: readonly Inline[]) => `| ${cells.map(({ markdown }) => markdown).join(' | ')} |`
  return [line(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(line)].join('\n')
}

/** Plain lines in a fence that none of them can close, behind `indent` blanks. */
export function fenced(lines: readonly string[], indent = 0): string {
  const longest = Math.max(2, ...lines.flatMap((line) => (line.match(/`+/g) ?? []).map((run) => run.length)))
  const fence = '`'.repeat(longest + 1)
  return [`${fence}text`, ...lines, fence].map((line) => `${' '.repeat(indent)}${line}`).join('\n')
}
