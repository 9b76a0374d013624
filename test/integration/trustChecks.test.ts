import assert from 'node:assert/strict';
import type { Misbehaviour } from '../simulator/dedalus/misbehaviour';
import { STORY } from '../simulator/dedalus/storyFleet';
import { NOW } from '../support/knownDay';
import { exactFigures, rowsBelow, type SeenRow } from './extension';
import { DAY, FORMATS, HOUR, rowNamed, StoryAccount, table, texts } from './story';

const at = (hour: number): number => Date.UTC(2026, 10, 18, hour);
const FOUR = { start: at(4), end: at(5) } as const;

/** What is always found in the story: storage of a machine that has left the list is still metered. */
const USUAL = [`Machines not listed: ${STORY.destroyed} · storage · 2026-11-18 00:00–10:00`];

/** Each finding below the checks in the sidebar, as it is read there. */
async function findings(story: StoryAccount): Promise<string[]> {
  const groups = (await story.rowsBelow('checks')).filter(({ node }) => node.kind === 'findings');
  const rows = await Promise.all(
    groups.map(async ({ node, label: kind }) =>
      (await rowsBelow(story.inside, node)).map(({ label, also }) => `${kind}: ${label} · ${also}`),
    ),
  );
  return rows.flat();
}

async function sums(story: StoryAccount): Promise<Record<string, SeenRow>> {
  const rows = (await story.rowsBelow('checks')).filter(({ node }) => node.kind === 'checkSum');
  return Object.fromEntries(rows.map((row) => [row.label, row]));
}

/** `2 open buckets`, of each meter in the order of the rows. */
async function verdicts(story: StoryAccount): Promise<string[]> {
  return Object.values(await sums(story)).map(verdictOf);
}

/** The row shows the difference, if there is one, and else the verdict. */
function verdictOf({ description, also }: SeenRow): string {
  return also === '' ? description : also;
}

/** How many of a kind have usage and are not billed yet, by the vendor's own books. */
function openBuckets({ simulator }: StoryAccount): string[] {
  const { computeBuckets, storageBuckets } = simulator.totals();
  const count = (buckets: typeof computeBuckets): string => {
    const open = buckets.filter(({ closed }) => !closed).length;
    return open === 1 ? '1 open bucket' : `${open} open buckets`;
  };
  const compute = count(computeBuckets);
  return [compute, compute, compute, count(storageBuckets)];
}

suite('numbers one can trust: billed against metered', () => {
  let story: StoryAccount;

  suiteSetup(async () => {
    story = await StoryAccount.begin('sums', NOW);
  });

  suiteTeardown(() => story.end());

  test('without hours at hand, open buckets may explain the difference', async () => {
    const [, , , storage = ''] = openBuckets(story);
    await story.eventually(async () => {
      assert.deepEqual(await verdicts(story), ['may be open', 'may be open', 'may be open', storage]);
    });
    assert.match((await story.rowOf('checks')).also, /^Differs by .*: open buckets may explain it/);
  });

  test('with hours at hand, it is so many open buckets as the vendor has', async () => {
    await story.report('checks');
    await story.eventually(async () => {
      assert.deepEqual(await verdicts(story), openBuckets(story));
    });
    assert.match((await story.rowOf('checks')).also, /^Differs by \+0\.\d%: 2 open buckets explain it$/);
    const { billed, metered } = story.simulator.totals();
    const { 'Awake time': awake } = await sums(story);
    assert.deepEqual(exactFigures(awake?.tooltip ?? '', 's'), [
      ...[metered.awake_seconds, billed.awake_seconds, metered.awake_seconds - billed.awake_seconds],
    ]);
  });

  test('the report says the same as the sidebar', async () => {
    const report = await story.report('checks');
    assert.equal(report.summary, (await story.rowOf('checks')).also);
    const rows = table(report, 'Metered against billed').rows.map(texts);
    assert.deepEqual(
      rows.map(([name, , , , verdict]) => [name, verdict]),
      Object.entries(await sums(story)).map(([name, row]) => [name, verdictOf(row)]),
    );
  });

  test('a bill that nothing explains is told of, and is over when the vendor has put it right', async () => {
    story.simulator.misbehave({ kind: 'summaryOff', by: { awake_seconds: 3600n } });
    await story.refreshLater();
    await story.report('checks');
    await story.eventually(async () => {
      const row = rowNamed(table(await story.report('checks'), 'Metered against billed'), 'Awake time');
      assert.deepEqual([texts(row)[4], row.tone], ['unexplained', 'trouble']);
    });
    const { billed, metered } = story.simulator.totals();
    const { 'Awake time': awake } = await sums(story);
    assert.ok(awake);
    assert.match(awake.description, / h apart$/);
    assert.equal(awake.also, 'unexplained');
    assert.deepEqual(exactFigures(awake.tooltip, 's'), [
      ...[metered.awake_seconds, billed.awake_seconds, metered.awake_seconds - billed.awake_seconds],
    ]);
    assert.match((await story.rowOf('checks')).also, /nothing explains it/);
    story.simulator.behave();
    await story.refreshLater();
    await story.report('checks');
    await story.eventually(async () => {
      assert.deepEqual(await verdicts(story), openBuckets(story));
    });
    assert.doesNotMatch((await story.rowOf('checks')).also, /nothing explains it/);
  });
});

