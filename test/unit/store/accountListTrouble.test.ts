import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { isProviderId } from '../../../src/providers/registry';
import { AccountList, type AccountListTrouble } from '../../../src/store/accountList';
import { ACCOUNT, silentLog } from './fakeSource';

/* A file of accounts in trouble takes nothing away: an account is gone when a person has removed it. */

interface Opened {
  readonly list: AccountList;
  readonly troubles: AccountListTrouble[];
  /** Of accounts that a list named, and the next one that could be read did not. */
  readonly removed: string[];
}

async function newFile(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'accounts-'));
  t.after(() => rm(folder, { recursive: true }));
  return join(folder, 'storage', 'accounts.json');
}

async function open(t: TestContext, file: string): Promise<Opened> {
  const troubles: AccountListTrouble[] = [];
  const removed: string[] = [];
  const list = new AccountList({
    ...{ file, isKnownProvider: isProviderId, log: silentLog },
    onTrouble: (trouble) => troubles.push(trouble),
  });
  t.after(() => {
    list.dispose();
  });
  list.onDidRemove((ids) => removed.push(...ids));
  await list.reload();
  return { list, troubles, removed };
}

async function names(file: string): Promise<string[]> {
  return readdir(dirname(file));
}

const WORK = { ...ACCOUNT, id: 'work', label: 'Work' };
const HOME = { ...ACCOUNT, id: 'home', label: 'Home' };

async function filled(t: TestContext): Promise<string> {
  const file = await newFile(t);
  const { list } = await open(t, file);
  await list.add(WORK);
  await list.add(HOME);
  return file;
}

const BROKEN: Readonly<Record<string, string>> = {
  'a stray comma': '{"version": 1, "accounts": [{"id": "work"},]}',
  'an empty file': '',
  'half a file': '{"version": 1, "accounts": [{"id": "wo',
  'something else': '[1, 2]',
  'nothing but zeros': '\0\0\0\0',
};

for (const [what, text] of Object.entries(BROKEN)) {
  test(`${what}: an open window goes on with what it knew, a new one says so, and the list comes back when it is asked for`, async (t) => {
    const file = await filled(t);
    const before = await open(t, file);
    await writeFile(file, text);
    await before.list.reload();
    assert.deepEqual(before.list.all, [WORK, HOME]);
    assert.deepEqual(before.removed, []);
    assert.equal(before.troubles.length, 1);
    assert.ok(before.troubles[0]?.kind === 'setAside');
    assert.equal(await readFile(before.troubles[0].file, 'utf8'), text);

    const later = await open(t, file);
    assert.deepEqual(later.troubles, before.troubles, 'each window says where it is now');
    assert.equal(await later.list.restore(), true);
    assert.deepEqual(later.list.all, [WORK, HOME]);
    assert.equal(later.list.trouble, undefined);
    assert.deepEqual((await open(t, file)).list.all, [WORK, HOME]);
    assert.deepEqual([...before.removed, ...later.removed], []);
  });
}

test('what is changed while a list is set aside is changed in the last good one', async (t) => {
  const file = await filled(t);
  await writeFile(file, '');
  const { list, removed } = await open(t, file);
  assert.deepEqual(list.all, []);
  await list.add({ ...ACCOUNT, id: 'new' });
  assert.deepEqual(
    list.all.map(({ id }) => id),
    ['work', 'home', 'new'],
  );
  assert.deepEqual(removed, []);
});

test('a file that was set aside and then mended by hand is what comes back', async (t) => {
  const file = await filled(t);
  await writeFile(file, '{"accounts": [,]}');
  const { list, troubles } = await open(t, file);
  assert.ok(troubles[0]?.kind === 'setAside');
  await writeFile(troubles[0].file, JSON.stringify({ version: 1, accounts: [HOME] }));
  assert.equal(await list.restore(), true);
  assert.deepEqual(list.all, [HOME]);
});

test('without an earlier list there is nothing to restore', async (t) => {
  const file = await newFile(t);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, '{');
  const { list } = await open(t, file);
  assert.equal(await list.restore(), false);
});

