import { ACE_TYPE, type AccessEntry, type AccessList, type SecurityDescriptor } from './security-descriptor.ts'

/** Two letters for a SID (MS-DTYP 2.5.1.1): those that stand on files and keys of a machine. */
const SID_LETTERS: Readonly<Record<string, string>> = {
  WD: 'S-1-1-0',
  CO: 'S-1-3-0',
  CG: 'S-1-3-1',
  OW: 'S-1-3-4',
  NU: 'S-1-5-2',
  IU: 'S-1-5-4',
  SU: 'S-1-5-6',
  AN: 'S-1-5-7',
  AU: 'S-1-5-11',
  RC: 'S-1-5-12',
  SY: 'S-1-5-18',
  LS: 'S-1-5-19',
  NS: 'S-1-5-20',
  BA: 'S-1-5-32-544',
  BU: 'S-1-5-32-545',
  BG: 'S-1-5-32-546',
  PU: 'S-1-5-32-547',
  SO: 'S-1-5-32-549',
  BO: 'S-1-5-32-551',
  RD: 'S-1-5-32-555',
  AC: 'S-1-15-2-1',
}
const LETTERS_OF_SID = new Map(Object.entries(SID_LETTERS).map(([letters, sid]) => [sid, letters]))

/** Two letters for rights. */
const RIGHTS: Readonly<Record<string, number>> = {
  FA: 0x1f01ff,
  FR: 0x120089,
  FW: 0x120116,
  FX: 0x1200a0,
  KA: 0xf003f,
  KR: 0x20019,
  KW: 0x20006,
  KX: 0x20019,
  GA: 0x10000000,
  GX: 0x20000000,
  GW: 0x40000000,
  GR: 0x80000000,
  SD: 0x10000,
  RC: 0x20000,
  WD: 0x40000,
  WO: 0x80000,
  CC: 0x1,
  DC: 0x2,
  LC: 0x4,
  SW: 0x8,
  RP: 0x10,
  WP: 0x20,
  DT: 0x40,
  LO: 0x80,
  CR: 0x100,
}
/** Rights that are written in letters, others as a number. */
const WRITTEN_RIGHTS = new Map(['FA', 'FR', 'FW', 'FX', 'GA', 'GR', 'GW', 'GX'].map((name) => [RIGHTS[name]!, name]))

const FLAGS: readonly (readonly [string, number])[] = [
  ['OI', 0x01],
  ['CI', 0x02],
  ['NP', 0x04],
  ['IO', 0x08],
  ['ID', 0x10],
  ['SA', 0x40],
  ['FA', 0x80],
]

const TYPES: Readonly<Record<string, number>> = {
  A: ACE_TYPE.allow,
  D: ACE_TYPE.deny,
  OA: ACE_TYPE.allowObject,
  OD: ACE_TYPE.denyObject,
  XA: ACE_TYPE.allowCallback,
  XD: ACE_TYPE.denyCallback,
  ZA: ACE_TYPE.allowCallbackObject,
}
const LETTERS_OF_TYPE = new Map(Object.entries(TYPES).map(([letters, type]) => [type, letters]))

const SID = /^S-1-(\d+)(-\d+)*$/i

/**
 * Parses a security descriptor in its text form: `O:SYG:SYD:PAI(A;;0x12019f;;;WD)(A;;FA;;;BA)`. A system list after it
 * is left out. Letters for a SID that depends on a domain stay letters. Source: MS-DTYP 2.5.1.
 *
 * @returns undefined for a text that is none, or that has rights in letters that are not known here
 */
export function parseSddl(text: string): SecurityDescriptor | undefined {
  const sections = sectionsOf(text.trim())
  if (!sections) return undefined
  const owner = parseSidText(sections.get('O'))
  const group = parseSidText(sections.get('G'))
  const list = sections.get('D')
  const dacl = list === undefined || /^[A-Z]*NO_ACCESS_CONTROL/.test(list) ? undefined : parseList(list)
  if (dacl === 'wrong' || (owner ?? group ?? list) === undefined) return undefined
  return { ...(owner && { owner }), ...(group && { group }), ...(dacl && { dacl }) }
}