suite('numbers one can trust: billed at once', () => {
  let story: StoryAccount;

  suiteSetup(async () => {
    story = await StoryAccount.begin('match', at(9), { lags: { assignMinutes: 0, closeMinutes: 0 } });
  });

  suiteTeardown(() => story.end());

  test('billed and metered match when all has closed', async () => {
    await story.eventually(async () => {
      assert.deepEqual(await verdicts(story), ['match', 'match', 'match', 'match']);
    });
    assert.equal((await story.rowOf('checks')).also, 'Billed and metered match');
    assert.equal((await story.report('checks')).tone, 'good');
  });
});

/** What is wrong of the vendor's rows, and how it is read in the sidebar; of some more than one thing is. */
const CASES: Readonly<Record<string, { misbehaviour: Misbehaviour; says: readonly string[] }>> = {
  'an hour of compute that is missing': {
    misbehaviour: { kind: 'gap', resource: 'compute', machine: STORY.idle, ...FOUR },
    says: [`Missing buckets: ${STORY.idle} · compute · 2026-11-18 04:00–05:00 · 1 bucket missing`],
  },
  'an hour of storage that is missing': {
    misbehaviour: { kind: 'gap', resource: 'storage', machine: STORY.idle, ...FOUR },
    says: [`Missing buckets: ${STORY.idle} · storage · 2026-11-18 04:00–05:00 · 1 bucket missing`],
  },
  'rows that overlap': {
    misbehaviour: { kind: 'overlap', machine: STORY.idle, ...FOUR },
    says: [
      `Overlapping buckets: ${STORY.idle} · compute · 2026-11-18 04:30–05:00 · 2026-11-18 04:00–05:00 and 2026-11-18 04:30–05:30`,
      `Overlapping buckets: ${STORY.idle} · compute · 2026-11-18 05:00–05:30 · 2026-11-18 04:30–05:30 and 2026-11-18 05:00–06:00`,
      `Buckets off the hour: ${STORY.idle} · compute · 2026-11-18 04:30–05:30`,
    ],
  },
  'rows that begin within the hour': {
    misbehaviour: { kind: 'offTheHour', machine: STORY.idle, seconds: 120, ...FOUR },
    says: [
      `Buckets off the hour: ${STORY.idle} · compute · 2026-11-18 04:02–05:02`,
      // Of storage the vendor names no length: its bucket is no finding by itself, but laps over the next one.
      `Overlapping buckets: ${STORY.idle} · storage · 2026-11-18 05:00–05:02 · 2026-11-18 04:02–05:02 and 2026-11-18 05:00–06:00`,
    ],
  },
  'a machine that was awake for longer than an hour in an hour': {
    misbehaviour: { kind: 'tooAwake', machine: STORY.idle, awakeSeconds: 3900, ...FOUR },
    says: [
      `Awake for too long: ${STORY.idle} · compute · 2026-11-18 04:00–05:00 · 3,900 s of at most 3,600 s`,
    ],
  },
  'a machine that used more than it has': {
    misbehaviour: { kind: 'tooBusy', machine: STORY.idle, percent: 150, ...FOUR },
    says: [
      `Too much vCPU-time: ${STORY.idle} · compute · 2026-11-18 04:00–05:00 · 10,800,000 millicore-s of at most 7,200,000 millicore-s`,
    ],
  },
  'an amount below zero': {
    misbehaviour: { kind: 'negative', machine: STORY.idle, meters: ['memory_mib_seconds'], ...FOUR },
    says: [`Amounts below zero: ${STORY.idle} · compute · 2026-11-18 04:00–05:00 · −29,491,200 MiB-s`],
  },
  'a machine that is used and not listed': {
    misbehaviour: { kind: 'unlisted', machine: STORY.idle },
    says: [`Machines not listed: ${STORY.idle} · compute · 2026-11-18`],
  },
};

