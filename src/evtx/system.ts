import { isElement, type XmlElement } from './element.ts'

/** The System fields every event has, as text; empty where absent. */
export interface SystemText {
  readonly provider: string
  readonly eventId: string
  readonly level: string
  readonly timeCreated: string
  readonly recordId: string
  readonly channel: string
  readonly computer: string
}

/** Takes the System fields out of a decoded event. */
export function systemOf(event: XmlElement): SystemText {
  const system = childOf(event, 'System')
  const text = (name: string) => textOf(childOf(system, name))
  return {
    provider: attributeOf(childOf(system, 'Provider'), 'Name') ?? '',
    eventId: text('EventID'),
    level: text('Level'),
    timeCreated: attributeOf(childOf(system, 'TimeCreated'), 'SystemTime') ?? '',
    recordId: text('EventRecordID'),
    channel: text('Channel'),
    computer: text('Computer'),
  }
}

/** The first child element of a name. */
export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child): child is XmlElement => isElement(child) && child.name === name)
}

/** The value of an attribute; undefined where it is not there. */
export function attributeOf(element: XmlElement | undefined, name: string): string | undefined {
  return element?.attributes.find((attribute) => attribute.name === name)?.value
}

/** All text directly in an element; empty without one. */
export function textOf(element: XmlElement | undefined): string {
  let text = ''
  for (const child of element?.children ?? []) if (!isElement(child)) text += child.text
  return text
}
