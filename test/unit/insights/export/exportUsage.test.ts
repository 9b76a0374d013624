import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { exportParts } from '../../../../src/commands/shared/exportParts';
import { jsonOf } from '../../../../src/insights/export/json';
import type { ExportInput } from '../../../../src/insights/export/rows';
import type { ProviderCapabilities } from '../../../../src/providers/capabilities';
import { MIOSA_CAPABILITIES } from '../../../../src/providers/miosa/capabilities';
import { NORTHFLANK_CAPABILITIES } from '../../../../src/providers/northflank/capabilities';
import type { Amount } from '../../../../src/usage/amount';
import { NO_GROUP, type Quantities, type UsageBucket } from '../../../../src/usage/bucket';
import { compareMeters, isMoney, type MeterId, meterOf } from '../../../../src/usage/meter';
import { neutralise } from '../../../../src/usage/spreadsheet';
import { DAY, HOUR } from '../../../../src/usage/time';
import { AS_OF, expectedOrder, exportOf, nastyText, PERIOD } from './exporting';
import { columnOf, tableOf } from './readCsv';

/** Files of accounts whose usage is of groups or categories. */

function usage(machineId: string, quantities: Quantities, start = PERIOD.start, length = DAY): UsageBucket {
  return {
    ...{ kind: 'usage', subjectId: machineId, start, end: start + length, quantities },
    ...{ meteringBucketIds: [], meterEvents: [] },
  };
}

const GROUPS: Partial<ExportInput> = {
  account: { label: 'Clinics', provider: 'MIOSA' },
  subject: 'group',
  grouping: 'external_user_id',
  granularity: 'day',
};

const CATEGORIES: Partial<ExportInput> = {
  account: { label: 'Platform', provider: 'Northflank' },
  subject: 'category',
};

interface Document {
  readonly provenance: Readonly<Record<string, unknown>>;
  readonly rows: readonly (Readonly<Record<string, unknown>> & {
    readonly quantities: Readonly<Record<string, string>>;
  })[];
}

/** Numbers as the texts that they are written as, so that no digit is lost. */
function documentOf(input: ExportInput): Document {
  const text = [...jsonOf(input)].join('');
  assert.doesNotThrow(() => {
    JSON.parse(text);
  });
  const withTexts = text.replace(
    /("(?:[^"\\]|\\.)*")|(-?\d[\d.eE+-]*)/g,
    (_, string: string | undefined, number: string) => string ?? `"${number}"`,
  );
  return JSON.parse(withTexts) as Document;
}

test('a row of a group has a column for each meter, in decimals of the vendor’s unit', () => {
  const rolledUp = usage('user_clinic_42', {
    sandbox_seconds: 14_400_000_000,
    computer_seconds: 0,
    storage_gb_hours: 2_500_000,
    credit_cents: 31_200_000_001,
  });
  const { headings, rows } = tableOf(
    exportOf([rolledUp], { ...GROUPS, aliases: { user_clinic_42: 'Clinic "North"' } }),
  );
  assert.deepEqual(
    headings.map((heading, index) => [heading, rows[0]?.[index]]),
    [
      ['account', 'Clinics'],
      ['provider', 'MIOSA'],
      ['kind', 'usage'],
      ['figures', 'metered'],
      ['group by external_user_id', 'user_clinic_42'],
      ['group name', 'Clinic "North"'],
      ['bucket start (UTC)', '2026-11-01T00:00:00Z'],
      ['bucket end (UTC)', '2026-11-02T00:00:00Z'],
      ['sandbox (vCPU-s)', '14400'],
      ['computer (vCPU-s)', '0'],
      ['storage (GiB-h)', '2.5'],
      ['credits (credit cents)', '312.00000001'],
      ['as of (UTC)', '2026-11-03T14:00:00Z'],
    ],
  );
});

