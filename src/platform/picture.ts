const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** In bytes; a chart on a large screen takes less than a twentieth of it. */
const LARGEST = 20 * 1024 ** 2;

/** Whether bytes from the page, which is not trusted, are a PNG picture of at most 20 MB. */
export function isPicture(bytes: Uint8Array): boolean {
  return bytes.length <= LARGEST && PNG_SIGNATURE.every((byte, index) => bytes[index] === byte);
}
