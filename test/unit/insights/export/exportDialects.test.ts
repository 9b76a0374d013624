import assert from 'node:assert/strict';
import test from 'node:test';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvOf } from '../../../../src/insights/export/csv';
import type { ExportInput } from '../../../../src/insights/export/rows';
import { formulasIn } from '../../../support/spreadsheets';
import { computeDay } from '../../usage/builders';
import { exportOf, nastyText } from './exporting';

/** Cells of the account's file that a spreadsheet would run, in any dialect. */
const formulasOf = (input: ExportInput): string[] => formulasIn([...csvOf(input)].join(''));

function namedEverywhere(name: string): ExportInput {
  return exportOf([computeDay(name, '2026-11-01', 1), computeDay('m', '2026-11-02', 1)], {
    account: { label: name, provider: 'Vendor' },
    aliases: { m: name },
  });
}

for (const name of [
  "c\n\"=cmd|'/C calc'!A0;d",
  "c\r\n\"\uff1dcmd|'/C calc'!A0;d",
  'x;"=1+1',
  'x\t"+1',
  'x;""\t@sum(a1)',
  'x, "-1+1',
  '"=1+1',
  'x;\tfoo',
  'x"\rfoo',
  '\t\r',
  'x\t\tfoo',
]) {
  test(`${JSON.stringify(name)} is no formula in any dialect`, () => {
    assert.deepEqual(formulasOf(namedEverywhere(name)), []);
  });
}

test('no name is a formula in any dialect', () => {
  fc.assert(
    fc.property(nastyText, nastyText, nastyText, (first, second, third) => {
      assert.deepEqual(formulasOf(namedEverywhere(first + second + third)), []);
    }),
  );
});

test('numbers below zero stay numbers', () => {
  const quantities = { 'paas.EUR': -12_500_000_000, storage_gb_hours: -1_500_000n } as const;
  const row = { ...computeDay('web', '2026-11-01', 0), kind: 'usage', quantities } as const;
  const text = [...csvOf(exportOf([row], { subject: 'group' }))].join('');
  const [record] = parse<Record<string, string>>(text, { bom: true, columns: true });
  assert.equal(record?.['spend'], '-1.25');
  assert.equal(record['storage (GiB-h)'], '-1.5');
});
