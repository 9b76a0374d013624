import { setTimeout as pause } from 'node:timers/promises';
import { seedSampleAccount } from '../../scripts/sampleAccount';
import { globalStorage } from '../../scripts/vscode/server';
import { EXTENSION_ID } from '../../src/contributions';
import { beginAccount, takeKeyOfEnvironment } from '../ui/driver/addAccount';
import { DashboardPage } from '../ui/driver/dashboardPage';
import { LOADED } from '../ui/driver/tree';
import type { Workbench } from '../ui/driver/workbench';
import { hostMemory, type Resident } from './hostMemory';
import { held, type Measure } from './measure';
import { spread } from './spread';
import { startVendor, type Vendor } from './vendor';
import { inWindow, type WindowOptions } from './window';

const MACHINES = 2000;
const REST_MS = 60_000;

/** A window without any figures is opened more often: there, chance is not small beside what is looked for. */
const ROUNDS = { empty: 7, noAccount: 7, sample: 5, sampleOpen: 3, machines: 5 } as const;

/** So many windows are opened and filled at a time. Those that rest are not counted, since they hardly do anything. */
const AT_ONCE = 2;

/** Near the end of a month, so that there is a month to show. */
const AT = Date.parse('2026-11-28T09:20:00Z');

type Name = keyof typeof ROUNDS;

/** After a minute's rest, and after another one, since V8 may collect garbage late. */
interface Rested {
  readonly first: Resident;
  readonly second: Resident;
}

interface Scenario extends Pick<WindowOptions, 'env' | 'settings' | 'prepare'> {
  readonly says: string;
  readonly installed: boolean;
  readonly fill?: (workbench: Workbench) => Promise<void>;
}

/**
 * What the extension adds to the memory of the extension host (its resident set, on Linux alone) after a minute's rest, over
 * a host without it, each time in a profile, a server and a browser of its own.
 */
export async function memory(): Promise<Measure[]> {
  const vendor = await startVendor(MACHINES, [
    ...['--storage-bucket', 'day'],
    ...['--now', new Date(AT).toISOString()],
  ]);
  try {
    const found = await measureAll(scenarios(vendor));
    const over = (name: Name): { value: number; unit: string; peer: string; peerValue: number } => {
      const [empty, own] = [found.empty, found[name]].map(
        (all) => spread(all.map(({ first }) => first.rss)).median,
      );
      return {
        ...{ value: (own ?? NaN) - (empty ?? NaN), unit: 'MB' },
        ...{ peer: 'host without it, MB', peerValue: empty ?? NaN },
      };
    };
    return [
      held('memory with no account', over('noAccount'), { must: '≤ 6', aim: '≤ 4' }),
      held('memory with the sample account', over('sample'), { must: '≤ 30', aim: '≤ 15' }),
      held('memory with the sample account, tree and dashboard open', over('sampleOpen'), {}),
      held(`memory with ${MACHINES} machines`, over('machines'), { must: '≤ 80', aim: '≤ 50' }),
    ];
  } finally {
    await vendor.process.stop();
  }
}

function scenarios(vendor: Vendor): Readonly<Record<Name, Scenario>> {
  return {
    empty: { says: 'without the extension', installed: false },
    noAccount: { says: 'no account', installed: true },
    sample: {
      ...{ says: 'the sample account', installed: true },
      prepare: (dataDir) => {
        seedSampleAccount(globalStorage(dataDir, EXTENSION_ID));
      },
      fill: async (workbench) => {
        await workbench.statusBar.item('Sample').text(/\d/);
      },
    },
    sampleOpen: {
      ...{ says: 'the sample account, tree and dashboard open', installed: true },
      prepare: (dataDir) => {
        seedSampleAccount(globalStorage(dataDir, EXTENSION_ID));
      },
      fill: openSample,
    },
    machines: {
      ...{ says: `${MACHINES} machines, their rows and the month open`, installed: true },
      settings: { 'usageExplorer.providers.dedalus.baseUrl': vendor.url },
      env: { DEDALUS_API_KEY: vendor.key },
      fill: addMachines,
    },
  };
}

async function openSample(workbench: Workbench): Promise<void> {
  await workbench.activityBar.open('Usage Explorer');
  await workbench.tree('Accounts').shows('Sample data', LOADED);
  await workbench.runCommand('Usage Explorer: Open Dashboard');
  await new DashboardPage(workbench.page, workbench.webview('Usage')).ready();
}

async function addMachines(workbench: Workbench): Promise<void> {
  await workbench.activityBar.has('Usage Explorer');
  await beginAccount(workbench);
  await takeKeyOfEnvironment(workbench); // which opens the dashboard, with the month
  await workbench.tree('Accounts').expand('Machines');
  await workbench.tree('Accounts').idle();
}

/** Prints and gives what each scenario took, in each round. */
async function measureAll(
  all: Readonly<Record<Name, Scenario>>,
): Promise<Readonly<Record<Name, readonly Rested[]>>> {
  const found: Record<Name, Rested[]> = {
    ...{ empty: [], noAccount: [] },
    ...{ sample: [], sampleOpen: [], machines: [] },
  };
  const inTurn = turns(AT_ONCE);
  const names = Object.keys(found) as Name[];
  const rounds = Array.from({ length: Math.max(...Object.values(ROUNDS)) }, (_, round) =>
    names.filter((name) => round < ROUNDS[name]),
  );
  await Promise.all(
    rounds.flat().map(async (name) => {
      found[name].push(await measure(all[name], inTurn));
    }),
  );
  for (const name of names) {
    const tell = (of: (rested: Rested) => number): string => {
      const { median, least, most } = spread(found[name].map(of));
      return `median ${median.toFixed(1)} MB (${least.toFixed(1)} to ${most.toFixed(1)})`;
    };
    console.log(`extension host, ${all[name].says}: ${tell(({ first }) => first.rss)}`);
    console.log(
      `  of it not of files ${tell(({ first }) => first.anonymous)}; after another minute ${tell(({ second }) => second.rss)}`,
    );
  }
  return found;
}

/** Opens and fills a window in its turn, and lets it rest beside the next ones. */
async function measure(
  { installed, env, settings, prepare, fill }: Scenario,
  inTurn: Turns,
): Promise<Rested> {
  const end = await inTurn();
  try {
    const options = {
      ...{ installed, at: AT },
      ...(env === undefined ? {} : { env }),
      ...(settings === undefined ? {} : { settings }),
      ...(prepare === undefined ? {} : { prepare }),
    };
    return await inWindow(options, async (workbench, dataDir) => {
      await fill?.(workbench);
      end();
      await pause(REST_MS);
      const first = hostMemory(dataDir);
      await pause(REST_MS);
      return { first, second: hostMemory(dataDir) };
    });
  } finally {
    end();
  }
}

/** Resolves when it is one's turn, with how to end it; ending it twice is harmless. */
type Turns = () => Promise<() => void>;

function turns(atOnce: number): Turns {
  const waiting: (() => void)[] = [];
  let free = atOnce;
  const next = (): void => {
    const first = waiting.shift();
    if (first === undefined) {
      free += 1;
    } else {
      first();
    }
  };
  return async () => {
    if (free > 0) {
      free -= 1;
    } else {
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    let ended = false;
    return () => {
      if (!ended) {
        ended = true;
        next();
      }
    };
  };
}
