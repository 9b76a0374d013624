/** In UTF-8: file systems take 255 bytes, some with encryption less. */
const LONGEST = 140;

/** How many characters at the end of a long name stay, as dates and the extension are there. */
const KEPT_AT_END = 32;

/** A name for a file that every file system takes; what one of them refuses becomes a hyphen. */
export function safeFileName(name: string): string {
  const safe = name
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\s\p{C}\p{Z}\\/:*?"<>|\ufffd]+/gu, '-')
    .replace(/-{2,}/gu, '-')
    .replace(/^[-.]+/u, '');
  const characters = Array.from(safe.slice(0, endOf(safe)));
  const end = characters.splice(-KEPT_AT_END).join('');
  const begin = characters.slice(0, LONGEST);
  while (Buffer.byteLength(begin.join('') + end) > LONGEST) {
    begin.pop();
  }
  return begin.join('') + end;
}

/** Where the hyphens and dots at the end begin. An expression would look for the end from each of them anew. */
function endOf(name: string): number {
  let end = name.length;
  while (end > 0 && '-.'.includes(name.charAt(end - 1))) {
    end -= 1;
  }
  return end;
}
