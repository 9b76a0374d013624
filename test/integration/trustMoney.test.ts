import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { LIST_PRICES } from '../../src/providers/dedalus/listPrices';
import type { RatesSetting } from '../../src/usage/rates';
import type { TreeNode } from '../../src/views/tree/nodes';
import { NOW } from '../support/knownDay';
import { closeEditors, rowsBelow, type SeenRow, unescape } from './extension';
import { rowNamed, set, StoryAccount, table, texts } from './story';

const NOVEMBER = Date.UTC(2026, 10, 1);

/** An amount of dollars in units of 10^−10. */
const UNIT = 10n ** 10n;

/** A plain decimal in units of 10^−10. */
function decimal(value: number | string | undefined): bigint {
  const [whole = '0', fraction = ''] = String(value ?? 0).split('.');
  return BigInt(whole) * UNIT + BigInt(fraction.padEnd(10, '0'));
}

/** `n / d`, half away from zero; of what is not negative. */
function rounded(n: bigint, d: bigint): bigint {
  return (2n * n + d) / (2n * d);
}

/** What is metered in the vendor's books at the rates, each line rounded once. */
function estimateOf({ simulator }: StoryAccount, rates: RatesSetting): { lines: bigint[]; total: bigint } {
  const { metered } = simulator.totals();
  const included = rates.included ?? {};
  const elapsed = BigInt((NOW - NOVEMBER) / 1000);
  const line = (used: bigint, rate: number | string | undefined, per: bigint, free: bigint): bigint =>
    rounded((used * UNIT > free ? used * UNIT - free : 0n) * decimal(rate), per * UNIT);
  const [vcpuHour, gibHour] = [1000n * 3600n, 1024n * 3600n];
  const lines = [
    line(metered.cpu_millicore_seconds, rates.perVcpuHour, vcpuHour, decimal(included.vcpuHours) * vcpuHour),
    line(
      metered.memory_mib_seconds,
      rates.perMemoryGibHour,
      gibHour,
      decimal(included.memoryGibHours) * gibHour,
    ),
    line(
      metered.storage_mib_seconds,
      rates.perStorageGibHour,
      gibHour,
      decimal(included.storageGib) * 1024n * elapsed,
    ),
  ];
  const [cpu = 0n, memory = 0n, storage = 0n] = lines;
  const money = decimal(included.money);
  const compute = cpu + memory;
  return { lines, total: compute + storage - (money < compute ? money : compute) };
}

/** `1,234.5 USD`, as exact figures are written. */
function dollars(amount: bigint): string {
  const [whole, fraction] = [
    amount / UNIT,
    String(amount % UNIT)
      .padStart(10, '0')
      .replace(/0+$/, ''),
  ];
  return `${whole.toLocaleString('en')}${fraction === '' ? '' : `.${fraction}`} USD`;
}

/** `$1,235`, `$12.35`: as the window writes rounded ones. */
function short(amount: bigint): string {
  const value = Number(amount) / Number(UNIT);
  const digits = value >= 999.995 ? 0 : 2;
  return value.toLocaleString('en', {
    ...{ style: 'currency', currency: 'USD', maximumFractionDigits: digits, minimumFractionDigits: digits },
  });
}

async function allRows({ inside }: StoryAccount, node: TreeNode): Promise<SeenRow[]> {
  const rows = await rowsBelow(inside, node);
  const open = rows.filter(({ node: own }) => ['monthEnd', 'machines', 'checks'].includes(own.kind));
  const below = await Promise.all(open.map((row) => rowsBelow(inside, row.node)));
  return [...rows, ...below.flat()];
}

