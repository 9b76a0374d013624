import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { settings } from '../../src/platform/settings';
import type { Account } from '../../src/usage/account';
import { type Simulator, startSimulator } from '../simulator/server';
import { NOW } from '../support/knownDay';
import { addAccount } from './account';
import { ExtensionClock } from './clock';
import { exactFigures, extension, type Inside, unescape } from './extension';

const ACCOUNTS: readonly Account[] = ['One', 'Two'].map((label) => ({
  ...{ id: `settings-${label}`, provider: 'dedalus', label },
}));

/** What README promises of the settings, as VS Code gives them to the extension. */
suite('Settings', () => {
  let inside: Inside;
  let vendor: Simulator;
  let goBack: (() => Promise<void>)[] = [];
  let clock: ExtensionClock;

  suiteSetup(async () => {
    inside = await extension();
    clock = new ExtensionClock(inside, NOW);
    vendor = await startSimulator({ seed: 3, now: clock.now });
    for (const account of ACCOUNTS) {
      goBack.push(await addAccount(inside, account, vendor));
      await inside.store.of(account).refresh();
    }
  });

  suiteTeardown(async () => {
    for (const name of ['refreshInterval', 'statusBar.visible', 'statusBar.format', 'statusBar.account']) {
      await set(name, undefined);
    }
    for (const back of goBack) await back();
    goBack = [];
    await vendor.close();
    clock.restore();
    assert.deepEqual(vendor.violations, []);
  });

  for (const [minutes, milliseconds] of [
    [undefined, 900_000],
    [5, 300_000],
    [0, 60_000],
    [-3, 60_000],
    [1440, 86_400_000],
    [100_000, 86_400_000],
    ['often', 900_000],
  ] as const) {
    test(`an interval of ${minutes ?? 'no'} minutes is one of ${milliseconds / 60_000}`, async () => {
      await set('refreshInterval', minutes);
      assert.equal(settings.refreshIntervalMs, milliseconds);
    });
  }

  const shown = (): string => inside.statusBar.shown?.text ?? '';
  const billed = (): bigint => vendor.totals().billed.awake_seconds;

  test('the status bar has the sum of the accounts, or the account that is named', async () => {
    const figure = (): bigint | undefined => exactFigures(unescape(inside.statusBar.shown?.tooltip), 's')[0];
    assert.equal(figure(), 2n * billed());
    await set('statusBar.account', 'Two');
    assert.equal(figure(), billed());
    assert.match(unescape(inside.statusBar.shown?.tooltip), /^Two · Dedalus Cloud Services/m);
    await set('statusBar.account', 'a name that nobody has');
    assert.equal(figure(), 2n * billed());
    await set('statusBar.account', undefined);
  });

  test('its figure is in seconds, or in hours', async () => {
    assert.match(shown(), /^\$\(graph\) 2 accounts [\d.]+[KM] s( billed)?$/);
    await set('statusBar.format', 'hours');
    const hours = Number(2n * billed()) / 3600;
    assert.ok(hours > 100);
    const figure = Math.round(hours).toLocaleString('en');
    assert.ok(shown().startsWith(`$(graph) 2 accounts ${figure} h`), shown());
    await set('statusBar.format', undefined);
  });

  test('it is not there when it is not wanted', async () => {
    await set('statusBar.visible', false);
    assert.equal(inside.statusBar.visible, false);
    await set('statusBar.visible', undefined);
    assert.equal(inside.statusBar.visible, true);
  });

  test('a sum that lacks an account is said to be less than all', async () => {
    const third: Account = { id: 'settings-three', provider: 'dedalus', label: 'Three' };
    goBack.push(await addAccount(inside, third, vendor));
    await inside.keychain.remove(third.id);
    await inside.store.of(third).refresh();
    assert.match(shown(), /^\$\(warning\) 3 accounts ≥ [\d.]+[KM] s$/);
  });
});

function set(name: string, value: unknown): Thenable<void> {
  return vscode.workspace
    .getConfiguration('usageExplorer')
    .update(name, value, vscode.ConfigurationTarget.Global);
}
