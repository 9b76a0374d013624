/** Bytes in UTF-8. File systems allow 255, but some with encryption allow fewer. */
const LONGEST = 140;

/** Characters kept at the end of a long name, where dates and the extension are. */
const KEPT_AT_END = 32;

/** A file name that every file system accepts; what any of them refuses becomes a hyphen. */
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

/** Where the trailing hyphens and dots begin. A regular expression would look for the end from each of them anew. */
function endOf(name: string): number {
  let end = name.length;
  while (end > 0 && '-.'.includes(name.charAt(end - 1))) {
    end -= 1;
  }
  return end;
}
