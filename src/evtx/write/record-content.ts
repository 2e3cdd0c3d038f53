import { type Element, elementNames, elementSize } from './element.ts'
import type { EventDescription } from './event-description.ts'
import { type CarriedPayload, payloadElement, shelfOfPayload, visitPayloadValues } from './payload.ts'
import { plainElement } from './plain-event.ts'
import { rootElement, rootForm, shelfOfRoot, visitRootValues } from './root.ts'
import type { TemplateDefinition } from './template-definition.ts'
import { TemplateShelf } from './template-shelf.ts'
import { timeTicks } from './value-bytes.ts'
import { ValueList } from './value-list.ts'

/** A template with the values of one record. */
export interface TemplateInstance {
  readonly definition: TemplateDefinition
  readonly values: ValueList
}

/** A record as Windows writes it: an instance of a root template, and in it one of the payload's template. */
export interface TemplateContent {
  readonly kind: 'template'
  /** Ticks. */
  readonly writtenTime: bigint
  /** Its last value is the payload's fragment, or null without one. */
  readonly root: TemplateInstance
  readonly payload: TemplateInstance | undefined
}

/** A record without template. */
export interface PlainContent {
  readonly kind: 'plain'
  /** Ticks. */
  readonly writtenTime: bigint
  readonly root: Element
  readonly names: ReadonlySet<string>
  /** Bytes of the element in a chunk that has all its names. */
  readonly size: number
}

/** What a record holds, before it has a place in a chunk. */
export type RecordContent = TemplateContent | PlainContent

/** Turns events into the contents of records. Each structure's template is made once and kept. */
export class RecordComposer {
  readonly #roots = new TemplateShelf()
  readonly #payloads = new TemplateShelf()
  readonly #rootValues = new ValueList()
  readonly #payloadValues = new ValueList()

  /**
   * @param number record number, the EventRecordID of an event that brings none
   * @returns borrowed: good until the next call
   * @throws {FormatError} `bad-value`, `bad-size` or `bad-name` for a description that no record can hold
   */
  composeView(event: EventDescription, number: number): RecordContent {
    const writtenTime = timeTicks(event.timeCreated)
    const facts = { number, timeCreated: writtenTime }
    if (event.form === 'plain') {
      const root = plainElement(event, facts)
      const size = elementSize(root, { dependencies: false })
      return { kind: 'plain', writtenTime, root, names: elementNames(root), size }
    }
    const form = rootForm(event)
    const definition = shelfOfRoot(this.#roots, event, form).take(() => rootElement(event, form))
    const values = this.#rootValues
    values.clear()
    visitRootValues(event, form, facts, (value) => values.add(value))
    const root = { definition, values }
    if (event.payload.kind === 'none') {
      values.add({ type: 'null' })
      return { kind: 'template', writtenTime, root, payload: undefined }
    }
    values.addFragment()
    return { kind: 'template', writtenTime, root, payload: this.#payload(event.payload) }
  }

  #payload(payload: CarriedPayload): TemplateInstance {
    const definition = shelfOfPayload(this.#payloads, payload).take(() => payloadElement(payload))
    const values = this.#payloadValues
    values.clear()
    visitPayloadValues(payload, (value) => values.add(value))
    return { definition, values }
  }
}
