import { mulberry32 } from '../simulator/random';

/** What stands in every bait, so that one that acts is known for what it is. */
export const BAIT = 'bait';

/** What some place on the way of a name to a person would take for more than text. */
const PIECES = [
  // Links, of messages, of Markdown, and such as are found without a mark.
  `[${BAIT}](command:workbench.action.openSettings)`,
  `[${BAIT}](https://${BAIT}.example/x "y")`,
  `![${BAIT}](https://${BAIT}.example/x.png)`,
  `<https://${BAIT}.example/x>`,
  `https://${BAIT}.example/x`,
  `command:${BAIT}`,
  `](command:${BAIT})`,
  `[${BAIT}`,
  // Markup.
  `<img src="https://${BAIT}.example/x.png" onerror="document.body.dataset.${BAIT}=1">`,
  `<a href="https://${BAIT}.example/x">${BAIT}</a>`,
  `<script>document.body.dataset.${BAIT}=1</script>`,
  `"><iframe srcdoc="${BAIT}">`,
  `&lt;b&gt;${BAIT}&lt;/b&gt;`,
  `**${BAIT}**`,
  `\`${BAIT}\``,
  `| ${BAIT} |`,
  `\n\n# ${BAIT}\n\n- ${BAIT}\n\n    ${BAIT}`,
  // Icons.
  '$(trash)',
  '\\$(trash)',
  '$(trash~spin)',
  // Formulas, also where a spreadsheet sees another end of a cell.
  `=HYPERLINK("https://${BAIT}.example")`,
  '\t=1+1',
  ';"=1+1',
  '\r\n"@SUM(A1)',
  "-1+cmd|'/C calc'!A0",
  '\uff1d1+1',
  // Lines that others would have written.
  `\n2026-11-18 10:00:00.000 [error] ${BAIT}`,
  `\r2026-11-18 10:00:00.000 [error] ${BAIT}`,
  `\u20282026-11-18 10:00:00.000 [error] ${BAIT}`,
  // Other places in a file system.
  `../../${BAIT}`,
  `C:\\${BAIT}`,
  '/etc/',
  'nul',
  // Characters with a meaning of their own.
  '\u0000',
  '\u001b[31m',
  '\u202e',
  '\u2066',
  '\u200b',
  '\ud800',
  '{0}',
  '$&',
  '&&',
  '__proto__',
] as const;

/** How many pieces a name has at most. */
const LONGEST = 4;

/** So many names that are meant to harm, each another one. The same seed gives the same; the first are the pieces alone. */
export function hostileWords(seed: number, count: number): string[] {
  const random = mulberry32(seed);
  const piece = (): string => PIECES[Math.floor(random() * PIECES.length)] ?? '';
  const words = new Set<string>(PIECES);
  while (words.size < count) {
    words.add(
      Array.from({ length: 1 + Math.floor(random() * LONGEST) }, piece).join(random() < 0.5 ? ' ' : ''),
    );
  }
  return [...words].slice(0, count);
}