test('a month without any usage has the columns that its rows would have', () => {
  const { meters, money } = exportParts(MIOSA_CAPABILITIES, undefined, 'day');
  const { headings, rows } = tableOf(exportOf([], { ...GROUPS, meters, money }));
  assert.deepEqual(headings.slice(8), [
    'sandbox (vCPU-s)',
    'computer (vCPU-s)',
    'storage (GiB-h)',
    'credits (credit cents)',
    'spend',
    'spend unit',
    'as of (UTC)',
  ]);
  assert.deepEqual(rows, []);
  const { units } = documentOf(exportOf([], { ...GROUPS, meters })).provenance;
  assert.deepEqual(units, {
    sandbox_seconds: 'vCPU-s',
    computer_seconds: 'vCPU-s',
    storage_gb_hours: 'GiB-h',
    credit_cents: 'credit cents',
  });
});

test('a vendor’s files have the same columns with and without rows, in whatever unit these are', () => {
  const headingsWith = (
    capabilities: ProviderCapabilities,
    what: Partial<ExportInput>,
    quantities: readonly Quantities[],
  ): readonly string[] => {
    const { meters, money } = exportParts(capabilities, undefined, 'day');
    const rows = quantities.map((own, index) => usage(`row ${index}`, own));
    return tableOf(exportOf(rows, { ...what, meters, money })).headings;
  };
  const none = headingsWith(NORTHFLANK_CAPABILITIES, CATEGORIES, []);
  assert.deepEqual(none.slice(8), ['spend', 'spend unit', 'own cloud', 'own cloud unit', 'as of (UTC)']);
  const prices = [{ 'paas.cents': 1 }, { 'paas.USD': 1, 'byoc.major': 2 }];
  assert.deepEqual(headingsWith(NORTHFLANK_CAPABILITIES, CATEGORIES, prices), none);
  const groups = headingsWith(MIOSA_CAPABILITIES, GROUPS, []);
  assert.deepEqual(headingsWith(MIOSA_CAPABILITIES, GROUPS, [{ 'spend.USD': 1 }]), groups);
  assert.deepEqual(
    headingsWith(MIOSA_CAPABILITIES, GROUPS, [{ sandbox_seconds: 1, credit_cents: 1 }]),
    groups,
  );
});

test('each price has its unit beside it', () => {
  const table = tableOf(
    exportOf(
      [
        usage('a', { 'paas.cents': 123_456_789 }),
        usage('b', { 'paas.USD': 100_000_000_000n, 'byoc.major': 100_000_000 }),
        usage('c', {}),
      ],
      CATEGORIES,
    ),
  );
  const cells = ['spend', 'spend unit', 'own cloud', 'own cloud unit'].map((heading) =>
    columnOf(table, heading),
  );
  assert.deepEqual(cells, [
    ['1.23456789', '10', ''],
    ['cents', 'USD', ''],
    ['', '0.01', ''],
    ['', 'major units', ''],
  ]);
});

test('a row of a category has its hour and its price; a price that is not known is an empty cell', () => {
  const hour = PERIOD.start + 5 * HOUR;
  const table = tableOf(
    exportOf(
      [
        usage('memory', { 'paas.cents': 123_456_789, 'byoc.cents': 100_000_000 }, hour, HOUR),
        usage('cpu', { 'paas.cents': 0 }, hour, HOUR),
      ],
      CATEGORIES,
    ),
  );
  assert.deepEqual(table.headings.slice(4, -1), [
    ...['category', 'category name', 'bucket start (UTC)', 'bucket end (UTC)'],
    ...['spend', 'spend unit', 'own cloud', 'own cloud unit'],
  ]);
  assert.deepEqual(columnOf(table, 'category'), ['cpu', 'memory']);
  assert.deepEqual(columnOf(table, 'spend'), ['0', '1.23456789']);
  assert.deepEqual(columnOf(table, 'own cloud'), ['', '1']);
  assert.deepEqual(columnOf(table, 'bucket end (UTC)'), ['2026-11-01T06:00:00Z', '2026-11-01T06:00:00Z']);
});

test('usage of nobody is an empty cell and null, and an id that is an empty text is not', () => {
  const input = exportOf([usage('', { credit_cents: 1 }), usage(NO_GROUP, { credit_cents: 2 })], GROUPS);
  assert.deepEqual(columnOf(tableOf(input), 'group by external_user_id'), ['', '']);
  assert.deepEqual(
    documentOf(input).rows.map(({ groupId }) => groupId),
    ['', null],
  );
});

test('no row, no meter: the file has the columns that every file has', () => {
  assert.equal(tableOf(exportOf([], GROUPS)).headings.length, 9);
  assert.deepEqual(documentOf(exportOf([], GROUPS)).provenance['units'], {});
});