suite('numbers one can trust: money by a person’s own rates', () => {
  let story: StoryAccount;
  const own: RatesSetting = {
    ...{ currency: 'USD', perVcpuHour: '0.0333333333', perMemoryGibHour: 0.0147, perStorageGibHour: 0.00011 },
    included: { storageGib: 7.5, vcpuHours: 10 },
  };

  suiteSetup(async () => {
    story = await StoryAccount.begin('rates', NOW);
  });

  suiteTeardown(async () => {
    await set('rates', undefined);
    await story.end();
  });

  const tooltip = (): string => unescape(story.inside.statusBar.shown?.tooltip);

  test('without rates there is no money anywhere, though the vendor has list prices', async () => {
    const view = await story.view({
      reports: ['monthEnd', 'budgets', 'changes', 'idle', 'checks', 'trail', 'figures'],
    });
    assert.equal(view.reports.length, 7);
    const account = await story.row();
    const rows = [account, ...(await allRows(story, account.node))];
    const seen = rows.map(
      ({ label, description, also, tooltip: text }) => `${label} ${description} ${also} ${text}`,
    );
    for (const text of [...seen, JSON.stringify(view), tooltip()]) {
      assert.doesNotMatch(text, /USD|\$\d|≈ \$|own rates/);
    }
  });

  test('with rates of another account there is none either', async () => {
    await set('rates', { [story.account.label]: own });
    await story.eventually(() => {
      assert.match(tooltip(), /USD|≈/);
    });
    await set('rates', { 'Another account': own });
    await story.eventually(async () => {
      assert.doesNotMatch(JSON.stringify((await story.view()).figures) + tooltip(), /USD|≈/);
    });
  });

  for (const [whose, rates] of Object.entries({
    'a person’s own rates': own,
    'the list prices of the larger plan, once they are chosen': LIST_PRICES.plans[1]?.rates,
  })) {
    test(`the estimate by ${whose} is exact in sidebar, dashboard and status bar`, async () => {
      assert.ok(rates);
      await set('rates', { [story.account.label]: rates });
      const { lines, total } = estimateOf(story, rates);
      await story.eventually(async () => {
        const row = await story.rowOf('estimate');
        assert.ok(row.tooltip.includes(`| Estimate |  | ${dollars(total)} |`), row.tooltip);
        assert.deepEqual([row.description, row.also], [`≈ ${short(total)}`, `≈ ${short(total)} estimate`]);
        for (const line of lines) {
          assert.ok(row.tooltip.includes(`| ${dollars(line)} |`), `${dollars(line)} in ${row.tooltip}`);
        }
      });
      const card = (await story.view()).figures.find(({ label }) => label === 'Estimate');
      assert.deepEqual(
        card?.lines.slice(0, 4).map(({ exact, value }) => exact || value),
        [total, ...lines].map(dollars),
      );
      assert.ok(card.lines.every(({ kind }) => kind === 'estimated'));
      assert.equal(card.lines[0]?.value, `≈ ${short(total)}`);
      const says = `≈ ${short(total)} estimate, at your own rates; not the vendor’s bill`;
      assert.ok(tooltip().includes(says), tooltip());
    });
  }

  test('the month’s end in money lies above what it has come to, in the brackets', async () => {
    await set('rates', { [story.account.label]: own });
    const row = rowNamed(table(await story.report('monthEnd'), 'End of November 2026'), 'Estimate');
    const [, soFar, said = '', by] = texts(row);
    assert.equal(soFar, short(estimateOf(story, own).total));
    const figures = [...said.matchAll(/\$([\d,.]+)/g)].map(([, text = '']) =>
      Number(text.replaceAll(',', '')),
    );
    const [total = 0, low = 0, high = 0] = figures;
    assert.ok(low <= total && total <= high && low > Number(estimateOf(story, own).total / UNIT), said);
    assert.equal(by, 'your own rates; not the vendor’s bill');
  });

  test('a dashboard that was closed while rates were set shows them when it is opened', async () => {
    await set('rates', undefined);
    assert.equal(
      (await story.view()).figures.some(({ label }) => label === 'Estimate'),
      false,
    );
    await closeEditors();
    await set('rates', { [story.account.label]: own });
    const { dashboard } = story.inside;
    await dashboard.show(story.account.id);
    const { figures } = (await dashboard.load()).view();
    assert.equal(
      figures.some(({ label }) => label === 'Estimate'),
      true,
    );
  });
});

suite('numbers one can trust: budgets', () => {
  let story: StoryAccount;

  suiteSetup(async () => {
    story = await StoryAccount.begin('budgets', NOW);
  });

  suiteTeardown(async () => {
    await set('budgets', undefined);
    await story.end();
  });

  /** Hours of which 80 % are just not used up, or just are; in millionths. */
  const limit = (isPassed: boolean): bigint => {
    const { awake_seconds: used } = story.simulator.totals().metered;
    const millionths = (used * 1_000_000n * 100n) / (3600n * 80n);
    return isPassed ? millionths : millionths + 1n;
  };

  const setBudget = async (isPassed: boolean): Promise<void> => {
    await set('budgets', [
      {
        ...{ account: story.account.label, meter: 'awake_seconds', thresholds: [80] },
        limit: Number(limit(isPassed)) / 1e6,
      },
    ]);
  };

  /** Whether a person would still have to be told that 80 % are passed. */
  const isNews = (isPassed: boolean): Promise<boolean> => {
    const budget = `awake_seconds ${limit(isPassed)}`;
    const passed = { budget, period: NOVEMBER, basis: 'actual', threshold: 80 } as const;
    return story.inside.databaseCache.claimAlert(story.account.id, passed, NOW);
  };

  test('just before a threshold nothing stands out, and nobody is told', async () => {
    await setBudget(false);
    await story.eventually(async () => {
      const report = await story.report('budgets');
      assert.match(report.summary, /^Awake time 79 ?% of /);
      assert.equal(report.tone, 'good');
      assert.equal(texts(rowNamed(table(report, 'Budgets of November 2026'), 'Awake time'))[4], 'none');
    });
    const { alert, text, tooltip } = story.inside.statusBar.shown ?? {};
    assert.deepEqual([alert, text?.startsWith('$(graph) ')], ['none', true]);
    assert.match(unescape(tooltip), /Budget, Awake time: .* 79 ?% \(metered\)\./);
    assert.equal(await isNews(false), true, 'nobody was told');
  });

  test('just past it the status bar rings, and a person is told once', async () => {
    assert.ok(vscode.window.state.focused, 'only the window that has the focus tells');
    await setBudget(true);
    await story.eventually(async () => {
      const report = await story.report('budgets');
      assert.match(report.summary, /^Awake time 80 ?% of /);
      assert.equal(report.tone, 'attention');
      assert.match(texts(rowNamed(table(report, 'Budgets of'), 'Awake time'))[4] ?? '', /^used: 80 ?%$/);
    });
    const { alert, text } = story.inside.statusBar.shown ?? {};
    assert.deepEqual([alert, text?.startsWith('$(bell) ')], ['warning', true]);
    assert.equal(await isNews(true), false, 'the window has told it');
  });

  test('without budgets nothing rings', async () => {
    await set('budgets', undefined);
    await story.eventually(async () => {
      await Promise.resolve();
      assert.equal(story.inside.statusBar.shown?.alert, 'none');
    });
  });
});
