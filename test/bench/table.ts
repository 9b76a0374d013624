import type { Measure } from './measure';

const HEAD = ['measure', 'now', 'spread', 'must', 'aim', 'beside', 'ok'];

/** The table of a run, as text for a terminal. */
export function plainTable(measures: readonly Measure[]): string {
  const all = [HEAD, ...measures.map(cells)];
  const widths = HEAD.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return all.map((row) => `${line(row)}\n`).join('');
}

/** The same in Markdown. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

export function measuresTable(measures: readonly Measure[]): string {
  return markdownTable(HEAD, measures.map(cells));
}

function cells({ measure, value, unit, spread, must, aim, peer, peerValue, ok }: Measure): string[] {
  return [
    measure,
    `${shown(value)} ${unit}`,
    spread === null ? '' : `${shown(spread.least)}–${shown(spread.most)}`,
    must,
    aim,
    peer === null || peerValue === null ? '' : `${peer}: ${shown(peerValue)}`,
    must === '' ? '' : ok ? 'ok' : 'MISSED',
  ];
}

/** Three digits, or all of a large number. */
export function shown(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}