test('a vendor’s line has its own name over its column, unless that is another column’s name', () => {
  const line = {
    'line.static_bandwidth_gb': 38_200_000,
    'line.=1+1': 1_000_000,
    'line.account': 2_000_000,
    'line.spend': 3_000_000,
    'line.': 4_000_000,
    'spend.USD': 42_000_000_000,
  };
  const { headings, rows } = tableOf(exportOf([usage('u', line)], GROUPS));
  const meters = headings.map((heading, index) => [heading, rows[0]?.[index]]).slice(8, -1);
  assert.deepEqual(Object.fromEntries(meters), {
    'line.': '4',
    "'=1+1": '1',
    'line.account': '2',
    'line.spend': '3',
    static_bandwidth_gb: '38.2',
    spend: '4.2',
    'spend unit': 'USD',
  });
});

test('the document says by what usage is grouped, in which units, and how prices were read', () => {
  const { provenance } = documentOf(
    exportOf([usage('u', { 'spend.USD': 1, 'line.builder_seconds': 1, credit_cents: 1 })], GROUPS),
  );
  const { notes, meaning, grouping, granularity, kindOfFigures, units, money } = provenance;
  assert.deepEqual(
    { grouping, granularity, kindOfFigures, units, money },
    {
      grouping: 'external_user_id',
      granularity: 'day',
      kindOfFigures: 'metered',
      units: { credit_cents: 'credit cents', 'line.builder_seconds': null, 'spend.USD': 'USD' },
      money: { 'spend.USD': 'Prices are in major units of USD, the currency that the reply names.' },
    },
  );
  assert.match(String(meaning), /group by group/);
  assert.match(String(notes), /null stands for usage that the vendor attributes to nobody/);
});

test('each unit of money has a rule of its own', () => {
  const { provenance } = documentOf(
    exportOf([usage('cpu', { 'paas.cents': 1, 'paas.EUR': 1, 'byoc.major': 1 })], CATEGORIES),
  );
  assert.deepEqual(provenance['money'], {
    'byoc.major': 'Prices are in major units of a currency; the reply does not name it.',
    'paas.EUR': 'Prices are in major units of EUR, the currency that the reply names.',
    'paas.cents': 'Prices are in cents; no currency is named.',
  });
  assert.deepEqual(provenance['units'], {
    'byoc.major': 'major units',
    'paas.EUR': 'EUR',
    'paas.cents': 'cents',
  });
  assert.equal(provenance['grouping'], undefined);
});

test('where there is no money, there is no word of it', () => {
  const { provenance } = documentOf(exportOf([usage('u', { credit_cents: 1 })], GROUPS));
  assert.ok(!('money' in provenance));
});

const amount = fc.oneof(
  fc.maxSafeInteger(),
  fc.bigInt({ min: 2n ** 53n, max: 2n ** 80n }),
  fc.bigInt({ min: -(2n ** 80n), max: -(2n ** 53n) }),
);

const meter = fc.oneof(
  fc.constantFrom<MeterId>('credit_cents', 'sandbox_seconds', 'storage_gb_hours', 'awake_seconds'),
  fc.constantFrom<MeterId>('spend.USD', 'paas.cents', 'paas.major', 'byoc.cents'),
  nastyText.map((name): MeterId => `line.${name}`),
);

/** One row a subject and hour, on four days of which the period has those in the middle. */
const manyRows = fc.uniqueArray(
  fc
    .record({
      id: fc.oneof(nastyText, fc.constant(NO_GROUP)),
      hour: fc.integer({ min: -24, max: 4 * 24 - 1 }),
      quantities: fc.uniqueArray(fc.tuple(meter, amount), { maxLength: 5, selector: ([own]) => own }),
    })
    .map(({ id, hour, quantities }) =>
      usage(id, Object.fromEntries(quantities), PERIOD.start + hour * HOUR, HOUR),
    ),
  { maxLength: 12, selector: ({ subjectId: machineId, start }) => JSON.stringify([machineId, start]) },
);

