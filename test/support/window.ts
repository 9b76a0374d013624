import { watch } from 'node:fs';
import path from 'node:path';
import { SqliteDatabase } from '../../src/database/sqliteDatabase';
import { httpClient } from '../../src/http/create';
import { dedalus } from '../../src/providers/dedalus/provider';
import { machinesOf } from '../../src/store/accountUsage';
import { DatabaseCache } from '../../src/store/databaseCache';
import { RefreshScheduler } from '../../src/store/refreshScheduler';
import { UsageStore } from '../../src/store/usageStore';
import type { Account } from '../../src/usage/account';
import { CLOSING_MS } from '../../src/usage/closing';
import { addUp } from '../../src/usage/columns/totals';
import { accessTo } from './access';
import { inProcess } from './inProcess';

/*
 * What a window does for an account, in a process of its own and without VS Code: run with the database's file, the
 * vendor's address, a key and the interval in milliseconds. It prints a line of JSON for each change, until its standard
 * input ends.
 */

const [file = '', url = '', key = '', interval = ''] = process.argv.slice(2);
const account: Account = { id: 'account', provider: 'dedalus', label: 'Work' };
const log = { debug: () => {}, info: () => {}, warn: () => {}, error: console.error };
const now = (): number => Date.now();
const http = httpClient(log, now);
const databaseCache = new DatabaseCache({
  database: inProcess(new SqliteDatabase({ file, closingMs: CLOSING_MS })),
  log,
  onTrouble: ({ kind, detail }) => {
    console.error(`${kind}: ${detail}`);
  },
});
const store = new UsageStore({
  moneyRule: () => 'auto',
  ...{ databaseCache, now, log },
  watchDatabase: (listener) => {
    const watcher = watch(path.dirname(file), (_event, name) => {
      if (name === path.basename(file)) listener();
    });
    return {
      dispose: () => {
        watcher.close();
      },
    };
  },
  open: (_account, told) => dedalus.connect({ now, access: accessTo(url, { http, key, now, ...told }) }),
});
const refreshScheduler = new RefreshScheduler({
  ...{ store, now },
  accounts: () => [account],
  intervalMs: () => Number(interval),
  isWatched: () => true,
});

store.onDidChange((id) => {
  if (store.known(id)?.refreshing === undefined) {
    refreshScheduler.update();
    const usage = store.known(id)?.usage;
    const { awake_seconds: metered } =
      usage === undefined ? {} : addUp(machinesOf(usage).map(({ quantities }) => quantities));
    console.log(
      JSON.stringify({
        asOf: store.known(id)?.readAt ?? 0,
        billed: String(usage?.summary.value?.billed.awake_seconds ?? ''),
        metered: String(metered ?? ''),
        requests: store.known(id)?.requestsLastHour ?? 0,
      }),
    );
  }
});
store.watch(true);
refreshScheduler.update();
process.stdin.resume().on('end', () => {
  refreshScheduler.dispose();
  store.dispose();
});
