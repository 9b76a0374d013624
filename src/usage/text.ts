const ELLIPSIS = '…';

/** The mark for what cannot be shown. */
const MARK = '\ufffd';

/** Matches text that shows nothing. */
const UNSEEN = /^[\p{Z}\p{Default_Ignorable_Code_Point}]*$/u;

/** Matches text that begins with something to see, and has nothing to change. */
const PLAIN = /^[!-~][ -~]*$/;

/**
 * Makes text from a vendor or a person safe to show in one line. Control characters become a visible mark, and so does a text
 * that would be invisible; characters that change the reading direction are removed; the text is cut at `limit` characters.
 * An empty text stays empty.
 */
export function displayText(text: string, limit = 120): string {
  if (text.length <= limit && PLAIN.test(text)) return text; // nearly all texts, and a tree asks for thousands
  const plain = text
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/[\p{Cc}\u2028\u2029]/gu, MARK);
  if (text !== '' && UNSEEN.test(plain)) return MARK;
  const characters = Array.from(plain);
  return characters.length <= limit ? plain : characters.slice(0, limit - 1).join('') + ELLIPSIS;
}

/**
 * Breaks up what VS Code would show as a link, `[text](target)`, or an icon, `$(name)`, in messages, inputs and lists: adds a
 * space inside each opening. The rest of the text stays the same.
 */
export function withoutMarks(text: string): string {
  return text.replace(/\](?=\()/gu, '] ').replace(/\$(?=\()/gu, '$ ');
}

/** A name for a log line: it cannot begin a new line, and is cut at 60 characters. */
export function quoted(name: string): string {
  return JSON.stringify(displayText(name, 60));
}

/**
 * A vendor's id that is safe to paste anywhere: without control characters and line ends, which in a terminal would run the
 * text before them.
 */
export function idText(id: string): string {
  return id.replace(/[\p{Cc}\u2028\u2029]/gu, '');
}
