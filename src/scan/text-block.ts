/** Bytes a block begins with. */
const FIRST_SIZE = 1024 * 1024

/**
 * Collects texts as UTF-8 in one growing buffer. Texts that are only joined at the end live long enough for the garbage
 * collector to move them about: that took a third of the time of a dump.
 */
export class TextBlock {
  #bytes = Buffer.allocUnsafeSlow(FIRST_SIZE)
  #length = 0

  /** Appends a text. */
  add(text: string): void {
    // Three bytes are the most that a UTF-16 unit takes.
    const most = this.#length + 3 * text.length
    if (most > this.#bytes.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(most, 2 * this.#bytes.length))
      this.#bytes.copy(grown, 0, 0, this.#length)
      this.#bytes = grown
    }
    this.#length += this.#bytes.write(text, this.#length)
  }

  /** All there is, in memory of its own: what crosses to another thread takes its whole buffer along. */
  toBytes(): Uint8Array {
    return Uint8Array.prototype.slice.call(this.#bytes, 0, this.#length)
  }
}
