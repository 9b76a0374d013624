const ELLIPSIS = '…';

/**
 * Widths of characters in DejaVu Sans of 13 px, in CSS pixels, rounded up: the widest font that VS Code's interface has on any
 * system. The first line that matches counts.
 */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/['ijlIJ]/u, 3.8],
  [/[ ,.:;|/\\·]/u, 4.4],
  [/[-()[\]tfr!]/u, 5.3],
  [/[szc?_*`–]/u, 7.2],
  [/[mMW%@—…\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\uff01-\uff60]/u, 13],
  [/[#+<=>^~≈≥w]/u, 10.9],
  [/[A-Z&]/u, 10.2],
  [/\p{Emoji_Presentation}/u, 18],
  // What stands on the character before it, and what shows nothing.
  [/[\p{M}\p{Default_Ignorable_Code_Point}]/u, 0],
  [/[\u0080-\uffff]/u, 11.7],
];

const OTHERS = 8.3;

/** By code, of the characters of nearly all names. */
const ascii: (number | undefined)[] = Array.from({ length: 128 });

/** At most how wide a text is in the sidebar, in CSS pixels. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    width += characterWidth(character);
  }
  return width;
}

/** Keeps the beginning and the end of a name, in which machines of one kind differ, within a width, but `least` characters. */
export function cutInMiddle(text: string, width: number, least: number): string {
  const whole = textWidth(text);
  if (whole <= width) return text;
  const characters = Array.from(text);
  const count = characters.length;
  if (count <= least) return text;
  /** The width of the characters before each. */
  const before = [0];
  for (const character of characters) {
    before.push((before.at(-1) ?? 0) + characterWidth(character));
  }
  for (let kept = count - 1; ; kept -= 1) {
    const start = Math.floor(kept * 0.3);
    const end = count - (kept - start);
    const cut = (before[start] ?? 0) + characterWidth(ELLIPSIS) + whole - (before[end] ?? 0);
    if (cut <= width || kept < least) {
      return characters.slice(0, start).join('') + ELLIPSIS + characters.slice(end).join('');
    }
  }
}

function characterWidth(character: string): number {
  const code = character.charCodeAt(0);
  return code < ascii.length ? (ascii[code] ??= widthOf(character)) : widthOf(character);
}

function widthOf(character: string): number {
  return WIDTHS.find(([pattern]) => pattern.test(character))?.[1] ?? OTHERS;
}
