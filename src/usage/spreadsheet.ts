/** Begins a formula; East Asian spreadsheets also accept the wide forms. */
const SIGN = String.raw`[=+\-@＝＋－＠]`;

/** Blank and invisible characters, which a spreadsheet may skip before it looks for a formula. */
const BLANK = String.raw`\s\p{Cc}\p{Cf}`;

const BEGINS_BADLY = new RegExp(String.raw`^["${BLANK}]*(?:${SIGN}|[\t\r\n])`, 'u');

/**
 * What may come before a sign. This includes quotes: to a program that separates by other characters than the file does, they
 * are inside a cell, where some programs read them as text and others as the start or end of a quoted part.
 */
const GAP_AND_SIGN = new RegExp(String.raw`([,;"${BLANK}]+)(${SIGN}?)`, 'gu');

/** Ends a cell in some programs, even inside quotes. */
const ENDS_CELL = /[,;\t\r\n]/u;

/** Where a cell would begin with a tab or return that some programs skip. */
const BEGINS_WITH_BLANK = /([,;"\t\r\n])(?=[\t\r])/gu;

/**
 * Puts an apostrophe before text that a spreadsheet would run as a formula when it is pasted or opened. Does the same to every
 * part that would be a separate cell if commas, semicolons or tabs separate cells, quoted or not. For names that others chose;
 * numbers that we write ourselves do not need it.
 */
export function neutralise(text: string): string {
  const safe = text
    .replace(GAP_AND_SIGN, (found, gap: string, sign: string) =>
      sign !== '' && ENDS_CELL.test(gap) ? `${gap}'${sign}` : found,
    )
    .replace(BEGINS_WITH_BLANK, "$1'");
  return BEGINS_BADLY.test(text) ? `'${safe}` : safe;
}
