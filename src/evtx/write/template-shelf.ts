import type { Element } from './element.ts'
import { defineTemplate, type TemplateDefinition } from './template-definition.ts'

/** What tells two structures apart: a text, a type, or that something is not there. */
type Mark = string | number | undefined

/**
 * Templates that were made already, found by the marks of their structure one after another. A step is a look-up of a
 * text that is hashed already; building one long key a record took a tenth of the time to write a log.
 */
export class TemplateShelf {
  #definition: TemplateDefinition | undefined
  readonly #next = new Map<Mark, TemplateShelf>()

  next(mark: Mark): TemplateShelf {
    let shelf = this.#next.get(mark)
    if (shelf === undefined) {
      shelf = new TemplateShelf()
      this.#next.set(mark, shelf)
    }
    return shelf
  }

  /** The template that stands here, made of the element when it is asked for the first time. */
  take(root: () => Element): TemplateDefinition {
    this.#definition ??= defineTemplate(root())
    return this.#definition
  }
}
