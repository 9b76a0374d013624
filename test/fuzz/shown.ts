import '../support/vscodeStandIn';
import { UsageChecks } from '../../src/insights/checks/usageChecks';
import { PROVIDERS } from '../../src/providers/registry';
import { UsageStore } from '../../src/store/usageStore';
import type { Account } from '../../src/usage/account';
import { createFormats } from '../../src/usage/format';
import type { MeterId } from '../../src/usage/meter';
import { type EpochMs, HOUR } from '../../src/usage/time';
import { accountItem } from '../../src/views/tree/account/items';
import { accountNode } from '../../src/views/tree/account/nodes';
import { figureItem } from '../../src/views/tree/month/items';
import type { FigureNode } from '../../src/views/tree/month/nodes';
import { childrenOf } from '../../src/views/tree/nodeKinds';
import type { ItemContext } from '../../src/views/tree/row';
import { startMiosa } from '../simulator/miosa/simulator';
import { startNorthflank } from '../simulator/northflank/simulator';
import { totalOf } from '../simulator/northflank/sums';
import { startSimulator } from '../simulator/server';
import { accessTo } from '../support/access';
import { noDatabaseCache, silentLog } from '../unit/store/fakeSource';
import { DEDALUS, type Kind, MIOSA, NORTHFLANK, pick, type Random } from './alterations';
import { altering } from './altering';
import { type Altered, type Fuzzed, runCases } from './cases';

/*
 * Of three refreshes, an hour apart, one reply of the first or the second is altered in one way, whichever it is. Each time the
 * figures of the month in the sidebar are right by the simulator's own books, or marked: with a sign at the figure, with the failure beside the
 * account, or by the checks.
 */

const NOW = Date.UTC(2026, 10, 20, 14, 20);
const MONTH = Date.UTC(2026, 10, 1);

/** How long a figure that is wrong waits for the checks, which follow a refresh. */
const CHECKS_MS = 5000;

type Outcome = 'right' | 'marked' | 'wrong';

/** A figure as the simulator's books have it, in whole numbers of what the text's last decimal stands for. */
interface Truth {
  readonly meter: MeterId;
  /** The row of the tooltip that holds it: how its label begins. */
  readonly row: string;
  readonly value: bigint;
  readonly decimals: number;
}

interface Vendor extends Altered {
  readonly account: Account;
  /** How many replies a first refresh has, about. */
  readonly replies: number;
  /** By the simulator's clock as it is. */
  readonly truths: () => readonly Truth[];
}

const clock = { now: NOW };
const now = (): EpochMs => clock.now;
const formats = createFormats('en-US');
const machineView = () => ({ sort: 'usage', text: '', hideZero: false }) as const;

/** Runs so many cases; the same seed brings the same ones. */
export async function fuzzShown(seed: number, cases: number): Promise<Fuzzed> {
  return runCases(await startAll(), { seed, cases }, async (vendor, kind, random) => {
    const looks = await one(vendor, kind, random);
    return looks.map(({ name, outcomes }) => {
      const worst = (['wrong', 'marked', 'right'] as const).find((own) =>
        outcomes.some(([, is]) => is === own),
      );
      const wrong = outcomes.filter(([, outcome]) => outcome === 'wrong').map(([told]) => `${name}: ${told}`);
      return { outcome: `${name} ${worst}`, wrong };
    });
  });
}

interface Seen {
  readonly name: string;
  readonly outcomes: readonly (readonly [told: string, outcome: Outcome])[];
}

async function one(vendor: Vendor, kind: Kind, random: Random): Promise<Seen[]> {
  const alterations = vendor.alterations[kind] ?? [];
  const index = Math.floor(random() * alterations.length);
  let skipped = Math.floor(random() * vendor.replies);
  const when = pick(random, [0, 1]);
  const done = { refreshes: 0, altered: false };
  const http = altering(NOW, (reply) => {
    if (done.refreshes !== when || done.altered) {
      return;
    }
    skipped -= 1;
    done.altered = skipped < 0 && alterations[index]?.(reply, random) === true;
  });
  const databaseCache = noDatabaseCache();
  const store = new UsageStore({
    moneyRule: () => 'auto',
    databaseCache,
    now,
    log: silentLog,
    open: (_account, told) => {
      const access = { http, key: vendor.server.key, now, ...told };
      return PROVIDERS[vendor.account.provider].connect({
        now,
        access: accessTo(vendor.server.baseUrl, access),
      });
    },
  });
  const checks = new UsageChecks({ store, databaseCache, onError: silentLog.error });
  const looks: Seen[] = [];
  for (; done.refreshes < 3; done.refreshes += 1) {
    clock.now = NOW + done.refreshes * HOUR;
    await store.of(vendor.account).refresh();
    looks.push({ name: nameOf(done, when), outcomes: await judge({ store, checks }, vendor, index) });
  }
  checks.dispose();
  store.dispose();
  return looks;
}

function nameOf({ refreshes, altered }: { refreshes: number; altered: boolean }, when: number): string {
  if (!altered) {
    return 'as it was';
  }
  return refreshes === when ? 'altered' : 'an hour later';
}

interface Known {
  readonly store: UsageStore;
  readonly checks: UsageChecks;
}

