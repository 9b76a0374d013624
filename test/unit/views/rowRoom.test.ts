import '../../support/vscodeStandIn';
import assert from 'node:assert/strict';
import test from 'node:test';
import { PROVIDERS } from '../../../src/providers/registry';
import { SampleSource } from '../../../src/providers/sample/source';
import type { DayKey } from '../../../src/store/dayBlock';
import { UsageStore } from '../../../src/store/usageStore';
import type { Account } from '../../../src/usage/account';
import { createFormats } from '../../../src/usage/format';
import { daysOf } from '../../../src/usage/time';
import { accountNode } from '../../../src/views/tree/account/nodes';
import type { TreeContext } from '../../../src/views/tree/context';
import { levelOf } from '../../../src/views/tree/node';
import { childrenOf, treeItem } from '../../../src/views/tree/nodeKinds';
import type { TreeNode } from '../../../src/views/tree/nodes';
import type { ItemContext } from '../../../src/views/tree/row';
import { cutInMiddle } from '../../../src/views/tree/textWidth';
import { generateFleet } from '../../simulator/dedalus/generatedFleet';
import { startMiosa } from '../../simulator/miosa/simulator';
import { startNorthflank } from '../../simulator/northflank/simulator';
import { accessTo } from '../../support/access';
import { dejaVuWidth } from '../../support/dejaVuSans';
import { NO_CHECKS } from '../../support/noChecks';
import { client } from '../http/helpers';
import { noDatabaseCache, silentLog } from '../store/fakeSource';

const NOW = Date.UTC(2026, 10, 20, 14, 20);

/** CSS pixels of a row's texts in a sidebar of 290 px, measured in VS Code: of a row with an icon on the first level, and on. */
const ROOM = [215, 207, 199, 191, 183, 175, 167, 159];

/** What a row without an icon has more. */
const ICON = 22;

/** Between label and figure, which is written smaller. */
const GAP = 6.5;
const FIGURE_SIZE = 0.9;

/** The days of the month before today. */
const PAST = daysOf({ start: Date.UTC(2026, 10, 1), end: Date.UTC(2026, 10, 20) });

type Open = ConstructorParameters<typeof UsageStore>[0]['open'];

interface Shown {
  readonly node: TreeNode;
  readonly label: string;
  readonly figure: string;
  readonly hasIcon: boolean;
  readonly spoken: string;
}

/** Every row of an account, the first three of each kind below a row opened. */
async function rows(account: Account, open: Open, days: readonly DayKey[] = []): Promise<Shown[]> {
  const store = new UsageStore({
    moneyRule: () => 'auto',
    databaseCache: noDatabaseCache(),
    now: () => NOW,
    log: silentLog,
    open,
  });
  const context: TreeContext & ItemContext = {
    ...{ store, checks: NO_CHECKS, now: () => NOW, formats: createFormats('en-US') },
    machineView: () => ({ sort: 'usage', text: '', hideZero: false }),
    ratesOf: () => ({ currency: 'USD', perVcpuHour: 1 }),
    machineLimit: () => 2000,
  };
  await store.of(account).refresh();
  await store.of(account).load(days);
  const shown: Shown[] = [];
  const walk = async (node: TreeNode): Promise<void> => {
    const item = treeItem(node, context);
    shown.push({
      node,
      label: item.label as string,
      figure: typeof item.description === 'string' ? item.description : '',
      hasIcon: item.iconPath !== undefined,
      spoken: item.accessibilityInformation?.label ?? '',
    });
    const children = await childrenOf(node, context);
    const kinds = Map.groupBy(children, ({ kind }) => kind);
    for (const child of [...kinds.values()].flatMap((own) => own.slice(0, 3))) await walk(child);
  };
  await walk(accountNode(account));
  return shown;
}

function assertRoom(shown: readonly Shown[]): void {
  const tooLong = shown.filter(({ node, label, figure, hasIcon }) => {
    const texts = dejaVuWidth(label) + GAP + FIGURE_SIZE * dejaVuWidth(figure);
    return texts > (ROOM[levelOf(node) - 1] ?? 0) + (hasIcon ? 0 : ICON);
  });
  assert.deepEqual(
    tooLong.map(({ node, label, figure }) => `${node.kind} ${levelOf(node)}: ${label} ${figure}`),
    [],
  );
}

