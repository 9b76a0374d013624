const ELLIPSIS = '…';

/** The mark for what cannot be shown. */
const MARK = '\ufffd';

/** Matches text that shows nothing. */
const UNSEEN = /^[\p{Z}\p{Default_Ignorable_Code_Point}]*$/u;

/**
 * Text from a vendor or a person, made safe to stand in one line of our own: control characters become a
 * visible mark, and so does a text of which nothing would be seen; characters that turn the reading direction are taken out;
 * it ends after `limit` characters. An empty text stays empty.
 */
export function displayText(text: string, limit = 120): string {
  const plain = text
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/[\p{Cc}\u2028\u2029]/gu, MARK);
  if (text !== '' && UNSEEN.test(plain)) return MARK;
  const characters = Array.from(plain);
  return characters.length <= limit ? plain : characters.slice(0, limit - 1).join('') + ELLIPSIS;
}

/**
 * The same text without what VS Code makes a link, `[text](target)`, or an icon, `$(name)`, of in messages, inputs and lists: a
 * blank parts each opening. Nothing else of the text changes.
 */
export function withoutMarks(text: string): string {
  return text.replace(/\](?=\()/gu, '] ').replace(/\$(?=\()/gu, '$ ');
}

/** A name as it stands in a line of the log: nothing in it begins another line, and it ends after 60 characters. */
export function quoted(name: string): string {
  return JSON.stringify(displayText(name, 60));
}

/**
 * An id as the vendor gave it, to be pasted anywhere, but for control characters and the ends of lines: in a terminal they
 * would run what stands before them.
 */
export function idText(id: string): string {
  return id.replace(/[\p{Cc}\u2028\u2029]/gu, '');
}