/** What stands after `O:`, `G:`, `D:` and `S:` outside of all parentheses. */
function sectionsOf(text: string): ReadonlyMap<string, string> | undefined {
  const sections = new Map<string, string>()
  let letter = ''
  let start = 0
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(') depth++
    else if (text[i] === ')') depth--
    else if (depth === 0 && text[i + 1] === ':' && /[OGDS]/.test(text[i]!)) {
      if (letter !== '') sections.set(letter, text.slice(start, i))
      else if (i > 0) return undefined
      letter = text[i]!
      start = i + 2
    }
  }
  if (letter === '' || depth !== 0) return undefined
  return sections.set(letter, text.slice(start))
}

function parseList(text: string): AccessList | 'wrong' {
  const controls = text.replace(/\(.*/s, '')
  const entries = entriesOf(text.slice(controls.length)).map(parseEntry)
  if (!entries.every((entry) => entry !== undefined)) return 'wrong'
  return { isProtected: controls.includes('P'), isInherited: controls.includes('AI'), entries }
}

/** What stands in the outer parentheses; a condition has its own inside. */
function entriesOf(text: string): readonly string[] {
  const entries: string[] = []
  let depth = 0
  let start = 0
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(' && depth++ === 0) start = i + 1
    if (text[i] === ')' && --depth === 0) entries.push(text.slice(start, i))
  }
  return entries
}

function parseEntry(text: string): AccessEntry | undefined {
  const [typeText = '', flagText = '', rights = '', object = '', , sidText = '', ...condition] = text.split(';')
  const type = TYPES[typeText.trim().toUpperCase()]
  // Audit and label entries neither allow nor deny.
  if (type === undefined) return { effect: 'other', type: -1, flags: 0, mask: 0, sid: '', isConditional: false }
  const sid = parseSidText(sidText)
  const mask = parseRights(rights)
  const flags = parseFlags(flagText)
  if (sid === undefined || mask === undefined || flags === undefined) return undefined
  const effect = /^(A|OA|XA|ZA)$/i.test(typeText.trim()) ? 'allow' : 'deny'
  return { effect, type, flags, mask, sid, isConditional: object.trim() !== '' || condition.length > 0 }
}

function parseSidText(text: string | undefined): string | undefined {
  const plain = text?.trim().toUpperCase()
  if (plain === undefined || SID.test(plain)) return plain
  return /^[A-Z]{2}$/.test(plain) ? (SID_LETTERS[plain] ?? plain) : undefined
}

function parseRights(text: string): number | undefined {
  const plain = text.trim()
  if (/^(0x[0-9a-f]{1,8}|\d{1,10})$/i.test(plain)) return Number(plain) >>> 0
  const pairs = pairsOf(plain)
  const masks = pairs?.map((pair) => RIGHTS[pair])
  return masks?.reduce<number | undefined>((sum, mask) => {
    return sum === undefined || mask === undefined ? undefined : (sum | mask) >>> 0
  }, 0)
}

function parseFlags(text: string): number | undefined {
  return pairsOf(text.trim())?.reduce<number | undefined>((sum, pair) => {
    const bit = FLAGS.find(([letters]) => letters === pair)?.[1]
    return sum === undefined || bit === undefined ? undefined : sum | bit
  }, 0)
}

function pairsOf(text: string): readonly string[] | undefined {
  return text.length % 2 === 0 ? (text.toUpperCase().match(/../g) ?? []) : undefined
}

/** The text form of a security descriptor, without its system list. */
export function renderSddl({ owner, group, dacl }: SecurityDescriptor): string {
  const subject = (letter: string, sid: string | undefined): string =>
    sid === undefined ? '' : `${letter}:${sidText(sid)}`
  const start = `${subject('O', owner)}${subject('G', group)}`
  if (!dacl) return `${start}D:NO_ACCESS_CONTROL`
  return `${start}D:${dacl.isProtected ? 'P' : ''}${dacl.isInherited ? 'AI' : ''}${dacl.entries.map(renderEntry).join('')}`
}

function renderEntry({ effect, type, flags, mask, sid, isConditional }: AccessEntry): string {
  if (effect === 'other') return ''
  const flagText = FLAGS.filter(([, bit]) => (flags & bit) !== 0)
    .map(([letters]) => letters)
    .join('')
  const rights = WRITTEN_RIGHTS.get(mask) ?? `0x${mask.toString(16)}`
  // What a condition says is not read; that there is one is shown.
  const condition = isConditional ? ';(…)' : ''
  return `(${LETTERS_OF_TYPE.get(type) ?? (effect === 'allow' ? 'A' : 'D')};${flagText};${rights};;;${sidText(sid)}${condition})`
}

function sidText(sid: string): string {
  return LETTERS_OF_SID.get(sid) ?? sid
}