suite('numbers one can trust: rows that cannot be right', () => {
  let story: StoryAccount;

  suiteSetup(async () => {
    story = await StoryAccount.begin('rows', NOW);
  });

  suiteTeardown(() => story.end());

  teardown(() => {
    story.simulator.behave();
  });

  test('an ordinary month has nothing but what the story is about', async () => {
    await story.report('checks');
    await story.eventually(async () => {
      assert.deepEqual(await findings(story), USUAL);
    });
  });

  for (const [what, { misbehaviour, says }] of Object.entries(CASES)) {
    test(`${what} is found, said of the machine, and forgotten once it is put right`, async () => {
      story.simulator.misbehave(misbehaviour);
      await story.refreshLater();
      await story.report('checks');
      await story.eventually(async () => {
        const found = await findings(story);
        assert.deepEqual(
          says.filter((own) => !found.includes(own)),
          [],
          found.join('\n'),
        );
        assert.deepEqual(await verdicts(story), openBuckets(story), 'the sums are as ever');
      });
      const rows = table(await story.report('checks'), 'Findings in rows').rows.map((row) => {
        const [kind = '', ...others] = texts(row);
        return `${kind}: ${others.filter((text) => text !== '').join(' · ')}`;
      });
      assert.deepEqual([...rows].sort(), [...(await findings(story))].sort(), 'the report lists the same');
      story.simulator.behave();
      await story.refreshLater();
      await story.report('checks');
      await story.eventually(async () => {
        assert.deepEqual(await findings(story), USUAL);
      });
    });
  }

  test('a resize is told of once its hours are at hand, and counts as nothing to look at', async () => {
    await story.report('checks', { granularity: 'hour' });
    await story.eventually(async () => {
      assert.deepEqual(await findings(story), [
        ...USUAL,
        `Two shapes in an hour: ${STORY.resized} · compute · 2026-11-08 13:00–14:00 · 2 shapes`,
      ]);
    });
    assert.doesNotMatch((await story.rowOf('checks')).also, /finding/);
  });
});

