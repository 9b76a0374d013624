import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import test, { after, before } from 'node:test';
import { globalStorage } from '../../scripts/vscode/server';
import { EXTENSION_ID } from '../../src/contributions';
import { type Simulator, startSimulator } from '../simulator/server';
import { NOW } from '../support/knownDay';
import { type Session, startSession } from './session';

/*
 * An account at the simulator, from the first key to its removal, in one window: each test goes on where the one
 * before it stopped.
 */
const PROVIDER = 'Dedalus Cloud Services';

let simulator: Simulator;
let session: Session;

before(async () => {
  simulator = await startSimulator({ seed: 11, now: () => NOW }); // so that no bucket closes between two looks
  session = await startSession({
    settings: { 'usageExplorer.providers.dedalus.baseUrl': simulator.url },
  });
});

after(async () => {
  await session.close();
  await simulator.close();
  assert.deepEqual(simulator.violations, []);
});

test('a wrong key is told in plain words and not kept', async () => {
  const { workbench } = session;
  const { quickInput } = workbench;
  await workbench.activityBar.open('Usage Explorer');
  await workbench.welcomeView('Usage').click('Add Account');
  await quickInput.opened('Add Account');
  await quickInput.pick(PROVIDER);
  await quickInput.opened(/Add Account: Dedalus Cloud Services/);
  assert.equal(await quickInput.isPassword(), true);
  // A vendor that says what it was given, twice.
  const message = 'not-the-key is no key; not-the-key was given';
  simulator.inject({
    ...{ status: 401, body: { error_code: 'AUTH_INVALID', message, retryable: false } },
    match: { times: 1 },
  });
  await quickInput.type('not-the-key');
  await quickInput.accept();
  await quickInput.message(/Organisation id/);
  await quickInput.accept();
  assert.match(await quickInput.validationMessage(), /It said: “••• is no key; ••• was given”/);
  await quickInput.type('not-the-key');
  await quickInput.accept();
  await quickInput.message(/Organisation id/);
  await quickInput.accept();
  const problem = await quickInput.validationMessage();
  assert.match(problem, /The vendor refused the key. It said: “invalid Dedalus API key”/);
  await workbench.screenshot('wrong-key-dark');
  assert.equal(simulator.requests.filter(({ authorised }) => authorised).length, 0);
});

test('the right key is accepted, and the account shows what the vendor billed', async () => {
  const { workbench } = session;
  const { quickInput } = workbench;
  await quickInput.type(simulator.key);
  await quickInput.accept();
  await quickInput.message(/Organisation id/);
  await quickInput.accept();
  await quickInput.message(/A name for this account/);
  await quickInput.type('Work');
  await quickInput.accept();
  await quickInput.closed();
  await workbench.tree('Usage').shows('Work', /billed · as of \d\d:\d\d UTC/);
  const item = workbench.statusBar.item('usage-explorer.usage-explorer.usageExplorer.monthToDate');
  await item.text(/ s$/);
  const tooltip = await (await item.tooltip()).innerText();
  const shown = BigInt((/([\d,]+) s\s/.exec(tooltip)?.[1] ?? '0').replaceAll(',', ''));
  assert.equal(shown, simulator.totals().billed.awake_seconds);
  await workbench.screenshot('account-dark');
});

