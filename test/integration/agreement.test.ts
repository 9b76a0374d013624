import assert from 'node:assert/strict';
import type { Chart } from '../../src/protocol/chart';
import type { Account } from '../../src/usage/account';
import type { TreeNode } from '../../src/views/tree/nodes';
import { type Simulator, startSimulator } from '../simulator/server';
import { addAccount } from './account';
import { ExtensionClock } from './clock';
import {
  exactFigures,
  extension,
  hoursBelow,
  type Inside,
  rowOfKind,
  rowsBelow,
  unescape,
} from './extension';

/*
 * The same figures everywhere, at times when a local clock would be in another day or month. The launcher runs the
 * suite in several time zones.
 */
const TIMES = {
  'in the first hour of a month': '2026-11-01T00:40:00Z',
  'on the first day of a month': '2026-11-01T13:05:00Z',
  'in the middle of a month': '2026-11-18T09:20:00Z',
  'in the last hour of a month': '2026-11-30T23:40:00Z',
  'on the last day of a leap February': '2028-02-29T22:10:00Z',
};

const ACCOUNT: Account = { id: 'agreement', provider: 'dedalus', label: 'Agreement' };
const big = (value: number | bigint | undefined): bigint => BigInt(value ?? -1);

for (const [when, time] of Object.entries(TIMES)) {
  suite(`figures agree ${when}`, () => {
    let inside: Inside;
    let simulator: Simulator;
    let clock: ExtensionClock;
    let removeAccount: () => Promise<void>;
    const now = Date.parse(time);

    suiteSetup(async () => {
      inside = await extension();
      clock = new ExtensionClock(inside, now);
      simulator = await startSimulator({ now: clock.now, seed: 7 });
      removeAccount = await addAccount(inside, ACCOUNT, simulator);
      await inside.store.of(ACCOUNT).refresh();
    });

    suiteTeardown(async () => {
      await removeAccount();
      await simulator.close();
      clock.restore();
      assert.deepEqual(simulator.violations, []);
    });

    const accountRow = async (): Promise<TreeNode> => {
      const row = (await rowsBelow(inside)).find(({ node }) => node.id === ACCOUNT.id);
      assert.ok(row);
      return row.node;
    };

    test('the tree shows what the vendor billed and metered', async () => {
      const { billed, metered } = simulator.totals(now);
      const [awake, cpu, memory, storage] = await rowsBelow(inside, await accountRow());
      const expected = [
        [awake, 's', billed.awake_seconds, metered.awake_seconds],
        [cpu, 'millicore-s', billed.cpu_millicore_seconds, metered.cpu_millicore_seconds],
        [memory, 'MiB-s', billed.memory_mib_seconds, metered.memory_mib_seconds],
        [storage, 'MiB-s', billed.storage_mib_seconds, metered.storage_mib_seconds],
      ] as const;
      for (const [row, unit, ...values] of expected) {
        const [inVendorsBooks, onMachines] = values;
        assert.deepEqual(
          exactFigures(row?.tooltip ?? '', unit),
          [inVendorsBooks, onMachines, onMachines - inVendorsBooks],
          row?.label,
        );
      }
    });

    test('machines, their days and their hours add up to each other and to the vendor', async () => {
      const { machines: expected } = simulator.totals(now);
      const machinesRow = await rowOfKind(inside, 'machines', await accountRow());
      const rows = await rowsBelow(inside, machinesRow.node);
      let hours = 0;
      for (const { node, tooltip } of rows) {
        assert.ok(node.kind === 'machine');
        const own = expected.get(node.usage.machineId);
        const awake = exactFigures(tooltip, 's')[0] ?? 0n;
        assert.equal(awake, own?.awake_seconds ?? 0n, node.id);
        const days = await rowsBelow(inside, node);
        const ofDays = days.flatMap((day) =>
          day.node.kind === 'day' ? (exactFigures(day.tooltip, 's')[0] ?? 0n) : [],
        );
        assert.equal(sum(ofDays), awake, `${node.id}: days`);
        const newest = days[0];
        if (newest?.node.kind === 'day') {
          const ofHours = (await hoursBelow(inside, newest.node)).flatMap(
            (hour) => exactFigures(hour.tooltip, 's')[0] ?? 0n,
          );
          assert.equal(
            sum(ofHours),
            exactFigures(newest.tooltip, 's')[0] ?? 0n,
            `${node.id}: hours of ${newest.label}`,
          );
          hours += ofHours.length;
        }
      }
      assert.equal(
        new Set([...expected.keys()].filter((id) => (expected.get(id)?.awake_seconds ?? 0n) > 0n)).size <=
          rows.length,
        true,
      );
      assert.ok(hours > 0);
    });

    test('the metering buckets of today are those of the vendor', async () => {
      const today = time.slice(0, 10);
      const { computeBuckets } = simulator.totals(now);
      const metering = await rowOfKind(inside, 'metering', await accountRow());
      const day = (await rowsBelow(inside, metering.node)).find(
        ({ node }) => node.kind === 'meteringDay' && node.day === today,
      );
      const shown = day === undefined ? [] : await rowsBelow(inside, day.node);
      for (const { node } of shown) {
        if (node.kind === 'meteringBucket' && node.bucket.kind === 'compute') {
          const own = computeBuckets.find(({ id }) => id === node.bucket.id);
          assert.equal(big(node.bucket.quantities.awake_seconds), own?.sums.awake_seconds);
          assert.equal(node.bucket.emittedAt !== undefined, own?.emittedAt !== undefined);
        }
      }
      if (now - Date.parse(`${today}T00:00:00Z`) > 3 * 3_600_000) {
        assert.ok(shown.length > 0, 'there are buckets after three hours of a day');
      }
    });

    test('status bar and account row show the billed seconds', async () => {
      const { billed } = simulator.totals(now);
      const tooltip = unescape(inside.statusBar.shown?.tooltip);
      assert.equal(exactFigures(tooltip, 's')[0], billed.awake_seconds);
      const exact = Number(billed.awake_seconds);
      const short =
        exact < 1000
          ? String(exact)
          : new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 }).format(exact);
      assert.ok(inside.statusBar.shown?.text.endsWith(` ${short} s billed`), inside.statusBar.shown?.text);
      const row = (await rowsBelow(inside)).find(({ node }) => node.id === ACCOUNT.id);
      assert.equal(exactFigures(row?.tooltip ?? '', 's')[0], billed.awake_seconds);
    });

    test('the charts add up to the same, day by day and hour by hour', async () => {
      const { days } = simulator.totals(now);
      await inside.dashboard.show(ACCOUNT.id);
      const dashboard = await inside.dashboard.load();
      for (const granularity of ['day', 'hour'] as const) {
        dashboard.receive({ type: 'choose', change: { granularity } });
        await loaded(inside);
        const [compute, storage] = dashboard.view().charts;
        assert.ok(compute && storage);
        assert.equal(day(compute.starts[compute.begun - 1]), time.slice(0, 10));
        assert.deepEqual(drawnByDay(compute), byDay(days, compute, 'awake_seconds'), granularity);
        assert.deepEqual(drawnByDay(storage), byDay(days, storage, 'storage_mib_seconds'), granularity);
      }
    });

    test('the dashboard’s three figures are those of the tree, closed where they add up', async () => {
      const { billed, metered } = simulator.totals(now);
      const { figures, closedThrough } = (await inside.dashboard.load()).view();
      const exact = figures[0]?.lines.map((line) => BigInt(line.exact.replace(/\D/g, '')));
      const { awake_seconds: closed } = billed;
      assert.deepEqual(exact, [metered.awake_seconds, closed, metered.awake_seconds - closed]);
      assert.ok(closedThrough === undefined || closedThrough <= now);
    });
  });
}

/** Reads the days that the dashboard shows; the closing time may take another day after the first. */
async function loaded(inside: Inside): Promise<void> {
  const dashboard = await inside.dashboard.load();
  await dashboard.load();
  await dashboard.load();
}

function day(start: number | undefined): string {
  return new Date(start ?? Number.NaN).toISOString().slice(0, 10);
}

function drawnByDay({ starts, begun, series }: Chart): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (let slot = 0; slot < begun; slot += 1) {
    const drawn = series.reduce((total, { values }) => total + (values[slot] ?? 0), 0);
    sums.set(day(starts[slot]), (sums.get(day(starts[slot])) ?? 0n) + BigInt(drawn));
  }
  return sums;
}

type Days = ReturnType<Simulator['totals']>['days'];

function byDay(
  days: Days,
  { starts, begun }: Chart,
  meter: 'awake_seconds' | 'storage_mib_seconds',
): Map<string, bigint> {
  const shown = new Set(Array.from(starts.slice(0, begun), day));
  return new Map([...shown].map((own) => [own, days.get(own)?.[meter] ?? 0n]));
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((total, value) => total + value, 0n);
}
