import assert from 'node:assert/strict';
import type { MeterId } from '../../src/usage/meter';
import { STORY, STORY_DAY, storyFleet } from '../simulator/dedalus/storyFleet';
import type { Sums } from '../simulator/dedalus/totals';
import { NOW } from '../support/knownDay';
import { exactFigures } from './extension';
import { DAY, exactOf, FORMATS, type OpenReport, rowNamed, StoryAccount, table, texts } from './story';

const OCTOBER = Date.UTC(2026, 9, 1);
const NOVEMBER = Date.UTC(2026, 10, 1);
const DECEMBER = Date.UTC(2026, 11, 1);
/** The newest full hour that was measured. */
const THROUGH = Date.UTC(2026, 10, 18, 9);

const METERS = {
  awake_seconds: { name: 'Awake time', unit: 's' },
  cpu_millicore_seconds: { name: 'vCPU-time', unit: 'millicore-s' },
  memory_mib_seconds: { name: 'Memory', unit: 'MiB-s' },
  storage_mib_seconds: { name: 'Storage', unit: 'MiB-s' },
} as const satisfies Partial<Record<MeterId, unknown>>;

suite('numbers one can trust: where the month will end', () => {
  let story: StoryAccount;

  suiteSetup(async () => {
    story = await StoryAccount.begin('month-end', NOW);
  });

  suiteTeardown(() => story.end());

  for (const meter of ['awake_seconds', 'cpu_millicore_seconds'] as const) {
    const { name, unit } = METERS[meter];

    test(`the forecast of ${name} meets what the month will come to`, async () => {
      const report = await story.report('monthEnd');
      const [, , said] = texts(rowNamed(table(report, 'End of November 2026'), name));
      const row = (await story.rowsBelow('monthEnd')).find(({ label }) => label === name);
      assert.ok(row, name);
      assert.equal(row.also, said, 'sidebar and dashboard say the same');
      assert.equal(row.description, `≈ ${said?.split(' (')[0]}`);
      const [soFar, total = 0n, low = 0n, high = 0n] = exactFigures(row.tooltip, unit);
      const truth = truthOf(NOVEMBER, DECEMBER, meter);
      assert.equal(soFar, story.simulator.totals().metered[meter]);
      assert.ok(distance(total, truth) * 1000n < truth, `${total} for ${truth}`);
      assert.ok(low <= truth && truth <= high, `${low} – ${high} for ${truth}`);
    });

    test(`it says what it would have said of ${name} a month ago, and what October came to`, async () => {
      const row = rowNamed(table(await story.report('monthEnd'), 'End of'), name);
      const past = texts(row)[4] ?? '';
      const came = story.used(OCTOBER, NOVEMBER)[meter];
      assert.equal(came, truthOf(OCTOBER, NOVEMBER, meter));
      const words =
        /^From the days before (.+), the forecast would have been (\S+ \S+) \((\S+)–(\S+)\); the month ended at (.+)\.$/.exec(
          past,
        );
      assert.deepEqual(
        [words?.[1], words?.[5]],
        [FORMATS.day('2026-10-18'), FORMATS.rounded(came, meter)],
        past,
      );
      const tree = (await story.rowsBelow('monthEnd')).find(({ label }) => label === name);
      assert.ok(tree?.tooltip.includes(past), tree?.tooltip);
    });
  }

  test('the answer of the closed report and of the row is the first figure of the open one', async () => {
    const report = await story.report('monthEnd');
    const [, , said = ''] = texts(rowNamed(table(report, 'End of'), 'Awake time'));
    assert.ok(report.summary.startsWith(`Awake time ${said} · vCPU-time `), report.summary);
    assert.equal((await story.rowOf('monthEnd')).also, said);
  });
});

