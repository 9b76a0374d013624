import { StringScan } from './stringScan';

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** Searches byte by byte for where list elements end, over any number of calls; reads no byte twice. */
export class BorderSearch {
  #at = 0;
  #depth = 0;
  #inString = false;
  readonly #string = new StringScan();

  /**
   * @param bytes from the beginning of an element on; those of the last call, and more
   * @returns the place of the last `,` between elements, or of the `]` after them; −1 if none has come. For a `}` that was
   * never opened, the place after it, so that the bytes before are not an element.
   */
  find(bytes: Uint8Array): number {
    let border = -1;
    for (; this.#at < bytes.length; this.#at += 1) {
      const byte = bytes[this.#at] ?? 0;
      if (this.#inString) {
        this.#inString = !this.#string.endsAt(byte);
      } else if (this.#depth === 0 && byte === CLOSE_LIST) {
        return this.#at;
      } else if (this.#depth === 0 && byte === CLOSE_OBJECT) {
        return this.#at + 1;
      } else if (this.#depth === 0 && byte === COMMA) {
        border = this.#at;
      } else if (byte === QUOTE) {
        this.#inString = true;
      } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
        this.#depth += 1;
      } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
        this.#depth -= 1;
      }
    }
    return border;
  }
}
