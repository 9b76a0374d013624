const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Follows a JSON string, byte by byte from after its opening quote. */
export class StringScan {
  #escaped = false;

  /** Takes the next byte, and tells whether it ends the string. */
  endsAt(byte: number): boolean {
    if (this.#escaped) {
      this.#escaped = false;
      return false;
    }
    this.#escaped = byte === BACKSLASH;
    return byte === QUOTE;
  }
}