/** A decimal as a whole number of 10^−`decimals`. */
function scaled(text: string, decimals: number): bigint {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d*[1-9]))?$/.exec(text) ?? [];
  assert.ok(whole !== '' && fraction.length <= decimals, text);
  return BigInt(sign + whole + fraction.padEnd(decimals, '0'));
}

function iso(at: number): string {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}

function metersOf(buckets: readonly UsageBucket[]): MeterId[] {
  const all = buckets.flatMap(({ quantities }) => Object.keys(quantities) as MeterId[]);
  return [...new Set(all)].sort(compareMeters);
}

const UNITS: Readonly<Record<string, string>> = { cents: 'cents', major: 'major units', USD: 'USD' };

/** The columns of these meters: one each, but two for each kind of money, whatever its units. */
function columnsOf(meters: readonly MeterId[]): string[] {
  return [...new Set(meters.flatMap((own) => (isMoney(own) ? moneyOf(own).columns : [own])))];
}

function moneyOf(meterId: MeterId): { readonly columns: readonly string[]; readonly unit: string } {
  const [kind = '', unit = ''] = meterId.split('.');
  return { columns: [kind, `${kind} unit`], unit: UNITS[unit] ?? '' };
}

/** A whole number of 10^−`decimals` as a decimal. */
function decimal(value: Amount, decimals: number): string {
  const [sign, digits] = [
    value < 0 ? '-' : '',
    String(value)
      .replace('-', '')
      .padStart(decimals + 1, '0'),
  ];
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  return `${sign}${digits.slice(0, digits.length - decimals)}${fraction === '' ? '' : `.${fraction}`}`;
}

/** What stands in a row's cells; a row of these tests may have money in two units. */
function cellsOf(quantities: Quantities, columns: readonly string[]): string[] {
  const known = (Object.entries(quantities) as [MeterId, Amount][]).sort(([a], [b]) => compareMeters(a, b));
  return columns.map((column) =>
    known
      .flatMap(([own, value]) => {
        const [first, second] = isMoney(own) ? moneyOf(own).columns : [own];
        return column === first
          ? [decimal(value, meterOf(own).decimals)]
          : column === second
            ? [moneyOf(own).unit]
            : [];
      })
      .join(' + '),
  );
}

test('a reader of CSV gets back every row in the period, in order, and every amount to the last digit', () => {
  fc.assert(
    fc.property(manyRows, nastyText, (buckets, name) => {
      const aliases = Object.fromEntries(
        buckets.slice(0, 3).map(({ subjectId: machineId }) => [machineId, name]),
      );
      const { headings, rows } = tableOf(exportOf(buckets, { ...GROUPS, aliases }));
      const meters = metersOf(buckets);
      const columns = columnsOf(meters);
      assert.equal(columns.length, headings.length - 9);
      const text = (value: string): string => neutralise(value.toWellFormed());
      assert.deepEqual(
        rows,
        expectedOrder(buckets).map(({ subjectId: machineId, start, end, quantities }) => [
          ...['Clinics', 'MIOSA', 'usage', 'metered', machineId === NO_GROUP ? '' : text(machineId)],
          text(Object.entries(aliases).find(([id]) => id === machineId)?.[1] ?? ''),
          ...[iso(start), iso(end)],
          ...cellsOf(quantities, columns),
          iso(AS_OF),
        ]),
      );
    }),
  );
});

test('a reader of JSON gets back every row in the period, in order, and every amount to the last digit', () => {
  fc.assert(
    fc.property(manyRows, (buckets) => {
      const { rows } = documentOf(exportOf(buckets, CATEGORIES));
      assert.deepEqual(
        rows.map(({ quantities, ...row }) => ({
          ...row,
          quantities: Object.fromEntries(
            Object.entries(quantities).map(([own, text]) => [
              own,
              scaled(text, meterOf(own as MeterId).decimals),
            ]),
          ),
        })),
        expectedOrder(buckets).map(({ kind, subjectId: machineId, start, end, quantities }) => ({
          ...{ kind, category: machineId, start: iso(start), end: iso(end), asOf: iso(AS_OF) },
          quantities: Object.fromEntries(
            Object.entries(quantities).map(([own, value]) => [own, exactly(value)]),
          ),
        })),
      );
    }),
  );
});

function exactly(value: Amount | undefined): bigint | undefined {
  return value === undefined ? undefined : BigInt(value);
}
