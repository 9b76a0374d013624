import assert from 'node:assert/strict';
import { generateFleet } from '../simulator/dedalus/generatedFleet';
import { exactFigures, unescape } from './extension';
import { StoryAccount } from './story';

const MONTHS = [
  {
    ending: '2026-11-30T23:58:00Z',
    next: '2026-12-01T00:04:00Z',
    later: '2026-12-01T03:10:00Z',
    named: 'December 2026',
  },
  {
    ending: '2026-12-31T23:59:59Z',
    next: '2027-01-01T00:00:00Z',
    later: '2027-01-01T02:40:00Z',
    named: 'January 2027',
  },
];

for (const { ending, next, later, named } of MONTHS) {
  suite(`${named} begins while the window is open`, () => {
    let story: StoryAccount;

    suiteSetup(async () => {
      story = await StoryAccount.begin('over-month', Date.parse(ending), {
        fleet: generateFleet({ seed: 7, machines: 12 }),
      });
      await story.view();
    });

    suiteTeardown(() => story.end());

    /** The seconds billed, by the row of the account, the status bar and the dashboard. */
    async function billed(): Promise<(bigint | undefined)[]> {
      const [row] = exactFigures((await story.row()).tooltip, 's');
      const [item] = exactFigures(unescape(story.inside.statusBar.shown?.tooltip), 's');
      const line = (await story.view()).figures[0]?.lines.find(({ kind }) => kind === 'billed')?.exact;
      return [row, item, BigInt(line?.replace(/\D/g, '') ?? -1)];
    }

    async function agrees(): Promise<bigint> {
      const { billed: books, metered } = story.simulator.totals();
      await story.eventually(async () => {
        assert.deepEqual(await billed(), [books.awake_seconds, books.awake_seconds, books.awake_seconds]);
      });
      const compute = (await story.view()).charts[0];
      const drawn = compute?.series.flatMap(({ values }) => [...values]) ?? [];
      assert.equal(
        drawn.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : value), 0),
        Number(metered.awake_seconds),
        'the chart is of the same month',
      );
      return books.awake_seconds;
    }

    test('until it ends, the month that ends is shown', async () => {
      assert.ok((await agrees()) > 0n);
    });

    test('the first refresh of the new month shows what was billed in it, and nothing of the old one', async () => {
      story.moveTo(Date.parse(next));
      await story.refresh();
      assert.equal(await agrees(), 0n);
      assert.match((await story.rowOf('billed')).tooltip, new RegExp(named));
    });

    test('once its first hours are closed, they are its figure', async () => {
      story.moveTo(Date.parse(later));
      await story.refresh();
      const first = await agrees();
      assert.ok(first > 0n && first < 12n * 3n * 3600n, String(first));
    });
  });
}
