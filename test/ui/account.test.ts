import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach } from 'node:test';
import { globalStorage } from '../../scripts/vscode/server';
import { EXTENSION_ID } from '../../src/contributions';
import { type Simulator, startSimulator } from '../simulator/server';
import { NOW } from '../support/knownDay';
import { onDashboard } from './driver/addAccount';
import { LOADED } from './driver/tree';
import { openBefore } from './opened';
import { pictured } from './pictured';
import { type Session, startSession } from './session';

/*
 * An account at the simulator, from the first key to its removal, in one window. Each test begins with what it needs,
 * whatever the others left.
 */
const PROVIDER = 'Dedalus Cloud Services';
const NAME = 'Work';
const ITEM = 'usage-explorer.usage-explorer.usageExplorer.monthToDate';
const WRONG_KEY = 'not-the-key';
const HOSTILE = '[Renew](command:workbench.action.openSettings) $(trash)';
/** What the account says once its last reading was good. */
const GOOD = LOADED;

let simulator: Simulator;
let session: Session;

openBefore(async (closeLater) => {
  simulator = await startSimulator({ seed: 11, now: () => NOW }); // so that no bucket closes between two looks
  closeLater(simulator);
  session = await startSession({
    settings: { 'usageExplorer.providers.dedalus.baseUrl': simulator.url },
  });
  closeLater(session);
  await session.workbench.activityBar.open('Usage Explorer');
});

beforeEach(async () => {
  simulator.clearFaults();
  simulator.setKey(simulator.key);
  for (const text of await session.workbench.notifications.texts()) {
    await session.workbench.notifications.dismiss(text);
  }
});

function step(title: string, body: () => Promise<void>): void {
  pictured(() => session, title, body);
}

const listFile = (): string => path.join(globalStorage(session.dataDir, EXTENSION_ID), 'accounts.json');

function hasAccount(): boolean {
  if (!existsSync(listFile())) return false;
  const { accounts } = JSON.parse(readFileSync(listFile(), 'utf8')) as { accounts: readonly unknown[] };
  return accounts.length > 0;
}

/** Goes to the line for a key, by the welcome view. */
async function beginAccount(): Promise<void> {
  const { quickInput } = session.workbench;
  await session.workbench.welcomeView('Accounts').click('Add Account');
  await quickInput.opened('Add Account');
  await quickInput.pick(PROVIDER);
  await quickInput.opened(/Add Account: Dedalus Cloud Services/);
}

/** Types a key, for the only organisation that it has. */
async function giveKey(key: string): Promise<void> {
  const { quickInput } = session.workbench;
  await quickInput.type(key);
  await quickInput.accept();
  await quickInput.message(/Organisation ID/);
  await quickInput.accept();
}

async function addAccount(): Promise<void> {
  const { workbench } = session;
  await beginAccount();
  await giveKey(simulator.key);
  await workbench.quickInput.message(/Enter a name for this account/);
  await workbench.quickInput.type(NAME);
  await workbench.quickInput.accept();
  await workbench.quickInput.closed();
  await workbench.tree('Accounts').shows(NAME, GOOD);
}

/** Leaves one account whose key is accepted, and nothing under way: a refresh that is asked for later would join it. */
async function anAccount(): Promise<void> {
  const tree = session.workbench.tree('Accounts');
  if (!hasAccount()) await addAccount();
  const { description = '' } = await tree.row(NAME);
  if (!GOOD.test(description)) await tree.clickInline(NAME, 'Refresh');
  await tree.shows(NAME, GOOD);
  await tree.idle();
}

async function renameTo(before: string, name: string): Promise<void> {
  const { quickInput } = session.workbench;
  const tree = session.workbench.tree('Accounts');
  await tree.contextMenu(before, 'Rename Account…');
  await quickInput.opened(/^Rename Account/);
  await quickInput.type(name);
  await quickInput.accept();
  await quickInput.closed();
  await tree.shows(name);
}

async function noAccount(): Promise<void> {
  if (hasAccount()) await removeAccount();
  await session.workbench.welcomeView('Accounts').text();
}

async function removeAccount(): Promise<void> {
  const { workbench } = session;
  await workbench.tree('Accounts').contextMenu(NAME, 'Remove Account');
  const question = workbench.page.locator('.monaco-dialog-box');
  assert.match(await question.innerText(), /Remove “Work”\?/);
  await workbench.screenshot('remove-dark');
  await question.getByRole('button', { name: 'Remove' }).click();
}

/** Looks through all files of the profile, the log among them. */
function assertNoFileHolds(...secrets: readonly string[]): void {
  assert.deepEqual(filesWith(...secrets), []);
}

/** Ours says what was read, and VS Code's which row it could not find, by ids that nothing else has. */
const isLog = (file: string): boolean => file.includes(`${path.sep}logs${path.sep}`);

