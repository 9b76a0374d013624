import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { isProviderId } from '../../../src/providers/registry';
import { AccountList } from '../../../src/store/accountList';
import { ACCOUNT, silentLog } from './fakeSource';

const folders: string[] = [];
after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

async function newFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'accounts-'));
  folders.push(folder);
  return join(folder, 'not', 'there', 'yet', 'accounts.json');
}

function open(file: string): AccountList {
  return new AccountList({ file, isKnownProvider: isProviderId, log: silentLog, onTrouble: () => {} });
}

test('what one window adds, another reads', async () => {
  const file = await newFile();
  const [here, there] = [open(file), open(file)];
  await there.reload();
  assert.equal(there.isReady, true);
  assert.deepEqual(there.all, []);
  await here.add(ACCOUNT);
  await there.reload();
  assert.deepEqual(there.all, [ACCOUNT]);
});

test('windows that write at the same time lose nothing of each other that was on disk', async () => {
  const file = await newFile();
  const [here, there] = [open(file), open(file)];
  await here.add({ ...ACCOUNT, id: 'a' });
  await there.add({ ...ACCOUNT, id: 'b' });
  await here.update('b', (account) => ({ ...account, label: 'Renamed' }));
  await there.remove('a');
  assert.deepEqual(JSON.parse(await readFile(file, 'utf8')), {
    version: 1,
    accounts: [{ ...ACCOUNT, id: 'b', label: 'Renamed' }],
  });
});

test('accounts stand in the order that a person gives them, and never leave the list', async () => {
  const list = open(await newFile());
  for (const id of ['a', 'b', 'c']) {
    await list.add({ ...ACCOUNT, id });
  }
  const order = (): string => list.all.map(({ id }) => id).join('');
  await list.move('c', -1);
  assert.equal(order(), 'acb');
  await list.move('a', 1);
  assert.equal(order(), 'cab');
  await list.move('b', 1);
  await list.move('c', -1);
  await list.move('gone', 1);
  assert.equal(order(), 'cab');
});

test('an account with a grouping or a colour that nobody knows is kept as it is, and not shown', async () => {
  const file = await newFile();
  await open(file).add({ ...ACCOUNT, grouping: 'workspace_id', colour: 'green' });
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace('green', 'mauve'));
  const list = open(file);
  await list.reload();
  assert.deepEqual(list.all, []);
  await list.add({ ...ACCOUNT, id: 'other' });
  assert.match(await readFile(file, 'utf8'), /mauve/);
});

test('changes of one window are made in turn', async () => {
  const list = open(await newFile());
  await Promise.all(Array.from({ length: 20 }, (_, index) => list.add({ ...ACCOUNT, id: `a${index}` })));
  assert.equal(list.all.length, 20);
});

test('listeners hear of a change once, and of no change never', async () => {
  const list = open(await newFile());
  let heard = 0;
  const subscription = list.onDidChange(() => {
    heard += 1;
  });
  await list.reload();
  await list.reload();
  assert.equal(heard, 1, 'the first reading counts');
  await list.add(ACCOUNT);
  assert.equal(heard, 2);
  subscription.dispose();
  await list.remove(ACCOUNT.id);
  assert.equal(heard, 2);
});

test('a file that cannot be read is set aside and not lost', async () => {
  const file = await newFile();
  await open(file).add(ACCOUNT);
  await writeFile(file, '{"accounts": [broken');
  const list = open(file);
  await list.reload();
  assert.deepEqual(list.all, []);
  const kept = (await readdir(join(file, '..'))).filter((name) => name.includes('unreadable'));
  assert.equal(kept.length, 1);
  assert.equal(await readFile(join(file, '..', kept[0] ?? ''), 'utf8'), '{"accounts": [broken');
});

test('records of a newer version are not shown, and are written back as they were', async () => {
  const file = await newFile();
  await open(file).add(ACCOUNT);
  const foreign = { id: 'x', provider: 'vendor-of-tomorrow', label: 'X', more: [1] };
  await writeFile(file, JSON.stringify({ version: 1, accounts: [foreign, ACCOUNT] }));
  const list = open(file);
  await list.update(ACCOUNT.id, (account) => ({ ...account, label: 'Y' }));
  assert.deepEqual(
    list.all.map(({ label }) => label),
    ['Y'],
  );
  const written = JSON.parse(await readFile(file, 'utf8')) as { accounts: unknown[] };
  assert.deepEqual(written.accounts[1], foreign);
});

test('nothing that looks like a key is ever written', async () => {
  const file = await newFile();
  await open(file).add(ACCOUNT);
  const record = (JSON.parse(await readFile(file, 'utf8')) as { accounts: object[] }).accounts[0];
  assert.deepEqual(Object.keys(record ?? {}).sort(), ['id', 'label', 'provider']);
});
