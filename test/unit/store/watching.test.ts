import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { DatabaseCache } from '../../../src/store/databaseCache';
import { UsageStore } from '../../../src/store/usageStore';
import { NOW } from '../../support/knownDay';
import { ACCOUNT, FakeSource, silentLog } from './fakeSource';

/** A store whose database is looked at only when it is told to, with the answers held back until they are let go. */
function setUp(context: TestContext): {
  store: UsageStore;
  tell: () => void;
  listeners: Set<() => void>;
  looks: (() => void)[];
} {
  const looks: (() => void)[] = [];
  const listeners = new Set<() => void>();
  const database = {
    open: () => Promise.resolve(undefined),
    changed: () =>
      new Promise<string[]>((resolve) => {
        looks.push(() => {
          resolve([]);
        });
      }),
  };
  const store = new UsageStore({
    moneyRule: () => 'auto',
    databaseCache: new DatabaseCache({ database: database as never, log: silentLog, onTrouble: () => {} }),
    open: () => Promise.resolve(new FakeSource()),
    watchDatabase: (listener) => {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
    now: () => NOW,
    log: silentLog,
  });
  context.after(() => {
    store.dispose();
  });
  store.of(ACCOUNT);
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  return { store, tell, listeners, looks };
}

/** Lets what is under way go on. */
const turn = (): Promise<void> => new Promise(setImmediate);

test('a store that is watched looks at once, and again whenever the file is written', async (context) => {
  const { store, tell, looks } = setUp(context);
  store.watch(true);
  store.watch(true);
  await turn();
  assert.equal(looks.length, 1);
  looks[0]?.();
  await turn();
  assert.equal(looks.length, 1, 'nothing is looked at while nothing is written');
  tell();
  await turn();
  assert.equal(looks.length, 2);
  looks[1]?.();
});

test('what is written during a look is looked at after it, once', async (context) => {
  const { store, tell, looks } = setUp(context);
  store.watch(true);
  await turn();
  tell();
  tell();
  tell();
  await turn();
  assert.equal(looks.length, 1, 'one look at a time');
  looks[0]?.();
  await turn();
  assert.equal(looks.length, 2);
  looks[1]?.();
  await turn();
  assert.equal(looks.length, 2);
});

test('a window at which nobody looks watches nothing', async (context) => {
  const { store, listeners, looks } = setUp(context);
  store.watch(true);
  await turn();
  looks[0]?.();
  store.watch(false);
  assert.equal(listeners.size, 0);
  store.watch(true);
  await turn();
  assert.equal(looks.length, 2, 'it looks at once when somebody looks again');
  looks[1]?.();
  store.dispose();
  assert.equal(listeners.size, 0);
});

test('a store that knows no account yet has nothing to look for, and watches all the same', async (context) => {
  const { store, tell, looks } = setUp(context);
  store.retain([]);
  store.watch(true);
  await turn();
  assert.equal(looks.length, 0);
  tell();
  await turn();
  assert.equal(looks.length, 1);
  looks[0]?.();
});