test('label and figure of every row of the sample fit, and the figure is one', async () => {
  const account: Account = { id: 'sample', provider: 'sample', label: 'Sample data' };
  const shown = await rows(account, () => Promise.resolve(new SampleSource(() => NOW)));
  assertRoom(shown);
  const kinds = new Set(shown.map(({ node }) => node.kind));
  for (const kind of [
    'account',
    'figure',
    'billed',
    'estimate',
    'machine',
    'day',
    'hour',
    'metering',
  ] as const) {
    assert.ok(kinds.has(kind), kind);
  }
  const top = shown.find(({ node }) => node.kind === 'account');
  const awake = shown.find(({ label }) => label === 'Awake time');
  assert.match(top?.figure ?? '', /^[\d,]+ h$/u);
  assert.equal(top?.figure, awake?.figure, 'the account shows its first figure');
  assert.match(top?.spoken ?? '', /^Sample data · [\d,]+ h · [\d,]+ h billed · as of 14:20 UTC$/u);
  const machine = shown.find(({ label }) => label === 'dm-web-1');
  assert.match(machine?.spoken ?? '', /^dm-web-1 · [\d,]+ h · 4 vCPU, 8 GiB · running$/u);
});

for (const [name, start] of [
  ['MIOSA', startMiosa],
  ['Northflank', startNorthflank],
] as const) {
  test(`label and figure of every row of ${name} fit`, async () => {
    const simulator = await start({ now: () => NOW });
    try {
      const provider = Object.values(PROVIDERS).find((own) => own.name === name);
      assert.ok(provider);
      const account: Account = { id: provider.id, provider: provider.id, label: name };
      const days = provider.id === 'miosa' ? PAST.map((day) => ({ part: 'byUser' as const, day })) : [];
      const open: Open = ({ grouping, organisationId }, told) => {
        const own = { http: client().http, key: simulator.key, grouping, organisationId, ...told };
        return provider.connect({
          now: () => NOW,
          access: accessTo(simulator.baseUrl, { ...own, now: () => NOW }),
        });
      };
      const shown = await rows(account, open, days);
      assert.ok(shown.length > 8);
      const end = shown.find(({ node }) => node.kind === 'monthEnd');
      assert.deepEqual([end?.label, /^≈ \d/u.test(end?.figure ?? '')], ['Month end', true]);
      assertRoom(shown);
    } finally {
      await simulator.close();
    }
  });
}

test('2,000 names are cut in the middle, and no two become the same', () => {
  const names = generateFleet({ seed: 11, machines: 2000 }).machines.map(({ id }) => id);
  const room = 199 - GAP - FIGURE_SIZE * dejaVuWidth('1,234 h');
  const cut = names.map((name) => cutInMiddle(name, room, 8));
  assert.deepEqual(
    cut.filter((name) => dejaVuWidth(name) > room),
    [],
  );
  assert.equal(new Set(cut).size, names.length);
  assert.equal(cutInMiddle('dm-api-server-nimble-dingo', 150, 8), 'dm-ap…-nimble-dingo');
  assert.equal(cutInMiddle('dm-web-1', 10, 8), 'dm-web-1', 'a short name is never cut');
});

test('a name in a wide script is cut earlier, and one that is too long keeps eight of its characters', () => {
  assert.equal(cutInMiddle('東京本番環境データベース第一号機', 130, 8), '東京…ベース第一号機');
  assert.equal(cutInMiddle('東京本番環境データベース第一号機', 1, 8), '東京…ス第一号機');
  assert.equal(cutInMiddle('🦀'.repeat(20), 100, 1), '🦀…🦀🦀🦀');
  assert.equal(cutInMiddle('e\u0301'.repeat(12), 105, 8), 'e\u0301'.repeat(12), 'an accent takes no room');
});
