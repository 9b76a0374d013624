import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ChoicesChange } from '../../src/protocol/choices';
import type { DashboardView } from '../../src/protocol/messages';
import type { ReportBody, ReportCell, ReportId, ReportRow, ReportTable } from '../../src/protocol/report';
import type { Account } from '../../src/usage/account';
import { createFormats } from '../../src/usage/format';
import type { TreeNode } from '../../src/views/tree/nodes';
import { storyFleet } from '../simulator/dedalus/storyFleet';
import type { Sums } from '../simulator/dedalus/totals';
import { type Simulator, type SimulatorOptions, startSimulator } from '../simulator/server';
import { NOW } from '../support/knownDay';
import { addAccount } from './account';
import { ExtensionClock } from './clock';
import { extension, type Inside, rowOfKind, rowsBelow, type SeenRow } from './extension';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** As the window writes figures. */
export const FORMATS = createFormats('en');

/** For a busy machine; on another one it takes a second. */
const PATIENCE_MS = 30_000;

export interface OpenReport {
  readonly summary: string;
  readonly tone: string;
  readonly body: ReportBody;
}

/** An account of the machine park with a known story, at a time that stands still until a test moves it. */
export class StoryAccount {
  readonly account: Account;
  readonly inside: Inside;
  readonly simulator: Simulator;
  readonly #clock: ExtensionClock;
  readonly #remove: () => Promise<void>;

  private constructor(
    account: Account,
    { inside, simulator }: { readonly inside: Inside; readonly simulator: Simulator },
    clock: ExtensionClock,
    remove: () => Promise<void>,
  ) {
    this.account = account;
    this.inside = inside;
    this.simulator = simulator;
    this.#clock = clock;
    this.#remove = remove;
  }

  /** Adds the account and reads it once. No dashboard is open then, so that nothing else was read. */
  static async begin(id: string, now: number, options: SimulatorOptions = {}): Promise<StoryAccount> {
    const account: Account = { id, provider: 'dedalus', label: `Account ${id}` };
    const inside = await extension();
    const clock = new ExtensionClock(inside, now);
    const simulator = await startSimulator({ now: clock.now, fleet: storyFleet(NOW), ...options });
    const story = new StoryAccount(
      account,
      { inside, simulator },
      clock,
      await addAccount(inside, account, simulator),
    );
    await story.refresh();
    return story;
  }

  async end(): Promise<void> {
    await this.#remove();
    await this.simulator.close();
    this.#clock.restore();
    assert.deepEqual(this.simulator.violations, []);
  }

  /** Epoch milliseconds. */
  get now(): number {
    return this.#clock.now();
  }

  moveTo(at: number): void {
    this.#clock.moveTo(at);
  }

  /** Reads the account a second later: what was read at the same instant counts as just as new. */
  async refreshLater(): Promise<void> {
    this.moveTo(this.now + 1000);
    await this.refresh();
  }

  async refresh(): Promise<void> {
    await this.inside.store.of(this.account).refresh();
  }

  async row(): Promise<SeenRow> {
    const row = (await rowsBelow(this.inside)).find(({ node }) => node.id === this.account.id);
    assert.ok(row);
    return row;
  }

  /** The row of a kind right below the account. */
  async rowOf(kind: TreeNode['kind']): Promise<SeenRow> {
    return rowOfKind(this.inside, kind, (await this.row()).node);
  }

  async rowsBelow(kind: TreeNode['kind']): Promise<SeenRow[]> {
    return rowsBelow(this.inside, (await this.rowOf(kind)).node);
  }

  /** What the dashboard shows, once all that it takes was read. */
  async view(change: ChoicesChange = {}): Promise<DashboardView> {
    const { dashboard: slot, store } = this.inside;
    await slot.show(this.account.id);
    const dashboard = await slot.load();
    dashboard.receive({
      type: 'choose',
      change: { range: { kind: 'thisMonth' }, granularity: 'day', trailSearch: '', reports: [], ...change },
    });
    for (let round = 0; round < 4; round += 1) {
      await store.known(this.account.id)?.refreshing;
      await dashboard.load(); // what it brings may ask for more
    }
    return dashboard.view();
  }

  /** A report, opened. */
  async report(id: ReportId, change: ChoicesChange = {}): Promise<OpenReport> {
    const { reports } = await this.view({ ...change, reports: [id] });
    const report = reports.find((own) => own.id === id);
    assert.ok(report?.body, `there is no report ${id}`);
    return { ...report, body: report.body };
  }

  /** What all machines used together in whole hours, as the vendor's rows tell it. */
  used(start: number, end: number): Sums {
    const sums: Sums = {
      ...{ awake_seconds: 0n, cpu_millicore_seconds: 0n },
      ...{ memory_mib_seconds: 0n, storage_mib_seconds: 0n },
    };
    for (const own of this.simulator.used(start, end).values()) {
      for (const meter of Object.keys(sums) as (keyof Sums)[]) {
        sums[meter] += own[meter];
      }
    }
    return sums;
  }

  usedBy(machineId: string, start: number, end: number): Sums {
    const own = this.simulator.used(start, end).get(machineId);
    assert.ok(own, machineId);
    return own;
  }

  /** Looks again after each change, until it is as it should be: views follow what was read a little later. */
  async eventually(look: () => Promise<void> | void): Promise<void> {
    const patience = AbortSignal.timeout(PATIENCE_MS);
    for (;;) {
      const change = nextChange(this.inside, patience);
      try {
        await look();
        return;
      } catch (error) {
        if (patience.aborted) {
          throw error;
        }
      }
      await change;
    }
  }
}

/** Writes a person’s own setting; undefined takes it away. */
export async function set(name: 'rates' | 'budgets', value: unknown): Promise<void> {
  await vscode.workspace
    .getConfiguration('usageExplorer')
    .update(name, value, vscode.ConfigurationTarget.Global);
}

function nextChange({ store, checks, accounts }: Inside, patience: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      for (const one of listening) {
        one.dispose();
      }
      resolve();
    };
    const listening = [
      store.onDidChange(done),
      checks.onDidChange(done),
      accounts.onDidChange(done),
      vscode.workspace.onDidChangeConfiguration(done),
    ];
    patience.addEventListener('abort', done, { once: true });
  });
}

export function table({ body }: OpenReport, caption: string): ReportTable {
  const found = body.tables.find((own) => own.caption.startsWith(caption));
  assert.ok(found, `there is no table ${caption}`);
  return found;
}

export function rowNamed({ rows }: ReportTable, text: string): ReportRow {
  const found = rows.find(({ cells }) => cells[0]?.text === text);
  assert.ok(found, `there is no row ${text}`);
  return found;
}

export function texts({ cells }: ReportRow): string[] {
  return cells.map(({ text }) => text);
}

/** The exact whole number that a cell's detail begins with: `+3,600 s · …` → 3600n. */
export function exactOf(cell: ReportCell | undefined): bigint {
  const [, sign = '', digits] = /^([+−]?)([\d,]+) /.exec(cell?.detail ?? '') ?? [];
  assert.ok(digits !== undefined, `no exact figure in ${JSON.stringify(cell)}`);
  const size = BigInt(digits.replaceAll(',', ''));
  return sign === '−' ? -size : size;
}
