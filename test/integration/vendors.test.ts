import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { COMMANDS, INTERNAL_COMMANDS } from '../../src/contributions';
import type { Account, ProviderId } from '../../src/usage/account';
import { type MiosaSimulator, startMiosa } from '../simulator/miosa/simulator';
import { type NorthflankSimulator, startNorthflank } from '../simulator/northflank/simulator';
import { type Simulator, startSimulator } from '../simulator/server';
import { NOW } from '../support/knownDay';
import { addAccount } from './account';
import { ExtensionClock } from './clock';
import { extension, type Inside, rowOfKind, rowsBelow, unescape } from './extension';

const account = (provider: ProviderId): Account => ({
  id: `own-${provider}`,
  provider,
  label: `My ${provider}`,
});
const ACCOUNTS = (['dedalus', 'miosa', 'northflank'] as const).map(account);

/** Accounts of three vendors in one window. */
suite('Several vendors', () => {
  let inside: Inside;
  let vendors: [Simulator, MiosaSimulator, NorthflankSimulator];
  let goBack: (() => Promise<void>)[] = [];
  let clock: ExtensionClock;

  suiteSetup(async () => {
    inside = await extension();
    clock = new ExtensionClock(inside, NOW);
    vendors = await Promise.all([
      startSimulator({ seed: 2, now: clock.now }),
      startMiosa({ seed: 2, now: clock.now }),
      startNorthflank({ seed: 2, form: 'major', now: clock.now }),
    ]);
    for (const [index, vendor] of vendors.entries()) {
      const own = ACCOUNTS[index];
      assert.ok(own);
      goBack.push(await addAccount(inside, own, vendor));
      await inside.store.of(own).refresh();
    }
  });

  suiteTeardown(async () => {
    await setClick(undefined);
    for (const back of goBack) {
      await back();
    }
    goBack = [];
    await Promise.all(vendors.map((vendor) => vendor.close()));
    clock.restore();
    assert.deepEqual(
      vendors.flatMap(({ violations }) => violations),
      [],
    );
  });

  const row = async (label: string): Promise<Awaited<ReturnType<typeof rowsBelow>>[number]> => {
    const found = (await rowsBelow(inside)).find((own) => own.label === label);
    assert.ok(found, label);
    return found;
  };

  test('a click shows the next vendor’s figure, when the person set it so', async () => {
    assert.match(unescape(inside.statusBar.shown?.tooltip), /Click to open the dashboard\. One of 3 figures/);
    await setClick('next');
    const texts: string[] = [];
    for (let turn = 0; turn < 3; turn += 1) {
      assert.match(unescape(inside.statusBar.shown?.tooltip), /Click to show the next of 3 figures/);
      texts.push(inside.statusBar.shown?.text ?? '');
      await vscode.commands.executeCommand(COMMANDS.nextStatusBarAccount);
    }
    assert.equal(new Set(texts).size, 3);
    const figures = [/ s billed$/, / credit cents$/, /\$[\d.,]+$/];
    for (const figure of figures) {
      assert.equal(
        texts.filter((text) => figure.test(text)).length,
        1,
        `${String(figure)} in ${texts.join(' | ')}`,
      );
    }
  });

  test('money with a currency has its sign, and says where the currency comes from', async () => {
    const { description, tooltip } = await row('My northflank');
    assert.match(description, /^\$[\d,]+/);
    assert.match(tooltip, /Prices are in USD, as the vendor’s reply says/);
    assert.match(tooltip, /calendar month to date/);
  });

  test('the unit of money is the person’s to say, and everything is read again by it', async () => {
    const [, , northflank] = ACCOUNTS;
    assert.ok(northflank);
    await setMoneyUnit('cents');
    await inside.store.of(northflank).refresh();
    const { description, tooltip } = await row('My northflank');
    assert.match(description, / cents$/);
    assert.match(tooltip, /Prices are read as cents, as your setting says/);
    assert.doesNotMatch(tooltip, /USD/);
    await setMoneyUnit(undefined);
    await inside.store.of(northflank).refresh();
    assert.match((await row('My northflank')).description, /^\$/);
  });

  test('the month is read again, every day of it, of every vendor', async () => {
    clock.moveTo(NOW + 1000);
    const sent = vendors.map(({ requests }) => requests.length);
    for (const { label } of ACCOUNTS) {
      await vscode.commands.executeCommand(COMMANDS.readMonthAgain, (await row(label)).node);
    }
    const [dedalus = [], miosa = [], northflank = []] = vendors.map(({ requests }, index) =>
      requests
        .slice(sent[index])
        .map(({ path, query }): Readonly<Record<string, string | undefined>> => ({ path, ...query })),
    );
    const rows = dedalus.filter(({ path }) => path?.startsWith('/v1/usage/machines/'));
    assert.deepEqual(
      rows.map(({ path, period_start: from }) => `${path} ${from}`).sort(),
      ['compute', 'storage'].map((kind) => `/v1/usage/machines/${kind} 2026-11-01`),
    );
    assert.deepEqual(
      miosa.flatMap(({ start }) => start ?? []).sort(),
      Array.from({ length: 18 }, (_, index) => `2026-11-${String(index + 1).padStart(2, '0')}T00:00:00Z`),
    );
    const asked = northflank.flatMap(({ startTime }) => (startTime === undefined ? [] : Number(startTime)));
    assert.equal(Math.min(...asked) * 1000, Date.parse('2026-11-01T00:00:00Z'));
  });

  test('what another extension hands to a command is not taken for ours', async () => {
    const [, own] = ACCOUNTS;
    assert.ok(own);
    const forged: Account = { ...own, id: 'forged', label: 'Forged' };
    const period = { start: 0, end: Date.parse('2999-01-01T00:00:00Z') };
    const sent = vendors.map(({ requests }) => requests.length);
    const run = vscode.commands.executeCommand;
    await run(COMMANDS.refresh, { kind: 'account', id: 'forged', account: forged });
    await run(COMMANDS.refresh, 'account');
    await run(INTERNAL_COMMANDS.showMore, { toString: 1 });
    await run(INTERNAL_COMMANDS.resolveFailure, { remedy: 'constructor', accountId: 7 });
    await run(INTERNAL_COMMANDS.resolveFailure, undefined);
    await run(INTERNAL_COMMANDS.savePicture, { png: 'x', name: 5 });
    for (const request of [
      { accountId: own.id, period, granularity: 'day', format: 'csv' },
      { accountId: own.id, period: { start: NaN, end: NOW }, granularity: 'day', format: 'csv' },
      { accountId: own.id, period: { start: NOW, end: NOW + 1 }, granularity: 'day', format: '../x' },
      'x',
      undefined,
    ]) {
      await run(INTERNAL_COMMANDS.exportRows, request);
    }
    assert.deepEqual(
      vendors.map(({ requests }) => requests.length),
      sent,
    );
    // A row that was made elsewhere is of our account, but of nothing else that it says.
    const made = {
      kind: 'machine',
      id: 'x',
      account: { ...own, label: 'Forged' },
      usage: { machineId: 'm' },
    };
    assert.deepEqual(inside.tree.rowOf(made), { account: inside.accounts.find(own.id) });
  });

  test('accounts move in the order of the sidebar, and keep their colour', async () => {
    const labels = async (): Promise<string[]> =>
      (await rowsBelow(inside)).map(({ label }) => label).filter((label) => label.startsWith('My '));
    assert.deepEqual(await labels(), ['My dedalus', 'My miosa', 'My northflank']);
    await vscode.commands.executeCommand(COMMANDS.moveAccountUp, (await row('My miosa')).node);
    assert.deepEqual(await labels(), ['My miosa', 'My dedalus', 'My northflank']);
    await inside.accounts.update('own-miosa', (own) => ({ ...own, colour: 'green' }));
    await vscode.commands.executeCommand(COMMANDS.moveAccountDown, (await row('My miosa')).node);
    assert.deepEqual(await labels(), ['My dedalus', 'My miosa', 'My northflank']);
    const { node } = await row('My miosa');
    const icon = inside.tree.getTreeItem(node).iconPath;
    assert.ok(icon instanceof vscode.ThemeIcon);
    assert.equal(icon.color?.id, 'charts.green');
  });

  test('usage of nobody is a group of its own', async () => {
    const groups = await rowOfKind(inside, 'groups', (await row('My miosa')).node);
    const rows = await rowsBelow(inside, groups.node);
    const nobody = rows.find(({ label }) => label === 'No external user');
    assert.ok(nobody);
    assert.match(nobody.tooltip, /does not attribute to any of these groups/);
    assert.match(nobody.description, /^[\d.,]+ credit cents/);
  });
});

function setClick(value: 'next' | undefined): Thenable<void> {
  return vscode.workspace
    .getConfiguration('usageExplorer')
    .update('statusBar.click', value, vscode.ConfigurationTarget.Global);
}

function setMoneyUnit(value: 'cents' | undefined): Thenable<void> {
  return vscode.workspace
    .getConfiguration('usageExplorer')
    .update('providers.northflank.moneyUnit', value, vscode.ConfigurationTarget.Global);
}
