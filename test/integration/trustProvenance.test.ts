import assert from 'node:assert/strict';
import { type ReportCell, REPORTS, type ReportTable } from '../../src/protocol/report';
import type { TreeNode } from '../../src/views/tree/nodes';
import { STORY } from '../simulator/dedalus/storyFleet';
import { NOW } from '../support/knownDay';
import { rowsBelow, type SeenRow } from './extension';
import { set, StoryAccount } from './story';

/** Rows with a figure of usage or money. */
const WITH_FIGURES: ReadonlySet<TreeNode['kind']> = new Set<TreeNode['kind']>([
  ...([
    'figure',
    'billed',
    'estimate',
    'monthEnd',
    'forecast',
    'machine',
    'day',
    'hour',
    'hours',
    'shape',
  ] as const),
  ...(['meteringBucket', 'machineBucket', 'unassigned'] as const),
  ...(['checks', 'checkSum', 'finding', 'restatement'] as const),
]);

/** Beyond these a row is like the ones before it. */
const MOST_BELOW = 4;

/** What a person allowed or asked for is no figure of the vendor’s, and what is not known comes from nowhere. */
const OWN_COLUMNS = ['Limit'];
const isFigure = ({ text }: ReportCell): boolean => /\d/.test(text);
const EXPLAINING_COLUMNS = ['Usage', 'Numbers'];

suite('numbers one can trust: where each figure comes from', () => {
  let story: StoryAccount;

  suiteSetup(async () => {
    const hour = { start: Date.UTC(2026, 10, 17, 4), end: Date.UTC(2026, 10, 17, 5) };
    story = await StoryAccount.begin('provenance', NOW, {
      misbehaviours: [{ kind: 'negative', machine: STORY.idle, ...hour }],
    });
    const { label: account } = story.account;
    await set('rates', { [account]: { currency: 'USD', perVcpuHour: 0.04, perStorageGibHour: 0.0001 } });
    await set('budgets', [{ account, meter: 'awake_seconds', limit: 2000 }]);
    story.simulator.behave();
    story.moveTo(NOW + 1000);
    await story.inside.store.of(story.account).readAgain();
    await story.report('monthEnd');
    await story.eventually(async () => {
      const rows = await story.rowsBelow('checks');
      const listed = rows.find(({ node }) => node.kind === 'restatements');
      assert.ok(listed && (await rowsBelow(story.inside, listed.node)).length > 0);
    });
  });

  suiteTeardown(async () => {
    await set('rates', undefined);
    await set('budgets', undefined);
    await story.end();
  });

  const all = async (node: TreeNode): Promise<SeenRow[]> => {
    const rows = await rowsBelow(story.inside, node);
    const opened = rows.filter((row, place) => place < MOST_BELOW || isOpened(row));
    const isAccount = node.kind === 'account';
    const below = await Promise.all((isAccount ? rows : opened).map((row) => all(row.node)));
    return [...rows, ...below.flat()];
  };

  test('each row of the sidebar with a figure says what it is, as of when, and of which account', async () => {
    const rows = (await all((await story.row()).node)).filter(({ node }) => WITH_FIGURES.has(node.kind));
    assert.deepEqual(new Set(rows.map(({ node }) => node.kind)), WITH_FIGURES);
    const silent = rows.filter(({ node, tooltip }) => !isComplete(tooltip, isLevel(node)));
    assert.deepEqual(
      silent.map(({ node, label, tooltip }) => `${node.kind} ${label}: ${tooltip}`).slice(0, 10),
      [],
    );
  });

  test('so does the row of the account itself', async () => {
    const { tooltip } = await story.row();
    assert.ok(
      isComplete(tooltip.replace(story.account.label, `account ${story.account.label}`), false),
      tooltip,
    );
  });

  for (const id of REPORTS) {
    test(`each figure of the report ${id} says so too`, async () => {
      await story.report(id);
      await story.eventually(async () => {
        const { tables } = (await story.report(id)).body;
        const figures = tables.flatMap(figuresOf);
        assert.ok(figures.length > 0);
        const silent = figures.filter(({ cell }) => !isComplete(cell.detail ?? '', false));
        assert.deepEqual(silent.slice(0, 10), []);
      });
    });
  }

  function isComplete(text: string, isKindClear: boolean): boolean {
    const kind = isKindClear ? /at the time of loading/ : /\b(Metered|Billed|Estimated)\b/;
    return (
      kind.test(text) &&
      /\b[Aa]s of 2026-11-18 09:20 UTC/.test(text) &&
      text.includes(`account ${story.account.label}`)
    );
  }
});

/** Opened wherever it stands: the resize, and below the checks what was found. */
function isOpened({ label, node }: SeenRow): boolean {
  return (
    label === STORY.resized ||
    ['findings', 'restatements'].includes(node.kind) ||
    (node.kind === 'day' && node.day === '2026-11-08') ||
    (node.kind === 'hour' && node.hour.start === Date.UTC(2026, 10, 8, 13))
  );
}

/** What is provisioned holds at an instant; it is neither metered over time nor billed. */
function isLevel(node: TreeNode): boolean {
  return node.kind === 'figure' && node.meter === 'provisioned_storage_gib';
}

function figuresOf({ caption, columns, rows }: ReportTable): { place: string; cell: ReportCell }[] {
  return rows.flatMap(({ cells }) =>
    cells.flatMap((cell, index) => {
      const { heading = '', numeric = false } = columns[index] ?? {};
      const isAsked = (numeric && !OWN_COLUMNS.includes(heading)) || EXPLAINING_COLUMNS.includes(heading);
      return isAsked && isFigure(cell) ? [{ place: `${caption} › ${heading}`, cell }] : [];
    }),
  );
}
