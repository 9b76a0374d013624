import '../../support/vscodeStandIn';
import assert from 'node:assert/strict';
import test from 'node:test';
import { DEFAULT_CHOICES } from '../../../src/protocol/choices';
import type { AccountList } from '../../../src/store/accountList';
import { emptyUsage } from '../../../src/store/accountUsage';
import { DayCache } from '../../../src/store/dayCache';
import type { UsageStore } from '../../../src/store/usageStore';
import type { Account } from '../../../src/usage/account';
import { monthOf, monthToDate } from '../../../src/usage/time';
import { DashboardModel } from '../../../src/views/dashboard/dashboardModel';
import { NO_CHECKS } from '../../support/noChecks';
import { DASHBOARD_DEPS } from './dashboardDepsStandIn';

const NOW = Date.UTC(2026, 10, 5, 9);
const account = (id: string): Account => ({ id, provider: 'dedalus', label: id });

/** A dashboard of accounts whose summary was read, and no day. */
function modelOf(all: readonly Account[], refreshing: readonly string[] = []): DashboardModel {
  const usage = {
    ...emptyUsage(monthToDate(NOW)),
    summary: { value: { billed: {}, levels: {} }, asOf: NOW },
  };
  const known = new Map(
    all.map(({ id }) => [
      id,
      {
        ...{ usage, dayCache: new DayCache() },
        refreshing: refreshing.includes(id) ? Promise.resolve() : undefined,
      },
    ]),
  );
  const accounts: unknown = { all };
  const store: unknown = { known: (id: string) => known.get(id), of: ({ id }: Account) => known.get(id) };
  return new DashboardModel({
    accounts: accounts as AccountList,
    store: store as UsageStore,
    ...{ checks: NO_CHECKS, now: () => NOW, words: DASHBOARD_DEPS },
  });
}

test('all accounts take the place of one, and no day is loaded for them', () => {
  const model = modelOf([account('a'), account('b')], ['b']);
  model.chooseAccount('a');
  model.choose({ range: { kind: 'lastMonth' } });
  assert.ok(model.toLoad().length > 0);
  assert.equal(model.view().refreshing, false);
  model.chooseAll();
  const view = model.view();
  assert.ok(view.overview);
  assert.deepEqual(view.shown, monthOf(NOW), 'the month to date, whatever was chosen for one account');
  assert.equal(view.refreshing, true, 'of any account');
  assert.deepEqual([view.charts, view.figures, view.reports], [[], [], []]);
  assert.deepEqual(model.toLoad(), []);
  assert.equal(model.account, undefined);
  model.chooseAccount('a');
  assert.equal(model.view().overview, undefined);
});

test('the choice of all is kept, and is nothing while there is one account', () => {
  const accounts = [account('a'), account('b')];
  const model = modelOf(accounts);
  model.restore({ accountId: 'b', all: true, choices: DEFAULT_CHOICES });
  assert.ok(model.view().overview);
  accounts.shift();
  assert.equal(model.view().overview, undefined);
  assert.equal(model.account?.id, 'b');
});

test('an account is shown unless all were chosen', () => {
  assert.equal(modelOf([account('a'), account('b')]).account?.id, 'a');
});
