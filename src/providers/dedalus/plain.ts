/** Checks of single values that do not say what is wrong: the reader does. */

/** A whole number that a double holds exactly; NaN for anything else. */
export function wholeNumber(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value + 0 : Number.NaN; // −0 would print as "-0"
}

/** Whether it is a list of texts, or undefined. */
export function areTexts(value: unknown): value is readonly string[] | undefined {
  return (
    value === undefined || (Array.isArray(value) && value.every((element) => typeof element === 'string'))
  );
}

/** Whether it equals `texts`, which is a list of texts or undefined. */
export function sameTexts(value: unknown, texts: unknown): boolean {
  if (value === undefined || texts === undefined) {
    return value === texts;
  }
  if (!Array.isArray(value) || !Array.isArray(texts) || value.length !== texts.length) {
    return false;
  }
  for (let at = 0; at < value.length; at += 1) {
    if (value[at] !== texts[at]) {
      return false;
    }
  }
  return true;
}
