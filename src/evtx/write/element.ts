import { NO_DEPENDENCY } from '../token.ts'

/** Fixed text, written as a string value. */
export interface Text {
  readonly kind: 'text'
  readonly text: string
}

/** A place that a value of the record fills. */
export interface Substitution {
  readonly kind: 'substitution'
  readonly slot: number
  /** A BinXML value type; the record's own type for the value wins over it. */
  readonly type: number
  /** An attribute with a null value is left out, and so is an element that depends on the slot. */
  readonly optional: boolean
}

/** An attribute of an element. */
export interface Attribute {
  readonly name: string
  readonly value: Text | Substitution
}

/** An element as BinXML knows it, before it has a place in a chunk. */
export interface Element {
  readonly kind: 'element'
  readonly name: string
  /**
   * The slot whose null value makes Windows leave the element out; 0xffff for none. Written in template definitions
   * only.
   */
  readonly dependency: number
  readonly attributes: readonly Attribute[]
  /** undefined makes `<x/>`, an empty list `<x></x>`. */
  readonly content: readonly Content[] | undefined
}

/** What may stand inside an element. */
export type Content = Element | Text | Substitution

/** What an element may have besides its name. */
export interface ElementOptions {
  readonly dependency?: number
  readonly attributes?: readonly Attribute[]
  readonly content?: readonly Content[]
}

/** An element; without content it is an empty one. */
export function element(name: string, options: ElementOptions = {}): Element {
  const { dependency = NO_DEPENDENCY, attributes = [], content } = options
  return { kind: 'element', name, dependency, attributes, content }
}

/** An attribute with a fixed text or a record's value. */
export function attribute(name: string, value: string | Substitution): Attribute {
  return { name, value: typeof value === 'string' ? { kind: 'text', text: value } : value }
}

/** Content made of one text: none where it is empty, as Windows writes it. */
export function textContent(text: string): readonly Content[] {
  return text === '' ? [] : [{ kind: 'text', text }]
}

/** A place for a value that may be null. */
export function optional(slot: number, type: number): Substitution {
  return { kind: 'substitution', slot, type, optional: true }
}

/** A place for a value that never is null. */
export function required(slot: number, type: number): Substitution {
  return { kind: 'substitution', slot, type, optional: false }
}

/** Whether elements carry a dependency id, which they do inside template definitions and nowhere else. */
export interface ElementForm {
  readonly dependencies: boolean
}

/** Bytes that an element takes with every name written elsewhere. */
export function elementSize(of: Element, form: ElementForm): number {
  let size = 1 + (form.dependencies ? 2 : 0) + 4 + 4
  if (of.attributes.length > 0) size += 4
  for (const { value } of of.attributes) size += 1 + 4 + contentSize(value, form)
  if (of.content === undefined) return size + 1
  for (const part of of.content) size += contentSize(part, form)
  return size + 2
}

function contentSize(part: Content, form: ElementForm): number {
  if (part.kind === 'element') return elementSize(part, form)
  return part.kind === 'text' ? 4 + 2 * part.text.length : 4
}

/** The distinct names of an element and everything in it, in the order in which they are written. */
export function elementNames(of: Element, into = new Set<string>()): Set<string> {
  into.add(of.name)
  for (const { name } of of.attributes) into.add(name)
  for (const part of of.content ?? []) if (part.kind === 'element') elementNames(part, into)
  return into
}