suite('numbers one can trust: what the vendor takes back', () => {
  let story: StoryAccount;
  const lost = '2026-11-11';

  suiteSetup(async () => {
    story = await StoryAccount.begin('lost', NOW, { misbehaviours: [{ kind: 'lostDay', date: lost }] });
  });

  suiteTeardown(() => story.end());

  const restated = async (): Promise<SeenRow[]> => {
    const row = (await story.rowsBelow('checks')).find(({ node }) => node.kind === 'restatements');
    return row === undefined ? [] : rowsBelow(story.inside, row.node);
  };

  test('a day without any row is found', async () => {
    await story.report('checks');
    await story.eventually(async () => {
      const found = (await findings(story)).filter((text) => text.startsWith('Days without any row'));
      assert.deepEqual(found, [
        `Days without any row: All machines · storage · ${lost}`,
        `Days without any row: All machines · compute · ${lost}`,
      ]);
    });
    assert.equal((await story.report('checks')).tone, 'trouble');
    assert.deepEqual(await restated(), []);
  });

  test('what comes later of a day that was read is a restatement, and the day is whole again', async () => {
    story.simulator.behave();
    story.moveTo(story.now + 1000);
    await story.inside.store.of(story.account).readAgain();
    await story.eventually(async () => {
      assert.deepEqual(await findings(story), USUAL);
      const own = (await restated()).filter(({ label }) => label === STORY.idle).map((row) => row.also);
      assert.ok(own.includes(`${lost} · Awake time · no row → 86,400 s`), own.join('\n'));
    });
  });

  test('a bill that has been restated is more than old rows tell, and reading them again shows which', async () => {
    story.simulator.misbehave({
      ...{ kind: 'restatement', percent: 90, machine: STORY.idle, meters: ['memory_mib_seconds'] },
      ...{ start: Date.UTC(2026, 10, 17), end: Date.UTC(2026, 10, 18) },
    });
    const [before, after] = [story.simulator.undisturbed(), story.simulator.totals()].map(
      ({ machineDays }) => machineDays.get(STORY.idle)?.get('2026-11-17')?.memory_mib_seconds ?? -1n,
    );
    assert.equal(after, ((before ?? 0n) * 9n) / 10n);
    story.moveTo(NOW + 2 * HOUR);
    await story.refresh();
    await story.report('checks');
    await story.eventually(async () => {
      const row = rowNamed(table(await story.report('checks'), 'Metered against billed'), 'Memory');
      assert.deepEqual(
        [texts(row)[4], row.tone],
        ['usage of 17 days was loaded before the bill', 'attention'],
      );
    });
    const { actions } = (await story.report('checks')).body;
    assert.deepEqual(actions, [{ label: 'Reload This Month', intent: 'readAgain' }]);
    story.moveTo(story.now + 1000);
    (await story.inside.dashboard.load()).receive({ type: 'act', intent: 'readAgain' });
    const says = `2026-11-17 · Memory · ${figure(before)} → ${figure(after)}`;
    await story.eventually(async () => {
      const own = (await restated()).filter(({ label }) => label === STORY.idle).map((row) => row.also);
      assert.equal(own[0], says, own.join('\n'));
      assert.deepEqual(await verdicts(story), openBuckets(story));
    });
    const [newest] = table(await story.report('checks'), 'Restatements').rows.map(texts);
    assert.deepEqual(newest, [
      ...[STORY.idle, '2026-11-17', 'Memory', `${figure(before)} → ${figure(after)}`],
      ...[FORMATS.instant(NOW + 1000), FORMATS.instant(NOW + 2 * HOUR + 1000)],
    ]);
  });

  test('a day that has closed is read again by itself a day later, and what changed is listed', async () => {
    story.simulator.behave();
    const whole = story.simulator.totals().machineDays.get(STORY.idle)?.get('2026-11-17')?.memory_mib_seconds;
    const told = ((whole ?? 0n) * 9n) / 10n;
    story.moveTo(NOW + DAY);
    await story.refresh();
    await story.eventually(async () => {
      const [newest] = await restated();
      assert.equal(newest?.also, `2026-11-17 · Memory · ${figure(told)} → ${figure(whole)}`);
    });
  });
});

function figure(amount: bigint | undefined): string {
  return FORMATS.exact(amount ?? -1n, 'memory_mib_seconds');
}
