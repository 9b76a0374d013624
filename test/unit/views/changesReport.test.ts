import assert from 'node:assert/strict';
import test from 'node:test';
import { type Choices, DEFAULT_CHOICES } from '../../../src/protocol/choices';
import { MACHINE_CAPABILITIES } from '../../../src/providers/machineCapabilities';
import { emptyUsage } from '../../../src/store/accountUsage';
import { DayCache } from '../../../src/store/dayCache';
import { columnsByDay, toColumns } from '../../../src/usage/columns/columns';
import { createFormats } from '../../../src/usage/format';
import { daysOf, HOUR, startOfDay } from '../../../src/usage/time';
import { changesReport } from '../../../src/views/dashboard/reports/changesReport';
import { ACCOUNT } from '../store/fakeSource';
import { computeDay } from '../usage/builders';

const FEBRUARY = Date.UTC(2026, 1, 1);
const APRIL = Date.UTC(2026, 3, 1);
const NOW = APRIL + 12 * HOUR;
const HOURS = 3600;

const MACHINES = ['a', 'b', 'c'] as const;
type Machine = (typeof MACHINES)[number];

/** What the report says in short of March against February, where each machine was awake for so many hours a day. */
function summary(awake: (machine: Machine, day: string) => number, choices: Partial<Choices> = {}): string {
  const dayCache = new DayCache();
  for (const day of daysOf({ start: FEBRUARY, end: APRIL })) {
    const rows = MACHINES.flatMap((id) => {
      const hours = awake(id, day);
      return hours === 0 ? [] : [computeDay(id, day, hours * HOURS)];
    });
    dayCache.keep({ part: 'computeDays', day }, { columns: toColumns(rows), asOf: NOW });
  }
  const read = { value: columnsByDay([], []), asOf: NOW };
  const made = changesReport(createFormats('en-US')).head({
    ...{ account: ACCOUNT, capabilities: MACHINE_CAPABILITIES, dayCache, now: NOW },
    usage: { ...emptyUsage({ start: APRIL, end: NOW }), compute: read, storage: read },
    choices: { ...DEFAULT_CHOICES, range: { kind: 'lastMonth' }, ...choices },
    figures: [],
  });
  assert.ok(made);
  return made.summary;
}

test('a change is mostly what goes the same way, however large what went the other way', () => {
  // 10 h a day stop, which is 280 h less; 1 h becomes 8 h, 220 h more; and 4 h a day start, 124 h more.
  const [february, march] = [
    { a: 10, b: 1, c: 0 },
    { a: 0, b: 8, c: 4 },
  ];
  assert.match(
    summary((id, day) => (day < '2026-03-01' ? february : march)[id]),
    /^Awake time \+64 h against .*; 31 days against 28; mostly more awake hours \(\+220 h\)$/u,
  );
});

test('a zoom compares its days with the same days of the month before', () => {
  const awake = (id: string, day: string): number =>
    id !== 'a' ? 0 : ['2026-03-08', '2026-03-09'].includes(day) ? 12 : 10;
  assert.match(summary(awake), /^Awake time \+34 h against Feb 1/u);
  const zoom = { start: startOfDay('2026-03-08'), end: startOfDay('2026-03-10') };
  assert.match(
    summary(awake, { zoom }),
    /^Awake time \+4 h against Feb 8\s–\s9, 2026; mostly more awake hours \(\+4 h\)$/u,
  );
});
