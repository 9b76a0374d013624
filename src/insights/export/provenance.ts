import type { MeterId } from '../../usage/meter';
import { isoTimes } from './isoTimes';
import { MACHINE_METERS, metersIn, moneyRuleOf, unitOf } from './meters';
import type { ExportInput } from './rows';

/** For readers who do not know us; in English, like the field names. */
const NOTES: Readonly<Record<ExportInput['subject'], readonly string[]>> = {
  machine: [
    'Quantities are exact whole numbers. They may exceed 2^53, beyond which some programs round numbers.',
    'What is absent is unknown, which is not zero.',
    'The amount of a bucket [start, end) is all that was used in it. logical_storage_bytes is a level: it is not to be summed over time.',
    'granularity is that of compute rows. Storage rows are as the vendor gives them.',
  ],
  group: [
    'A groupId that is null stands for usage that the vendor attributes to nobody.',
    ...notesOnDecimals(),
  ],
  category: [
    'The category "other" is the part of the vendor\'s total that is in none of its categories.',
    ...notesOnDecimals(),
  ],
};

function notesOnDecimals(): string[] {
  return [
    'Quantities are exact decimals. They may have more digits than some programs keep. A unit that is null is not told by the vendor.',
    'What is absent is unknown, which is not zero.',
    'The amount of a bucket [start, end) is all that was used in it.',
  ];
}

/** The origin and meaning of a file's rows, as plain data. */
export function provenance(input: ExportInput): object {
  const { account, subject, grouping, period, granularity, exportedAt, blocks, missingDays } = input;
  const iso = isoTimes();
  const times = blocks.map(({ asOf }) => asOf);
  const bound = (pick: (a: number, b: number) => number): string | undefined =>
    times.length === 0 ? undefined : iso(times.reduce((a, b) => pick(a, b)));
  const meters: readonly MeterId[] = subject === 'machine' ? MACHINE_METERS : metersIn(input);
  return {
    account: account.label,
    provider: account.provider,
    organisationId: account.organisationId,
    grouping,
    period: { start: iso(period.start), end: iso(period.end) },
    granularity,
    exportedAt: iso(exportedAt),
    kindOfFigures: 'metered',
    meaning: `Usage as the vendor metered it, ${subject} by ${subject}. What it has billed may differ.`,
    units: Object.fromEntries(meters.map((meter) => [meter, unitOf(meter) ?? null])),
    money: moneyRules(meters),
    asOf: { oldest: bound(Math.min), newest: bound(Math.max) },
    missing: missingDays,
    notes: NOTES[subject],
  };
}

/** By meter; undefined where there is no money. */
function moneyRules(meters: readonly MeterId[]): Readonly<Record<string, string>> | undefined {
  const rules = meters.flatMap((meter) => {
    const rule = moneyRuleOf(meter);
    return rule === undefined ? [] : [[meter, rule] as const];
  });
  return rules.length === 0 ? undefined : Object.fromEntries(rules);
}
