/** Begins a formula; spreadsheets of the Far East take the wide forms as well. */
const SIGN = String.raw`[=+\-@＝＋－＠]`;

/** Blank and invisible characters, which a spreadsheet may skip before it looks for a formula. */
const BLANK = String.raw`\s\p{Cc}\p{Cf}`;

const BEGINS_BADLY = new RegExp(String.raw`^[${BLANK}]*(?:${SIGN}|[\t\r\n])`, 'u');

const GAP_AND_SIGN = new RegExp(String.raw`([;${BLANK}]+)(${SIGN}?)`, 'gu');

/** Ends a cell for some: many countries separate by semicolons, and then quotes around a cell do not protect it. */
const ENDS_CELL = /[;\t\r\n]/u;

/**
 * Text that a spreadsheet would run as a formula when it is pasted or opened, made plain text by an apostrophe in front.
 * For names that others chose; numbers that we write ourselves stay as they are.
 */
export function neutralise(text: string): string {
  const safe = text.replace(GAP_AND_SIGN, (found, gap: string, sign: string) =>
    sign !== '' && ENDS_CELL.test(gap) ? `${gap}'${sign}` : found,
  );
  return BEGINS_BADLY.test(text) ? `'${safe}` : safe;
}
