import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import fc from 'fast-check';
import type { PassedThreshold, Write } from '../../../src/database/operations';
import type { SqliteDatabase } from '../../../src/database/sqliteDatabase';
import { BASES } from '../../../src/usage/budgetBasis';
import { MINUTE } from '../../../src/usage/time';
import { runs } from '../../support/runs';
import { computeDay, storageHour } from '../usage/builders';
import { block, LEASE_MS, newFile, NOW, openDatabase } from './databases';
import { Model } from './model';

const IDS = ['a', '__proto__'];
const PARTS = ['computeDays', 'computeHours', 'storage', 'storageDays'] as const;
const DAYS = ['2026-11-18', '2026-11-19'];

interface Step {
  readonly window: number;
  readonly id: string;
  /** Milliseconds since the step before. */
  readonly after: number;
  readonly change: Change;
}

type Change =
  | {
      readonly kind: 'save';
      /** Whether the lease is taken before; else it may be another's. */
      readonly takes: boolean;
      readonly write: Omit<Write, 'owner' | 'now'>;
    }
  | { readonly kind: 'acquire' | 'release' | 'clear' | 'drop' }
  | { readonly kind: 'tell'; readonly passed: PassedThreshold }
  | { readonly kind: 'snooze'; readonly budget: string; readonly forMs: number }
  | { readonly kind: 'account'; readonly scope: string };

const asOf = fc.integer({ min: 0, max: 4 }).map((step) => NOW + step);

const part = fc.record(
  { value: fc.oneof(fc.bigInt(), fc.string()), asOf, failure: fc.constant({ kind: 'cut' as const }) },
  { requiredKeys: ['value', 'asOf'], noNullPrototype: true },
);

const oneBlock = fc
  .record({
    part: fc.constantFrom(...PARTS),
    day: fc.constantFrom(...DAYS),
    at: asOf,
    amounts: fc.array(fc.nat({ max: 3 }), { maxLength: 2 }),
  })
  .map(({ part, day, at, amounts }) => {
    const bucket = part.startsWith('compute')
      ? computeDay
      : (id: string, on: string, n: number) => storageHour(id, on, 0, n);
    return block(
      day,
      at,
      amounts.map((amount, machine) => bucket(`m${machine}`, day, amount)),
      part,
    );
  });

const write = fc.record(
  {
    parts: fc.dictionary(fc.constantFrom('summary', 'machines'), part, { noNullPrototype: true }),
    blocks: fc.array(oneBlock, { maxLength: 4 }),
    askedAt: asOf,
    waitUntil: fc.oneof(fc.constant(0), asOf),
    failures: fc.nat({ max: 9 }),
    requests: fc.nat({ max: 3 }),
  },
  { requiredKeys: [], noNullPrototype: true },
);

const BUDGETS = ['awake_seconds 100', 'awake_seconds 200'];

const passed: fc.Arbitrary<PassedThreshold> = fc.record({
  budget: fc.constantFrom(...BUDGETS),
  basis: fc.constantFrom(...BASES),
  period: fc.constantFrom(Date.UTC(2026, 9, 1), Date.UTC(2026, 10, 1)),
  threshold: fc.constantFrom(50, 80, 100),
});

const change: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ kind: fc.constant('save' as const), takes: fc.boolean(), write }),
  },
  { weight: 4, arbitrary: fc.constant({ kind: 'acquire' as const }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'release' as const }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('tell' as const), passed }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('snooze' as const),
      budget: fc.constantFrom(...BUDGETS),
      forMs: fc.constantFrom(1000, 10 * MINUTE),
    }),
  },
  { weight: 1, arbitrary: fc.constantFrom<Change>({ kind: 'clear' }, { kind: 'drop' }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('account' as const), scope: fc.constantFrom('one', 'two') }),
  },
);

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    window: fc.nat({ max: 1 }),
    id: fc.constantFrom(...IDS),
    after: fc.constantFrom(0, 1000, 10 * MINUTE),
    change,
  }),
  { minLength: 5, maxLength: 25 },
);

test('two windows on one file are like one model in memory, whatever they do', (t) => {
  fc.assert(
    fc.property(steps, (drawn) => {
      compare(t, drawn);
    }),
    { numRuns: runs(60) },
  );
});

function compare(t: TestContext, drawn: readonly Step[]): void {
  const file = newFile(t);
  const windows = [openDatabase(t, file), openDatabase(t, file)];
  const scopes = windows.map(() => new Map(IDS.map((id) => [id, 'one'])));
  const model = new Model();
  let now = NOW;
  windows.forEach((database) => {
    IDS.forEach((id) => database.account(id, 'one', now));
  });
  for (const { window, id, after, change } of drawn) {
    now += after;
    const database = windows[window] ?? openDatabase(t, file);
    const scope = scopes[window]?.get(id) ?? '';
    const owner = `window ${window}`;
    const take = (): void => {
      const { granted } = database.acquire(id, owner, now, LEASE_MS);
      assert.equal(granted, model.acquire(id, owner, now, LEASE_MS));
    };
    switch (change.kind) {
      case 'save': {
        if (change.takes) {
          take();
        }
        const whole = { ...change.write, owner, now };
        assert.equal(database.save(id, whole), model.save(id, scope, whole));
        break;
      }
      case 'acquire':
        take();
        break;
      case 'release':
        database.release(id, owner);
        model.release(id, owner, scope);
        break;
      case 'account':
        scopes[window]?.set(id, change.scope);
        assert.deepEqual(database.account(id, change.scope, now), model.account(id, change.scope, now));
        break;
      case 'tell':
        assert.equal(database.claimAlert(id, change.passed, now), model.tell(id, scope, change.passed, now));
        break;
      case 'snooze':
        database.snooze(id, change.budget, now + change.forMs, now);
        model.snooze(id, scope, change.budget, now + change.forMs);
        break;
      case 'clear':
        database.clear();
        model.clear();
        break;
      case 'drop':
        database.drop([id]);
        model.drop([id]);
        break;
    }
    assertSame(windows[1 - window] ?? database, model, { id, scope: scopes[1 - window]?.get(id) ?? '' });
  }
  windows.forEach((database, window) => {
    for (const id of IDS) {
      const scope = scopes[window]?.get(id) ?? '';
      assert.deepEqual(database.account(id, scope, now), model.account(id, scope, now));
    }
    database.close();
  });
}

function assertSame(
  database: SqliteDatabase,
  model: Model,
  { id, scope }: { id: string; scope: string },
): void {
  const blocks = PARTS.flatMap((part) => database.blocks(id, part, DAYS));
  assert.deepEqual(blocks, model.blocks(id, scope));
  assert.deepEqual(database.restatements(id), model.restatements(id, scope));
}
