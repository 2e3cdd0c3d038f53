/**
 * A **plan** is what a template definition becomes, once for a run: data that says how a record of it is written. Two
 * engines run plans to the same bytes: the plain renderer (`plain-renderer.ts`) and the WebAssembly kernel (`kernel/`).
 *
 * A plan belongs to one *dialect* (XML, our JSON, the JSON of `evtx_dump`): all dialects are plans over the same slots.
 *
 * **Slots.** A record's values are never built. Each is a slot of two words: where its bytes stand, and its descriptor as
 * it stands in the instance (`size | type << 16`, size in bytes). A slot that the instance does not bring is null (type
 * 0). The texts of a record without a template are slots as well, of type `LITERAL_TYPE`: its plan is known again by
 * its tokens and names (`plain-shape.ts`).
 *
 * **A plan** is a head and a run of ops, in one memory, on a multiple of 16 bytes, little-endian:
 *
 *     offset  size  field of the head
 *          0     4  nodes: elements, attributes and parts, as the limits of `element.ts` count them
 *          4     4  characters of names and texts, as those limits count them
 *          8     4  bytes that the plan writes at most, values and arrays apart
 *         12     4  uses: how often the slot that is used most is used (at least 1)
 *         16     4  slots: the greatest slot number used, plus one
 *         20     4  flags: ROOT (may be the whole of a record), CHILD (may be the value of a slot), PAYLOAD (JSON: may
 *                   stand between the other members of an event)
 *         24     8  0
 *         32        ops
 *
 *     offset  size  field of an op
 *          0     1  kind
 *          1     1  flags of the kind
 *          2     2  slot
 *          4     4  length of the literal
 *          8     4  next op, bytes from the memory's start
 *         12     4  argument of the kind
 *         16        the literal: UTF-8, escaped for its dialect, zeros up to a multiple of 16
 *
 * Every op first writes its literal, then does what its kind says; so the text between two values costs no op of its
 * own. Literals are copied in words that run over their end: whoever writes keeps `SLACK` bytes free.
 *
 * **Limits.** An instance whose values have V bytes in all makes at most `bytes + uses × MAX_EXPANSION × V` bytes, arrays
 * apart, which are counted item by item. So there is one check of the room for an instance, and none for a value. The
 * same product bounds the characters that `element.ts` counts, so that nothing passes here which would be too much
 * there.
 *
 * **What a plan does not do.** Engines run plans over regular records: templates whose id and size hold, values inside the
 * record, counts within the limits. At anything else, and at what the kinds below call *refused*, an engine takes back
 * what it wrote of the record and gives it to the tree (`element.ts`), which knows every quirk and tells damage. A
 * definition that a dialect cannot put into a plan (a name that occurs twice, an attribute made of several slots) has
 * the plan `REFUSED`. So engines cannot disagree about damage: one alone judges it.
 *
 * What the ops of JSON leave behind in the object that is open is a stack of positions: an object or array whose first
 * member may be missing begins with nothing, each member brings a comma before it, and the end makes the first comma
 * the bracket.
 */

/** Bytes of a plan's head, and of an op before its literal. */
export const HEAD_SIZE = 32
export const OP_SIZE = 16
/** Plans, ops and literals stand on multiples of this. */
export const ALIGNMENT = 16
/** Bytes that a writer may touch behind what it writes. */
export const SLACK = 64
/** Most bytes of output, or characters of text, for a byte of a value: `\u0000` for a byte of ANSI text. */
export const MAX_EXPANSION = 6

/** Words of the head, from the plan's first. */
export const HEAD_NODES = 0
export const HEAD_CHARACTERS = 1
export const HEAD_BYTES = 2
export const HEAD_USES = 3
export const HEAD_SLOTS = 4
export const HEAD_FLAGS = 5
/** Words of an op, from its first. */
export const OP_KIND = 0
export const OP_LENGTH = 1
export const OP_NEXT = 2
export const OP_ARGUMENT = 3

/** Flags of a head. */
export const ROOT = 1
export const CHILD = 2
export const PAYLOAD = 4

/** The plan of a definition that the dialect cannot put into one. */
export const REFUSED = 0

/** Type of a slot that is a literal text: a string whose trailing zeros count. No value has it. */
export const LITERAL_TYPE = 0x100
/**
 * Type of a slot that is a literal text with entity references in it. Its words are the first of its parts, which are
 * slots as well, bytes from the memory's start, and their count (`count | type << 16`). A part is a literal, or of type
 * null with the character that an entity means in the place of its bytes.
 */
