/**
 * What the kernel asks of JavaScript. All may throw: the call into the kernel ends then, as at a trap.
 */

/**
 * Writes a floating point number, in its shortest digits.
 *
 * @param size 4 or 8
 * @param json 1: as a JSON value of `evtx_dump`; 2: as one of ours
 * @returns where the text ends
 */
// @ts-ignore: decorator
@external('host', 'writeReal')
export declare function writeReal(address: usize, size: u32, at: usize, json: u32): usize

/**
 * Lets the plain renderer do a record of the chunk.
 *
 * @returns where its text ends
 */
// @ts-ignore: decorator
@external('host', 'writeRecord')
export declare function writeRecord(offset: u32, size: u32, at: usize): usize

/**
 * Makes the text of a group of rows.
 *
 * @param key what the group is known by, JSON
 * @param names where the positions of the names of its host and channel are to be written
 * @param at where the text is to be written
 * @returns bytes of the text; more than `MAX_GROUP_TEXT` where the plain renderer has to do its rows
 */
// @ts-ignore: decorator
@external('host', 'learnGroup')
export declare function learnGroup(key: usize, length: u32, names: usize, at: usize): u32