function filesWith(...texts: readonly string[]): string[] {
  const entries = readdirSync(session.dataDir, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.join(parentPath, name));
  assert.ok(
    files.some((file) => file.endsWith('Usage Explorer.log')),
    'the log is looked at',
  );
  const wanted = texts.map((text) => Buffer.from(text));
  return files.filter((file) => {
    const content = contentOf(file);
    return wanted.some((text) => content.includes(text));
  });
}

/** Empty for a file that has gone meanwhile: VS Code and the database write some for a moment. */
function contentOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    if (!existsSync(file)) return Buffer.alloc(0);
    throw error;
  }
}

step('a wrong key is told in plain words and not kept', async () => {
  const { quickInput } = session.workbench;
  await noAccount();
  const before = simulator.requests.length;
  await beginAccount();
  assert.equal(await quickInput.isPassword(), true);
  assert.match(
    await quickInput.message(),
    /sent only to http:\/\/127\.0\.0\.1:\d+\. This is the address in your settings, not the vendor’s own, https:\/\/dcs\.dedaluslabs\.ai\. \(Press/,
  );
  // A vendor that says what it was given, twice, in what VS Code would make a link and an icon of.
  const message = `${WRONG_KEY} is no key; ${WRONG_KEY} was given. ${HOSTILE}`;
  simulator.inject({
    ...{ status: 401, body: { error_code: 'AUTH_INVALID', message, retryable: false } },
    match: { times: 1 },
  });
  await giveKey(WRONG_KEY);
  assert.match(
    await quickInput.validationMessage(),
    /It said: “••• is no key; ••• was given. \[Renew\] \(command:workbench.action.openSettings\) \$ \(trash\)”/,
  );
  await quickInput.staysText();
  await giveKey(WRONG_KEY);
  const problem = await quickInput.validationMessage();
  assert.match(problem, /The vendor refused the key. It said: “invalid Dedalus API key”/);
  await session.workbench.screenshot('wrong-key-dark');
  assert.equal(simulator.requests.slice(before).filter(({ authorised }) => authorised).length, 0);
  await quickInput.cancel();
  await quickInput.closed();
  assert.equal(await session.workbench.page.locator('iframe.webview').count(), 0, 'no dashboard opens');
  assertNoFileHolds(WRONG_KEY);
});

step('the page where keys are made is a button away, and the question stays open', async () => {
  const { quickInput, page } = session.workbench;
  await noAccount();
  await beginAccount();
  await session.workbench.screenshot('key-prompt-dark');
  await quickInput.clickButton('Open the page where keys are made');
  const question = page.locator('.monaco-dialog-box'); // VS Code asks before it opens a page, and names it
  await question.filter({ hasText: 'https://www.dedaluslabs.ai/dashboard/api-keys' }).waitFor();
  await question.getByRole('button', { name: 'Cancel' }).click();
  await quickInput.opened(/Add Account: Dedalus Cloud Services/);
  await quickInput.cancel();
  await quickInput.closed();
  assert.equal(hasAccount(), false);
});

step('the right key is accepted, and the account shows what the vendor billed', async () => {
  const { workbench } = session;
  await noAccount();
  await addAccount();
  const item = workbench.statusBar.item(ITEM);
  await item.text(/Work .* s billed$/);
  const tooltip = await (await item.tooltip()).innerText();
  const shown = BigInt((/([\d,]+) s\s/.exec(tooltip)?.[1] ?? '0').replaceAll(',', ''));
  assert.equal(shown, simulator.totals().billed.awake_seconds);
  await onDashboard(workbench, NAME); // without another click
  await workbench.screenshot('account-dark');
  assertNoFileHolds(simulator.key);
});

step(
  'sort, filter and a name for a machine are there after a restart, and so are account and key',
  async () => {
    await anAccount();
    const [machine = '', other = ''] = simulator.totals().machines.keys();
    await session.workbench.tree('Accounts').expand('Machines');
    await session.workbench.tree('Accounts').contextMenu(machine, 'Name Machine…');
    await session.workbench.quickInput.opened(/Name Machine/);
    await session.workbench.quickInput.type('The big one');
    await session.workbench.quickInput.accept();
    await session.workbench.tree('Accounts').shows('The big one', LOADED);
    await session.workbench.runCommand('Usage Explorer: Filter Machines…');
    await session.workbench.quickInput.opened('Filter Machines');
    await session.workbench.quickInput.type('big');
    await session.workbench.quickInput.accept();
    await session.workbench.tree('Accounts').lacks(other);

    await session.restart();
    const tree = session.workbench.tree('Accounts');
    await session.workbench.activityBar.open('Usage Explorer');
    await tree.shows(NAME, GOOD);
    await tree.expand('Machines');
    const names = (await tree.rows()).filter(({ level }) => level === 3).map(({ label }) => label);
    assert.deepEqual(names, ['The big one']);
    await session.workbench.screenshot('filtered-dark');
    await session.workbench.runCommand('Usage Explorer: Clear Filter');
    await tree.shows(other, LOADED);
  },
);

step(
  'a key that is refused later leaves the last figures on screen, marked, and says nothing aloud',
  async () => {
    const { workbench } = session;
    const tree = workbench.tree('Accounts');
    await anAccount();
    await tree.expand('Machines');
    simulator.revokeKey();
    await tree.clickInline(NAME, 'Refresh');
    const { ariaLabel } = await tree.shows(NAME, 'key refused');
    assert.match(ariaLabel, /· \d.* h billed · as of \d\d:\d\d UTC/, 'the last figure and its time');
    assert.ok(
      (await tree.rows()).some(({ level, description }) => level === 3 && LOADED.test(description ?? '')),
    );
    assert.deepEqual(await workbench.notifications.texts(), []);
    await workbench.screenshot('key-refused-dark');
  },
);

step('a new key is tried, kept, and brings the figures back', async () => {
  const { workbench } = session;
  const { quickInput } = workbench;
  const tree = workbench.tree('Accounts');
  await anAccount();
  simulator.setKey('another-key-of-the-same-account');
  await tree.clickInline(NAME, 'Refresh');
  await tree.shows(NAME, 'key refused');
  await tree.clickInline(NAME, 'Update Key…');
  await quickInput.opened(/Update Key: Work/);
  await giveKey(simulator.key);
  await quickInput.closed();
  await tree.shows(NAME, GOOD);
  await tree.idle();
  const said = (await workbench.notifications.texts()).filter((text) => !text.endsWith('was updated.'));
  assert.deepEqual(said, [], 'of the refusal nothing was said aloud');
  assertNoFileHolds(simulator.key);
});

step('what an account is called stays text: in questions, messages and lists', async () => {
  const { workbench } = session;
  const { quickInput, notifications } = workbench;
  const tree = workbench.tree('Accounts');
  await anAccount();
  await renameTo(NAME, HOSTILE);
  await tree.contextMenu(HOSTILE, 'Update Key…');
  await quickInput.opened(/Update Key: \[Renew\] \(command/);
  await quickInput.staysText();
  await giveKey(simulator.key);
  await quickInput.closed();
  assert.equal(
    await notifications.shows('was updated'),
    'The key of “[Renew] (command:workbench.action.openSettings) $ (trash)” was updated.',
  );
  await notifications.stayText();
  await workbench.runCommand('Usage Explorer: Choose Account for the Status Bar…');
  await quickInput.has('[Renew] (command:workbench.action.openSettings) $ (trash)');
  await quickInput.staysText();
  await workbench.screenshot('hostile-name-dark');
  await quickInput.cancel();
  await renameTo(HOSTILE, NAME);
});

/** Waits until what VS Code keeps for extensions in the browser, such as their global state, holds a text, or no more. */
async function keptInBrowser(text: string, holds: boolean): Promise<void> {
  await session.workbench.page.waitForFunction(`(async () => {
    const done = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const kept = [];
    for (const { name } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const values = database.transaction(store).objectStore(store);
        kept.push(await done(values.getAllKeys()), await done(values.getAll()));
      }
      database.close();
    }
    return JSON.stringify(kept).includes(${JSON.stringify(text)}) === ${String(holds)};
  })()`);
}

step('removing the account asks first, and then leaves nothing', async () => {
  await anAccount();
  const before = readFileSync(listFile());
  const { accounts } = JSON.parse(before.toString('utf8')) as { accounts: readonly { id: string }[] };
  const [machine = ''] = simulator.totals().machines.keys();
  const { workbench } = session;
  await workbench.runCommand('Usage Explorer: Filter Machines…');
  await workbench.quickInput.opened('Filter Machines');
  await workbench.quickInput.type(machine);
  await workbench.quickInput.accept();
  await workbench.quickInput.closed();
  await keptInBrowser(machine, true);
  await removeAccount();
  await session.workbench.welcomeView('Accounts').text();
  await keptInBrowser(machine, false); // the filter goes last, once all that was kept is gone
  for (const id of [machine, ...accounts.map(({ id }) => id)]) {
    assert.deepEqual(
      filesWith(id).filter((file) => !isLog(file)),
      [],
    );
    await keptInBrowser(id, false);
  }
  assert.match(await session.workbench.welcomeView('Accounts').text(), /Add Account/);
  assert.equal(hasAccount(), false);
  await session.workbench.statusBar.item(ITEM).hidden();

  // The account's record of before finds neither a key nor figures.
  await session.restart(() => {
    writeFileSync(listFile(), before);
  });
  await session.workbench.activityBar.open('Usage Explorer');
  const { description } = await session.workbench.tree('Accounts').shows(NAME, /no key/);
  assert.doesNotMatch(description ?? '', /\d/);
  await session.workbench.tree('Accounts').shows('Update Key', 'no key');
  await removeAccount();
});
