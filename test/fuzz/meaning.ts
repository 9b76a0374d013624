import type { HttpClient } from '../../src/http/client';
import { checkRows } from '../../src/insights/checks/rowChecks';
import { DedalusClient } from '../../src/providers/dedalus/client';
import { MiosaClient } from '../../src/providers/miosa/client';
import { NorthflankClient } from '../../src/providers/northflank/client';
import type { UsageSource } from '../../src/providers/provider';
import type { Amount } from '../../src/usage/amount';
import type { FetchedBreakdown } from '../../src/usage/breakdownId';
import { amountAt, type UsageColumns } from '../../src/usage/columns/columns';
import { UsageError } from '../../src/usage/failure';
import type { MeterId } from '../../src/usage/meter';
import { DAY, dayPeriod, type EpochMs, monthToDate, type Period } from '../../src/usage/time';
import { startMiosa } from '../simulator/miosa/simulator';
import { startNorthflank } from '../simulator/northflank/simulator';
import { totalOf } from '../simulator/northflank/sums';
import { startSimulator } from '../simulator/server';
import type { VendorServer } from '../simulator/vendorServer';
import { accessTo } from '../support/access';
import { DEDALUS, type Kind, MIOSA, NORTHFLANK, pick, type Random } from './alterations';
import { altering } from './altering';
import { type Altered, type Fuzzed, runCases } from './cases';

/*
 * Replies of the three simulators, each altered in one way, are read by the vendors' clients. A figure that comes of it is right
 * by the simulator's own books, or marked: the reply is refused, the day is not known, or a check finds the rows odd.
 */

const NOW = Date.UTC(2026, 10, 20, 14, 20);
const month = monthToDate(NOW);

/** What a case came to. `wrong`: a figure that differs from the books, and nothing says so. */
export type Outcome = 'right' | 'refused' | 'gap' | 'finding' | 'unaltered' | 'wrong';

/** One vendor: how it is asked, and what its books say of a day. */
interface Subject extends Altered {
  readonly connect: (http: HttpClient) => UsageSource;
  readonly questions: readonly {
    readonly part: FetchedBreakdown;
    readonly meter: MeterId;
    readonly days: number;
  }[];
  readonly truth: (period: Period, meter: MeterId) => bigint;
}

/** Runs so many cases; the same seed brings the same ones. */
export async function fuzz(seed: number, cases: number): Promise<Fuzzed> {
  return runCases(await startAll(), { seed, cases }, async (subject, kind, random) => {
    const { outcome, told } = await one(subject, kind, random);
    return [{ outcome, wrong: outcome === 'wrong' ? [told] : [] }];
  });
}

async function one(
  subject: Subject,
  kind: Kind,
  random: Random,
): Promise<{ readonly outcome: Outcome; readonly told: string }> {
  const { part, meter, days } = pick(random, subject.questions);
  const last = Math.floor(random() * 20);
  const start = month.start + Math.max(0, last - Math.floor(random() * days)) * DAY;
  const period = { start, end: month.start + (last + 1) * DAY };
  const alterations = subject.alterations[kind] ?? [];
  const index = Math.floor(random() * alterations.length);
  const alter = alterations[index];
  const done = { altered: false };
  // Northflank's replies have pages of a hundred hours, any of which may be the altered one.
  const pages = subject.name === 'Northflank' ? Math.ceil(((period.end - period.start) / DAY) * 0.24) : 1;
  let page = Math.floor(random() * pages);
  const http = altering(NOW, (reply) => {
    page -= 1;
    if (page >= 0 || done.altered || alter === undefined) {
      return;
    }
    done.altered = alter(reply, random);
  });
  const told = `${part} ${new Date(period.start).toISOString()} ${(period.end - period.start) / DAY} days, alteration ${index}`;
  try {
    const rows = await subject.connect(http).rows(part, { period });
    if (!done.altered) {
      return { outcome: 'unaltered', told };
    }
    const judged = [...rows].map(([day, columns]): Outcome => {
      const truth = subject.truth(dayPeriod(day), meter);
      if (sumOf(columns, meter) === truth) {
        return 'right';
      }
      return part.startsWith('compute') || part === 'storage' ? marked(columns, part) : 'wrong';
    });
    const worst = (['wrong', 'finding'] as const).find((own) => judged.includes(own));
    const isWhole = rows.size === (period.end - period.start) / DAY;
    return { outcome: worst ?? (isWhole ? 'right' : 'gap'), told };
  } catch (error) {
    if (error instanceof UsageError && error.failure.kind === 'malformed') {
      return { outcome: 'refused', told };
    }
    throw error;
  }
}

/** Whether a check of the product says that rows are odd. */
function marked(columns: UsageColumns, part: FetchedBreakdown): Outcome {
  const steps = checkRows(columns, part === 'storage' ? 'storage' : 'compute');
  let step = steps.next();
  while (step.done !== true) {
    step = steps.next();
  }
  return step.value.some(({ kind }) => kind !== 'reshaped') ? 'finding' : 'wrong';
}

function sumOf(columns: UsageColumns, meter: MeterId): bigint {
  let sum = 0n;
  for (let row = 0; row < columns.length; row += 1) {
    const amount: Amount | undefined = amountAt(columns, meter, row);
    sum += BigInt(amount ?? 0);
  }
  return sum;
}

async function startAll(): Promise<Subject[]> {
  const now = (): EpochMs => NOW;
  const dedalus = await startSimulator({ now, machines: 3 });
  const miosa = await startMiosa({ now, groups: 6 });
  const northflank = await startNorthflank({ now, teams: 1, quota: 1_000_000 });
  const access = (server: VendorServer, http: HttpClient): ReturnType<typeof accessTo> =>
    accessTo(server.baseUrl, { http, key: server.key, now });
  return [
    {
      name: 'Dedalus',
      server: dedalus,
      connect: (http) => new DedalusClient(access(dedalus, http)),
      questions: [
        { part: 'computeDays', meter: 'awake_seconds', days: 20 },
        { part: 'computeHours', meter: 'awake_seconds', days: 1 },
        { part: 'storage', meter: 'storage_mib_seconds', days: 3 },
      ],
      alterations: DEDALUS,
      truth: remembered(({ start, end }, meter) =>
        [...dedalus.used(start, end).values()].reduce(
          (sum, used) => sum + used[meter as 'awake_seconds' | 'storage_mib_seconds'],
          0n,
        ),
      ),
    },
    {
      name: 'MIOSA',
      server: miosa,
      connect: (http) => new MiosaClient(access(miosa, http)),
      questions: [{ part: 'byUser', meter: 'credit_cents', days: 1 }],
      alterations: MIOSA,
      truth: remembered(({ start, end }, meter) =>
        [...miosa.used('external_user_id', start, end).values()].reduce(
          (sum, used) => sum + (used[meter] ?? 0n),
          0n,
        ),
      ),
    },
    {
      name: 'Northflank',
      server: northflank,
      connect: (http) => new NorthflankClient(access(northflank, http)),
      questions: [{ part: 'spend', meter: 'paas.cents', days: 9 }],
      alterations: NORTHFLANK,
      truth: remembered(({ start, end }) => totalOf(northflank.spent(start, end))),
    },
  ];
}

/** The books do not change: each day is added up once. */
function remembered(truth: Subject['truth']): Subject['truth'] {
  const known = new Map<string, bigint>();
  return (period, meter) => {
    const key = `${period.start} ${meter}`;
    const value = known.get(key) ?? truth(period, meter);
    known.set(key, value);
    return value;
  };
}