suite('numbers one can trust: a machine park that began this month', () => {
  let story: StoryAccount;

  suiteSetup(async () => {
    story = await StoryAccount.begin('young', Date.parse('2026-10-03T09:20:00Z'), {
      fleet: storyFleet(NOW), // whose first row is of 1 October
    });
  });

  suiteTeardown(() => story.end());

  const isThere = async (): Promise<boolean[]> => {
    const { reports } = await story.view({ reports: ['monthEnd', 'budgets'] });
    const { node } = await story.row();
    const rows = (await story.inside.tree.getChildren(node)) ?? [];
    return [reports.some(({ id }) => id === 'monthEnd'), rows.some(({ kind }) => kind === 'monthEnd')];
  };

  test('there is no forecast before three whole days are known, and then there is', async () => {
    assert.deepEqual(await isThere(), [false, false]);
    story.moveTo(Date.parse('2026-10-04T09:20:00Z'));
    await story.refresh();
    assert.deepEqual(await isThere(), [true, true]);
    const row = rowNamed(table(await story.report('monthEnd'), 'End of October 2026'), 'Awake time');
    assert.equal(
      texts(row)[4],
      'No earlier month is known in full, so there is no past forecast to compare with.',
    );
  });
});

suite('numbers one can trust: what changed', () => {
  let story: StoryAccount;

  suiteSetup(async () => {
    story = await StoryAccount.begin('changes', NOW);
  });

  suiteTeardown(() => story.end());

  const PERIODS = {
    'this month': {
      range: { kind: 'thisMonth' },
      now: [NOVEMBER, THROUGH],
      before: [OCTOBER, OCTOBER + (THROUGH - NOVEMBER)],
    },
    'the days since the resize': {
      range: { kind: 'dates', first: '2026-11-10', last: '2026-11-18' },
      now: [Date.UTC(2026, 10, 10), THROUGH],
      before: [NOVEMBER, THROUGH - 9 * DAY],
    },
  } as const;

  for (const [name, { range, now, before }] of Object.entries(PERIODS)) {
    test(`of ${name}, the parts add up to the difference, which is the vendor’s own`, async () => {
      const report = await story.report('changes', { range });
      const [used, usedBefore] = [story.used(...now), story.used(...before)];
      for (const [meter, own] of Object.entries(METERS) as [keyof Sums, { readonly name: string }][]) {
        const [, was, is, difference] = rowNamed(table(report, 'In total'), own.name).cells.map(
          (cell) => cell,
        );
        assert.deepEqual(
          [was, is, difference].map(exactOf),
          [usedBefore[meter], used[meter], used[meter] - usedBefore[meter]],
          own.name,
        );
        const parts = table(report, `${own.name}: `).rows.map(({ cells }) => exactOf(cells[1]));
        assert.equal(sum(parts), used[meter] - usedBefore[meter], `the parts of ${own.name}`);
      }
    });
  }

  const line = (report: OpenReport, meter: keyof Sums, cause: string): ReturnType<typeof rowNamed> =>
    rowNamed(table(report, `${METERS[meter].name}: `), cause);

  test('a machine that was started, and one that was resized, are named with all that they are the cause of', async () => {
    const report = await story.report('changes');
    const started = line(report, 'awake_seconds', 'machines started');
    const used = story.usedBy(STORY.started, NOVEMBER, THROUGH).awake_seconds;
    assert.equal(exactOf(started.cells[1]), used);
    assert.equal(texts(started)[2], `${STORY.started} +${FORMATS.rounded(used, 'awake_seconds')}`);
    assert.deepEqual(started.opens, {
      ...{ chart: 'compute', meter: 'awake_seconds', subjectId: STORY.started },
    });
    const resized = line(report, 'memory_mib_seconds', 'machines resized');
    // What it used on the larger shape less what it would have used on the smaller one, which has half of the memory.
    const large = BigInt((THROUGH - Date.UTC(2026, 10, 8, 13, 30)) / 1000) * 8192n;
    assert.equal(exactOf(resized.cells[1]), large / 2n);
    assert.match(texts(resized)[2] ?? '', new RegExp(`^${STORY.resized} \\+`));
    assert.deepEqual(resized.opens, {
      ...{ chart: 'compute', meter: 'memory_mib_seconds', subjectId: STORY.resized },
    });
    const idler = line(report, 'cpu_millicore_seconds', 'less busy machines');
    assert.match(texts(idler)[2] ?? '', new RegExp(`^${STORY.resized} −`));
    assert.equal(
      exactOf(idler.cells[1]) + exactOf(line(report, 'cpu_millicore_seconds', 'machines resized').cells[1]),
      0n,
      'a machine twice as large that does the same work uses half of it',
    );
    const stored = line(report, 'storage_mib_seconds', 'machines started');
    assert.deepEqual(stored.opens, {
      ...{ chart: 'storage', meter: 'storage_mib_seconds', subjectId: STORY.started },
    });
  });

  test('a machine that was stopped is named once nothing of it is in the period', async () => {
    const report = await story.report('changes', { range: PERIODS['the days since the resize'].range });
    const stopped = line(report, 'awake_seconds', 'machines stopped');
    assert.equal(
      exactOf(stopped.cells[1]),
      -story.usedBy(STORY.stopped, NOVEMBER, THROUGH - 9 * DAY).awake_seconds,
    );
    assert.match(texts(stopped)[2] ?? '', new RegExp(`^${STORY.stopped} −108 h$`));
    assert.equal(stopped.opens?.subjectId, STORY.stopped);
  });
});

