/** Begins a formula; spreadsheets of the Far East take the wide forms as well. */
const SIGN = String.raw`[=+\-@＝＋－＠]`;

/** Blank and invisible characters, which a spreadsheet may skip before it looks for a formula. */
const BLANK = String.raw`\s\p{Cc}\p{Cf}`;

const BEGINS_BADLY = new RegExp(String.raw`^["${BLANK}]*(?:${SIGN}|[\t\r\n])`, 'u');

/**
 * What may stand before a sign. Quotes do: for who separates by other characters than the file does, they stand in the
 * middle of a cell, where some take them for letters and others for the beginning or the end of a quoted part.
 */
const GAP_AND_SIGN = new RegExp(String.raw`([,;"${BLANK}]+)(${SIGN}?)`, 'gu');

/** Ends a cell for some, quotes or not. */
const ENDS_CELL = /[,;\t\r\n]/u;

/** Where a cell would begin with what some programs skip. */
const BEGINS_WITH_BLANK = /([,;"\t\r\n])(?=[\t\r])/gu;

/**
 * Text that a spreadsheet would run as a formula when it is pasted or opened, made plain text by an apostrophe in front;
 * so is what would be a cell of its own where commas, semicolons or tabs separate cells, quoted or not. For names that
 * others chose; numbers that we write ourselves stay as they are.
 */
export function neutralise(text: string): string {
  const safe = text
    .replace(GAP_AND_SIGN, (found, gap: string, sign: string) =>
      sign !== '' && ENDS_CELL.test(gap) ? `${gap}'${sign}` : found,
    )
    .replace(BEGINS_WITH_BLANK, "$1'");
  return BEGINS_BADLY.test(text) ? `'${safe}` : safe;
}
