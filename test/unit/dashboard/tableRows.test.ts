import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { compareAmounts, toAmount } from '../../../src/usage/amount';
import { neutralise } from '../../../src/usage/spreadsheet';
import { HOUR } from '../../../src/usage/time';
import {
  chosenRows,
  copyText,
  type DataTableRow,
  type RowChoice,
  type SortBy,
  sortedBy,
} from '../../../webview/dashboard/table/tableRows';
import { NOVEMBER } from './charts';

const BY_TIME: RowChoice = { text: '', by: 'time', descending: false };

function row(hour: number, name: string, amount: number | bigint | undefined, note = ''): DataTableRow {
  const at = NOVEMBER + hour * HOUR;
  return {
    at,
    time: new Date(at).toISOString().slice(0, 16).replace('T', ' '),
    key: name,
    name,
    amount,
    rounded: amount === undefined ? 'unknown' : `~${amount}`,
    exact: `${amount} s`,
    note,
  };
}

const rows = fc.array(
  fc
    .record({
      hour: fc.integer({ min: 0, max: 48 }),
      name: fc.oneof(fc.constantFrom('web-2', 'web-10', 'WEB-1', 'b'), fc.string({ unit: 'grapheme' })),
      amount: fc.option(fc.bigInt({ min: -5n, max: 2n ** 70n }), { nil: undefined }),
      note: fc.string({ unit: fc.constantFrom('"', '\t', '\n', '\r', '=', 'a', ' ') }),
    })
    .map(({ hour, name, amount, note }) =>
      row(hour, name, amount === undefined ? undefined : toAmount(amount), note),
    ),
  { maxLength: 40 },
);
const choice = fc.record({
  text: fc.constant(''),
  by: fc.constantFrom<SortBy>('time', 'name', 'value'),
  descending: fc.boolean(),
});

const names = (all: readonly DataTableRow[]): string[] => all.map(({ name }) => name);

test('in whatever order, no row is lost, doubled or changed', () => {
  fc.assert(
    fc.property(rows, choice, (all, chosen) => {
      const sorted = chosenRows(all, chosen, 'en');
      assert.equal(sorted.length, all.length);
      assert.deepEqual(new Set(sorted), new Set(all));
    }),
  );
});

test('rows follow each other by value, and unknown ones come after all others, whichever way', () => {
  fc.assert(
    fc.property(rows, fc.boolean(), (all, descending) => {
      const amounts = chosenRows(all, { text: '', by: 'value', descending }, 'en').map(
        ({ amount }) => amount,
      );
      const known = amounts.filter((amount) => amount !== undefined);
      assert.deepEqual(amounts.slice(0, known.length), known);
      for (const [index, amount] of known.slice(1).entries()) {
        const order = compareAmounts(known[index] ?? 0, amount);
        assert.ok(descending ? order >= 0 : order <= 0);
      }
    }),
  );
});

test('rows that are equal in what is sorted by keep the order they had', () => {
  fc.assert(
    fc.property(rows, choice, (all, chosen) => {
      const place = new Map(all.map((each, index) => [each, index]));
      const sorted = chosenRows(all, chosen, 'en');
      for (const [index, next] of sorted.slice(1).entries()) {
        const one = sorted[index];
        const part = ({ time: 'at', name: 'name', value: 'amount' } as const)[chosen.by];
        if (one?.[part] === next[part]) {
          assert.ok((place.get(one as DataTableRow) ?? 0) < (place.get(next) ?? 0));
        }
      }
    }),
  );
});

test('names are ordered as people count', () => {
  const all = ['web-10', 'web-9', 'Web-1', 'api'].map((name) => row(0, name, 1));
  assert.deepEqual(names(chosenRows(all, { ...BY_TIME, by: 'name' }, 'en')), [
    'api',
    'Web-1',
    'web-9',
    'web-10',
  ]);
});

test('a heading pressed again turns the order round; values begin with the largest', () => {
  const value = sortedBy(BY_TIME, 'value');
  assert.deepEqual(value, { text: '', by: 'value', descending: true });
  assert.deepEqual(sortedBy(value, 'value'), { text: '', by: 'value', descending: false });
  assert.deepEqual(sortedBy(value, 'name'), { text: '', by: 'name', descending: false });
});

test('the filter looks into names and times, whatever the case', () => {
  const all = [row(0, 'Web-1', 1), row(14, 'api', 2), row(38, 'web-2', 3)];
  const found = (text: string): string[] => names(chosenRows(all, { ...BY_TIME, text }, 'en'));
  assert.deepEqual(found(' WEB '), ['Web-1', 'web-2']);
  assert.deepEqual(found('14:00'), ['api', 'web-2']);
  assert.deepEqual(found('2026-11-02'), ['web-2']);
  assert.deepEqual(found('api 2026'), []);
  assert.deepEqual(found('  '), ['Web-1', 'api', 'web-2']);
});

/** Reads what was copied as a spreadsheet does: quoted cells may hold tabs, line ends and doubled quotes. */
function readAsSpreadsheet(text: string): string[][] {
  const lines: string[][] = [[]];
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^\t\n"]*))(\t|\n)/gu)) {
    lines.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '\n') {
      lines.push([]);
    }
  }
  return lines.slice(0, -1);
}

test('what is copied is read by a spreadsheet as what was there, and no name becomes a formula', () => {
  fc.assert(
    fc.property(rows, (all) => {
      const [headings, ...cells] = readAsSpreadsheet(
        copyText(['Time', 'Machine', 'Value', 'Unit', 'Awake (s)', 'Note'], all, { unit: 'h', decimals: 0 }),
      );
      assert.deepEqual(headings, ['Time', 'Machine', 'Value', 'Unit', 'Awake (s)', 'Note']);
      assert.deepEqual(
        cells,
        all.map(({ at, name, amount, note }) => [
          new Date(at).toISOString().slice(0, 19) + 'Z',
          neutralise(name),
          ...(amount === undefined ? ['unknown', 'h', 'unknown'] : [`~${amount}`, 'h', String(amount)]),
          neutralise(note),
        ]),
      );
    }),
  );
});

test('amounts are copied as shown, and whole and exact without grouping, negative ones as numbers', () => {
  assert.equal(
    copyText(
      ['Time (UTC)', 'Machine', 'Value', 'Unit', 'Awake time (s)', 'Note'],
      [row(14, 'web-1', 9007199254740993n), { ...row(15, '=1', -5), rounded: '-0.00' }],
      { unit: 'h', decimals: 0 },
    ),
    'Time (UTC)\tMachine\tValue\tUnit\tAwake time (s)\tNote\n' +
      '2026-11-01T14:00:00Z\tweb-1\t~9007199254740993\th\t9007199254740993\t\n' +
      "2026-11-01T15:00:00Z\t'=1\t-0.00\th\t-5\t\n",
  );
});

test('amounts of fractions are copied as decimals of the unit, and never as they are stored', () => {
  const [, ...lines] = copyText(
    ['Time (UTC)', 'Category', 'Value', 'Unit', 'Spend (USD)', 'Note'],
    [row(0, 'CPU', 12_345_000_000_000n), row(1, 'CPU', 1), row(2, 'Other', -5_000_000_000)],
    { unit: 'USD', decimals: 10 },
  ).split('\n');
  assert.deepEqual(
    lines.filter((line) => line !== '').map((line) => line.split('\t')[4]),
    ['1234.5', '0.0000000001', '-0.5'],
  );
});