suite('numbers one can trust: what idles', () => {
  let story: StoryAccount;

  suiteSetup(async () => {
    story = await StoryAccount.begin('idle', NOW);
  });

  suiteTeardown(() => story.end());

  const listed = async (): Promise<string[][]> => {
    const report = await story.report('idle');
    return report.body.tables.map(({ rows }) => rows.map(({ cells }) => cells[0]?.text ?? ''));
  };

  test('the idle machine is listed with what it used, and storage of the machine that is gone', async () => {
    const report = await story.report('idle');
    assert.deepEqual(await listed(), [[STORY.idle], [STORY.destroyed]]);
    const { machines } = story.simulator.totals();
    const idle = rowNamed(table(report, 'Awake for long'), STORY.idle);
    const used = machines.get(STORY.idle);
    assert.deepEqual(
      [exactOf(idle.cells[1]), exactOf(idle.cells[3])],
      [used?.awake_seconds, used?.memory_mib_seconds],
    );
    assert.equal(texts(idle)[2], FORMATS.percent(0.01));
    const left = rowNamed(table(report, 'Storage on machines'), STORY.destroyed);
    assert.equal(exactOf(left.cells[1]), machines.get(STORY.destroyed)?.storage_mib_seconds);
    assert.equal(texts(left)[2], 'The vendor no longer lists the machine.');
    assert.equal(report.tone, 'attention');
  });

  test('what a person puts away stays away until that person wants it back, and the vendor hears nothing', async () => {
    const dashboard = await story.inside.dashboard.load();
    const { name } = dismissible(rowNamed(table(await story.report('idle'), 'Awake for long'), STORY.idle));
    const seen = story.simulator.requests.length;
    dashboard.receive({ type: 'dismiss', name });
    await story.eventually(async () => {
      assert.deepEqual(await listed(), [[], [STORY.destroyed]]);
    });
    await story.inside.accounts.reload();
    const report = await story.report('idle');
    assert.deepEqual(await listed(), [[], [STORY.destroyed]]);
    assert.doesNotMatch(report.summary, /awake at a low duty/);
    assert.deepEqual(report.body.actions, [{ label: 'Show 1 Dismissed', intent: 'showDismissed' }]);
    dashboard.receive({ type: 'act', intent: 'showDismissed' });
    await story.eventually(async () => {
      assert.deepEqual(await listed(), [[STORY.idle], [STORY.destroyed]]);
    });
    assert.equal(story.simulator.requests.length, seen);
  });
});

function dismissible({ dismiss }: { readonly dismiss?: string }): { readonly name: string } {
  assert.ok(dismiss !== undefined);
  return { name: dismiss };
}

/** What the story says of whole days. */
function truthOf(start: number, end: number, meter: keyof typeof STORY_DAY.working): bigint {
  let total = 0n;
  for (let day = start; day < end; day += DAY) {
    const isWeekend = [0, 6].includes(new Date(day).getUTCDay());
    total += (isWeekend ? STORY_DAY.weekend : STORY_DAY.working)[meter];
  }
  return total;
}

function distance(a: bigint, b: bigint): bigint {
  return a > b ? a - b : b - a;
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((total, value) => total + value, 0n);
}