test('a file that is being written by another program is not taken for a broken one', async (t) => {
  const file = await filled(t);
  const { list, troubles } = await open(t, file);
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.slice(0, 20));
  const reading = list.reload();
  await writeFile(file, text);
  await reading;
  assert.deepEqual(list.all, [WORK, HOME]);
  assert.deepEqual(troubles, []);
  assert.deepEqual((await names(file)).sort(), ['accounts.json', 'accounts.json.last']);
});

test('a file that cannot be opened for a moment is left as it is, and opened again', async (t) => {
  const file = await filled(t);
  const { list, troubles, removed } = await open(t, file);
  // For root every file can be opened; a folder in its place cannot be read by anybody.
  await rename(file, `${file}.away`);
  await mkdir(file);
  await list.reload();
  assert.deepEqual(list.all, [WORK, HOME]);
  assert.deepEqual(
    troubles.map(({ kind }) => kind),
    ['unreadable'],
  );
  await assert.rejects(list.add({ ...ACCOUNT, id: 'new' }));
  const at = await open(t, file);
  assert.deepEqual([at.list.isReady, at.list.all], [true, []]);
  await rm(file, { recursive: true });
  await rename(`${file}.away`, file);
  await list.reload();
  assert.equal(list.trouble, undefined);
  assert.deepEqual(list.all, [WORK, HOME]);
  assert.deepEqual([...removed, ...at.removed], []);
});

test('a list of a later version is left as it is, and what it names is kept', async (t) => {
  const file = await filled(t);
  const { list, troubles, removed } = await open(t, file);
  const later = JSON.stringify({ version: 2, accounts: { work: WORK } });
  await writeFile(file, later);
  await list.reload();
  assert.deepEqual(
    troubles.map(({ kind }) => kind),
    ['newer'],
  );
  await assert.rejects(list.remove('work'));
  assert.equal(await readFile(file, 'utf8'), later);
  assert.deepEqual(removed, []);
});

test('records and fields that only a later version knows are no removed accounts, and stay', async (t) => {
  const file = await filled(t);
  const { list, removed } = await open(t, file);
  const content = {
    version: 1,
    more: { a: 1 },
    accounts: [{ ...WORK, grouping: 'by_moon_phase' }, HOME],
  };
  await writeFile(file, JSON.stringify(content));
  await list.reload();
  assert.deepEqual(list.all, [HOME]);
  assert.deepEqual(removed, []);
  await list.update('home', (account) => ({ ...account, label: 'House' }));
  assert.deepEqual(JSON.parse(await readFile(file, 'utf8')), {
    ...content,
    accounts: [{ ...HOME, label: 'House' }, content.accounts[0]],
  });
});

test('an account that a person removes is told in every window, once', async (t) => {
  const file = await filled(t);
  const [here, there] = [await open(t, file), await open(t, file)];
  await here.list.remove('work');
  await there.list.reload();
  assert.deepEqual([here.removed, there.removed], [['work'], ['work']]);
  await there.list.reload();
  assert.deepEqual(there.removed, ['work']);
  assert.doesNotMatch(await readFile(`${file}.last`, 'utf8'), /work/, 'its name is in no copy');
});

test('a deleted file is an empty list, and removes nobody', async (t) => {
  const file = await filled(t);
  const { list, removed, troubles } = await open(t, file);
  await rm(file);
  await list.reload();
  assert.deepEqual([list.all, removed, troubles], [[], [], []]);
});

test('a byte order mark before the list is read over', async (t) => {
  const file = await filled(t);
  await writeFile(file, `\uFEFF${await readFile(file, 'utf8')}`);
  const { list, troubles } = await open(t, file);
  assert.deepEqual([list.all, troubles], [[WORK, HOME], []]);
});

test('the list and its copy are for this person’s eyes only', async (t) => {
  const file = await filled(t);
  assert.equal(statSync(`${file}.last`).mode & 0o777, 0o600);
  assert.equal(statSync(file).mode & 0o777, 0o600);
});

const AWAY = { ...ACCOUNT, id: 'away', label: 'Away' };