export const PARTS_TYPE = 0x101
/** Declared type of a slot that is known to have a text; no type on disk is so great. */
export const CERTAIN_TEXT = 0x100
/** "No slot." */
export const NO_SLOT = 0xffff

/*
 * Kinds of all dialects.
 */

/** The plan ends. */
export const END = 0
/** Nothing but the literal. */
export const LITERAL = 1
/**
 * Goes on at the op at `argument` when the slot is null: what is between depends on it. As many bytes of the literal
 * there as the flags say belong to that too, and are left out.
 */
export const SKIP_IF_NULL = 2

/*
 * Kinds of XML. Text is escaped and cut at its first zero; what XML cannot carry becomes U+FFFD.
 */

/**
 * The value as content of an element. A value of type BinXML is an instance or a bare fragment, run in its place.
 *
 * An array repeats the element around it. The argument is then `start | end << 16`: so many bytes at the end of this
 * literal are the start tag, and so many at the begin of the next op's are the end tag. With the argument 0 an array is
 * refused.
 */
export const XML_VALUE = 3
/**
 * The value in an attribute, and a closing quote. Without a value (also: an empty one) the last `argument` bytes of the
 * literal are taken back, which are the attribute's name. An array is refused, and a text with an apostrophe.
 */
export const XML_ATTRIBUTE = 4

/**
 * The value as above, of an element that depends on the slot that is all it holds: for a null slot its tags, which the
 * argument tells, are taken back and left out.
 */
export const XML_OPTIONAL = 14

/*
 * Kinds of the JSON dialects. How a type is written differs between them: see `json-value.ts`.
 */

/**
 * The value, in quotes where its type wants them. For a null slot there is `null`, or `""` with `NULL_IS_TEXT`; for an
 * empty text `""`, or `null` with `EMPTY_IS_NULL`. With `NUMBER` a text that is exactly a number becomes one.
 *
 * A BinXML value is refused, or with `OBJECT` an object of its element. An array is refused, or with `REPEAT` an array
 * of JSON; of one item, the item alone, and of none, an empty text.
 */
export const JSON_VALUE = 5
/** The value as above, if it is not null or empty: else the last `argument` bytes of the literal are taken back. */
export const JSON_MEMBER = 6
/** The value as in `JSON_VALUE`; for a null slot the last `argument` bytes of the literal are taken back. */
export const JSON_OPTIONAL = 15
/** An object or array begins right behind the literal: its position is pushed. */
export const OPEN = 7
/**
 * The object that was opened last ends. Without members: `null`, `""` with `NULL_IS_TEXT`, or `{}` with
 * `EMPTY_IS_OBJECT`.
 */
export const CLOSE_OBJECT = 8
/**
 * What was written since the member with the flag `FIRST` is the attributes of an element, and the slot its content.
 *
 * With attributes, and unless the value is null or empty, it is the member `#text` of that object; with `WRAPPED` the
 * attributes end first, and it is a member of the object around them. Without attributes the `argument` bytes before
 * their object are taken back as well, and the value stands alone. The slot `NO_SLOT` is no content: `null`, or `""`
 * with `NULL_IS_TEXT`. Arrays and BinXML are refused.
 */
export const CLOSE_ATTRIBUTES = 9
/**
 * A slot between the members of an event. The element of a BinXML value becomes a member, with a comma before it. For a
 * null slot there is `,"#text":null` with `TEXT_IS_NULL`, else nothing. Any other value is refused.
 */
export const JSON_CHILDREN = 10
/**
 * One item of the array that was opened last, with a comma before it; an array as many. Flags and refusals as above.
 */
export const JSON_ITEM = 11
/** The literal was an item, its comma with it: it is counted. */
export const COUNT_ITEM = 12
/**
 * The array that was opened last ends; one item stands without brackets with `SINGLE_IS_BARE`. With `WRAPPED` a brace
 * follows. Without items the `argument` bytes before it are taken back, and nothing follows.
 */
export const CLOSE_ITEMS = 13

/** Flags of JSON kinds. */
export const NULL_IS_TEXT = 1
export const EMPTY_IS_NULL = 2
export const NUMBER = 4
export const OBJECT = 8
export const REPEAT = 16
export const WRAPPED = 32
export const SINGLE_IS_BARE = 64
export const TEXT_IS_NULL = 64
export const EMPTY_IS_OBJECT = 64
/** Of `JSON_MEMBER`: the attributes begin with it that the next `CLOSE_ATTRIBUTES` ends. */
export const FIRST = 128

/** How records are written. `json` is our own shape, `evtx_dump` that of the program. */
export type Dialect = 'xml' | 'json' | 'evtx_dump'