async function judge({ store, checks }: Known, vendor: Vendor, index: number): Promise<Seen['outcomes']> {
  const { account } = vendor;
  const context: ItemContext = { store, checks, formats, now, machineView };
  const usage = store.known(account.id)?.usage;
  const item = accountItem(accountNode(account), context);
  const seen: [string, Outcome][] = [];
  const rows = await figures({ store, checks }, account);
  for (const { meter, row, value, decimals } of vendor.truths()) {
    const node = rows.find((own) => own.meter === meter);
    const text = node === undefined ? undefined : exactOf(figureItem(node, context).tooltip, row);
    const told = `alteration ${index}: ${meter} ${row} ${text} for ${value}`;
    const isMarked =
      text === undefined ||
      !/^−?[\d,.]+ [^?]+$/u.test(text) ||
      usage === undefined ||
      /\.failed\./.test(String(item.contextValue));
    if (isMarked) {
      seen.push([told, 'marked']);
    } else if (parse(text, decimals) === value) {
      seen.push([told, 'right']);
    } else {
      seen.push([told, (await isFound(checks, account)) ? 'marked' : 'wrong']);
    }
  }
  return seen;
}

async function figures({ store, checks }: Known, account: Account): Promise<FigureNode[]> {
  const context = {
    store,
    checks,
    now,
    ratesOf: () => undefined,
    machineView,
    machineLimit: () => 100,
  };
  const rows = await childrenOf(accountNode(account), context);
  return rows.filter((node): node is FigureNode => node.kind === 'figure');
}

/** The exact figure in a row of a tooltip. */
function exactOf(tooltip: unknown, label: string): string | undefined {
  const plain = String((tooltip as { value?: string } | undefined)?.value ?? tooltip)
    .replaceAll('\\', '')
    .replaceAll('&emsp;', '');
  const row = plain.split('\n').find((line) => line.startsWith(`| ${label}`) && /\p{L}/u.test(line));
  return row?.split(/ *\| */u)[2]?.trim();
}

function parse(text: string, decimals: number): bigint {
  const [whole = '', fraction = ''] = (/−?[\d,.]+/u.exec(text)?.[0] ?? '').replaceAll(',', '').split('.');
  return BigInt(`${whole.replace('−', '-')}${fraction.padEnd(decimals, '0')}`);
}

/** Whether the checks come to say that something is to be looked at. */
function isFound(checks: UsageChecks, { id }: Account): Promise<boolean> {
  const found = (): boolean => {
    const check = checks.result(id);
    return (
      check !== undefined && (check.findings.length > 0 || !['good', 'neutral'].includes(check.badge.tone))
    );
  };
  if (found()) {
    return Promise.resolve(true);
  }
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      subscription.dispose();
      resolve(false);
    }, CHECKS_MS);
    const subscription = checks.onDidChange(() => {
      if (found()) {
        clearTimeout(timer);
        subscription.dispose();
        resolve(true);
      }
    });
  });
}

async function startAll(): Promise<Vendor[]> {
  const dedalus = await startSimulator({ now, machines: 3 });
  const miosa = await startMiosa({ now, groups: 6 });
  const northflank = await startNorthflank({ now, teams: 1, quota: 1_000_000 });
  const METERED = [
    'awake_seconds',
    'cpu_millicore_seconds',
    'memory_mib_seconds',
    'storage_mib_seconds',
  ] as const;
  return [
    {
      name: 'Dedalus',
      account: { id: 'd', provider: 'dedalus', label: 'Dedalus' },
      server: dedalus,
      replies: 4,
      alterations: DEDALUS,
      truths: remembered(() => {
        const used = [...dedalus.used(MONTH, clock.now).values()];
        const { billed } = dedalus.totals();
        return METERED.flatMap((meter) => [
          { meter, row: 'Billed', value: billed[meter], decimals: 0 },
          { meter, row: 'Metered', value: used.reduce((sum, own) => sum + own[meter], 0n), decimals: 0 },
        ]);
      }),
    },
    {
      name: 'MIOSA',
      account: { id: 'm', provider: 'miosa', label: 'MIOSA' },
      server: miosa,
      replies: 1,
      alterations: MIOSA,
      truths: remembered(() => {
        const used = [...miosa.used('external_user_id', MONTH, clock.now).values()];
        return (['credit_cents', 'sandbox_seconds'] as const).map((meter) => ({
          meter,
          row: '',
          value: used.reduce((sum, own) => sum + (own[meter] ?? 0n), 0n),
          decimals: meter === 'credit_cents' ? 8 : 6,
        }));
      }),
    },
    {
      name: 'Northflank',
      account: { id: 'n', provider: 'northflank', label: 'Northflank' },
      server: northflank,
      replies: 5,
      alterations: NORTHFLANK,
      truths: remembered(() => [
        { meter: 'paas.cents', row: '', value: totalOf(northflank.spent(MONTH, clock.now)), decimals: 8 },
      ]),
    },
  ];
}

/** The books of one time do not change. */
function remembered(truths: Vendor['truths']): Vendor['truths'] {
  const known = new Map<EpochMs, readonly Truth[]>();
  return () => {
    const own = known.get(clock.now) ?? truths();
    known.set(clock.now, own);
    return own;
  };
}