/** A list of three accounts, of which the second has been damaged since. */
async function withDamaged(t: TestContext, damaged: unknown): Promise<Opened & { readonly file: string }> {
  const file = await filled(t);
  const opened = await open(t, file);
  await opened.list.add(AWAY);
  await writeFile(file, JSON.stringify({ version: 1, accounts: [WORK, damaged, AWAY] }));
  await opened.list.reload();
  return { ...opened, file };
}

const DAMAGED: Readonly<Record<string, unknown>> = {
  'a label that is a number': { ...HOME, label: 7 },
  'names of machines that are none': { ...HOME, aliases: { m: 5 } },
  'no provider': { id: 'home', label: 'Home' },
  'an id that is a number': { ...HOME, id: 7 },
  'no id': { provider: HOME.provider, label: 'Home' },
  'a text': 'home',
  nothing: null,
};

for (const [what, damaged] of Object.entries(DAMAGED)) {
  test(`a damaged record (${what}) is told, takes no other with it, and comes back as it was`, async (t) => {
    const { list, troubles, removed, file } = await withDamaged(t, damaged);
    assert.deepEqual(list.all, [WORK, AWAY]);
    assert.deepEqual(troubles, [{ kind: 'damaged', count: 1, file }]);
    assert.deepEqual(JSON.parse(await readFile(file, 'utf8')), {
      version: 1,
      accounts: [WORK, damaged, AWAY],
    });
    await list.update('work', (own) => ({ ...own, label: 'Office' }));
    assert.equal(await list.restore(), true);
    assert.deepEqual(list.all, [{ ...WORK, label: 'Office' }, AWAY, HOME].sort(byId(list)));
    assert.equal(list.trouble, undefined);
    assert.deepEqual(removed, []);
    assert.deepEqual((await open(t, file)).list.all.length, 3);
  });

  test(`a damaged record (${what}) that is mended by hand is back`, async (t) => {
    const { list, removed, file } = await withDamaged(t, damaged);
    await writeFile(file, JSON.stringify({ version: 1, accounts: [WORK, HOME, AWAY] }));
    await list.reload();
    assert.deepEqual(list.all, [WORK, HOME, AWAY]);
    assert.deepEqual([list.trouble, removed], [undefined, []]);
  });
}

/** The order is the list's own. */
function byId(list: AccountList): (a: { id: string }, b: { id: string }) => number {
  const place = ({ id }: { id: string }): number => list.all.findIndex((own) => own.id === id);
  return (a, b) => place(a) - place(b);
}

test('without an earlier list, what can be read of a damaged record is what comes back', async (t) => {
  const { file } = await withDamaged(t, { ...HOME, label: 7, aliases: [5], dismissed: ['x'] });
  await rm(`${file}.last`);
  const { list } = await open(t, file);
  assert.equal(await list.restore(), true);
  assert.deepEqual(list.find('home'), { ...HOME, label: HOME.provider, dismissed: ['x'] });
});

test('a record that nobody can tell the account of, and that no earlier list has, stays in the file', async (t) => {
  const { file } = await withDamaged(t, { label: 'Home' });
  await rm(`${file}.last`);
  const { list } = await open(t, file);
  assert.equal(await list.restore(), false);
  assert.deepEqual(list.all, [WORK, AWAY]);
  assert.deepEqual(JSON.parse(await readFile(file, 'utf8')), {
    version: 1,
    accounts: [WORK, { label: 'Home' }, AWAY],
  });
  const removed: string[] = [];
  list.onDidRemove((ids) => removed.push(...ids));
  await list.remove('away');
  assert.deepEqual(removed, ['away'], 'that one a person removed');
  assert.match(await readFile(file, 'utf8'), /"label": "Home"/);
});

test('an account that is removed is in no file any more, those that were set aside among them', async (t) => {
  const file = await filled(t);
  await writeFile(file, '{"version": 1, "accounts": [{"id": "work"},]}');
  const { list } = await open(t, file);
  assert.ok(await list.restore());
  await list.remove('work');
  const texts = await Promise.all(
    (await names(file)).map((name) => readFile(join(dirname(file), name), 'utf8')),
  );
  assert.ok(texts.some((text) => text.includes('"home"')));
  assert.deepEqual(
    texts.filter((text) => text.includes('work')),
    [],
  );
});