test('sort, filter and a name for a machine are there after a restart, and so are account and key', async () => {
  const machine = [...simulator.totals().machines.keys()][0] ?? '';
  await session.workbench.tree('Usage').expand('Machines');
  await session.workbench.tree('Usage').contextMenu(machine, 'Name Machine…');
  await session.workbench.quickInput.opened(/Name Machine/);
  await session.workbench.quickInput.type('The big one');
  await session.workbench.quickInput.accept();
  await session.workbench.tree('Usage').shows('The big one', / h · /);
  await session.workbench.runCommand('Usage Explorer: Filter Machines…');
  await session.workbench.quickInput.opened('Filter Machines');
  await session.workbench.quickInput.type('big');
  await session.workbench.quickInput.accept();
  await session.workbench.tree('Usage').lacks([...simulator.totals().machines.keys()][1] ?? '');

  await session.restart();
  const tree = session.workbench.tree('Usage');
  await session.workbench.activityBar.open('Usage Explorer');
  await tree.shows('Work', /billed/);
  await tree.expand('Machines');
  const names = (await tree.rows()).filter(({ level }) => level === 3).map(({ label }) => label);
  assert.deepEqual(names, ['The big one']);
  await session.workbench.screenshot('filtered-dark');
  await session.workbench.runCommand('Usage Explorer: Clear Filter');
  await tree.shows([...simulator.totals().machines.keys()][1] ?? '', / h /);
});

test('a key that is refused later leaves the last figures on screen, marked, and says nothing aloud', async () => {
  const { workbench } = session;
  const tree = workbench.tree('Usage');
  simulator.revokeKey();
  await tree.clickInline('Work', 'Refresh');
  await tree.shows('Work', /billed · as of .* · key refused/);
  await tree.shows('Update Key', 'key refused');
  await tree.shows('The big one', / h · /);
  assert.deepEqual(await workbench.notifications.texts(), []);
  await workbench.screenshot('key-refused-dark');
});

test('a new key is tried, kept, and brings the figures back', async () => {
  const { workbench } = session;
  const { quickInput } = workbench;
  simulator.setKey('another-key-of-the-same-account');
  await workbench.tree('Usage').click('Update Key');
  await quickInput.opened(/Update Key: Work/);
  await quickInput.type(simulator.key);
  await quickInput.accept();
  await quickInput.message(/Organisation id/);
  await quickInput.accept();
  await quickInput.closed();
  await workbench.tree('Usage').lacks('Update Key');
  await workbench.tree('Usage').shows('Work', /billed · as of \d\d:\d\d UTC$/);
  const said = (await workbench.notifications.texts()).filter((text) => !text.endsWith('was updated.'));
  assert.deepEqual(said, [], 'of the refusal nothing was said aloud');
});

test('no file of the profile holds a key', () => {
  const names = readdirSync(session.dataDir, { recursive: true, encoding: 'utf8' });
  const files = names
    .map((name) => path.join(session.dataDir, name))
    .filter((file) => statSync(file).isFile());
  const keys = ['not-the-key', simulator.key].map((key) => Buffer.from(key));
  const found = files.filter((file) => keys.some((key) => readFileSync(file).includes(key)));
  assert.deepEqual(found, []);
  assert.ok(files.some((file) => file.endsWith('accounts.json')));
  assert.ok(
    files.some((file) => /Usage Explorer\.log$/.test(file)),
    'the log was looked at',
  );
});

test('removing the account asks first, and then leaves nothing', async () => {
  const { workbench, dataDir } = session;
  const list = path.join(globalStorage(dataDir, EXTENSION_ID), 'accounts.json');
  const before = readFileSync(list);
  await workbench.tree('Usage').contextMenu('Work', 'Remove Account');
  const question = workbench.page.locator('.monaco-dialog-box');
  assert.match(await question.innerText(), /Remove “Work”\?/);
  await workbench.screenshot('remove-dark');
  await question.getByRole('button', { name: 'Remove' }).click();
  assert.match(await workbench.welcomeView('Usage').text(), /Add Account/);
  assert.deepEqual(JSON.parse(readFileSync(list, 'utf8')), { version: 1, accounts: [] });
  await workbench.statusBar.item('usage-explorer.usage-explorer.usageExplorer.monthToDate').hidden();

  // The account's record of before finds neither a key nor figures.
  await session.restart(() => {
    writeFileSync(list, before);
  });
  await session.workbench.activityBar.open('Usage Explorer');
  const { description } = await session.workbench.tree('Usage').shows('Work', /no key/);
  assert.doesNotMatch(description ?? '', /\d/);
  await session.workbench.tree('Usage').shows('Update Key', 'no key');
});
