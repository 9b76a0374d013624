import assert from 'node:assert/strict';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { afterEach, beforeEach } from 'node:test';
import { writeWholeFile } from '../../../src/platform/wholeFile';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'usage-explorer-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const goesOn = new AbortController().signal;

test('a file has all chunks, and stands in for the one before', async () => {
  const path = join(folder, 'usage.csv');
  writeFileSync(path, 'an older and longer file');
  await writeWholeFile(path, ['été,', Buffer.from('日本'), '\r\n'], goesOn);
  assert.equal(readFileSync(path, 'utf8'), 'été,日本\r\n');
  assert.deepEqual(readdirSync(folder), ['usage.csv']);
});

test('while it is written, what was there before is still there', async () => {
  const path = join(folder, 'usage.csv');
  writeFileSync(path, 'before');
  function* chunks(): Generator<string> {
    yield 'half';
    assert.equal(readFileSync(path, 'utf8'), 'before');
    yield ' and half';
  }
  await writeWholeFile(path, chunks(), goesOn);
  assert.equal(readFileSync(path, 'utf8'), 'half and half');
});

test('a defect half-way leaves nothing behind', async () => {
  const path = join(folder, 'usage.csv');
  writeFileSync(path, 'before');
  function* chunks(): Generator<string> {
    yield 'half';
    throw new RangeError('a defect');
  }
  await assert.rejects(writeWholeFile(path, chunks(), goesOn), RangeError);
  assert.equal(readFileSync(path, 'utf8'), 'before');
  assert.deepEqual(readdirSync(folder), ['usage.csv']);
});

test('when it is stopped nothing is written, however far it was', async () => {
  const path = join(folder, 'usage.csv');
  const stop = new AbortController();
  function* chunks(): Generator<string> {
    yield 'half';
    stop.abort();
    yield ' and half';
  }
  await assert.rejects(writeWholeFile(path, chunks(), stop.signal), { name: 'AbortError' });
  assert.deepEqual(readdirSync(folder), []);
});

test('a place where no file can be is refused, and left as it was', async () => {
  const path = join(folder, 'taken');
  mkdirSync(join(path, 'within'), { recursive: true });
  await assert.rejects(writeWholeFile(path, ['text'], goesOn));
  await assert.rejects(writeWholeFile(join(folder, 'nowhere', 'usage.csv'), ['text'], goesOn), {
    code: 'ENOENT',
  });
  assert.deepEqual(readdirSync(folder), ['taken']);
});

test('a symbolic link stays one, and what it leads to is written, wherever that is', async () => {
  mkdirSync(join(folder, 'elsewhere'));
  mkdirSync(join(folder, 'links'));
  const [first, second] = [join(folder, 'links', 'usage.csv'), join(folder, 'links', 'other.csv')];
  const real = join(folder, 'elsewhere', 'real.csv');
  symlinkSync('other.csv', first);
  symlinkSync('../elsewhere/real.csv', second);
  await writeWholeFile(first, ['new'], goesOn);
  assert.equal(readFileSync(real, 'utf8'), 'new', 'also where there was nothing yet');
  await writeWholeFile(first, ['newer'], goesOn);
  assert.equal(readFileSync(real, 'utf8'), 'newer');
  assert.ok(lstatSync(first).isSymbolicLink() && lstatSync(second).isSymbolicLink());
  assert.deepEqual(readdirSync(join(folder, 'elsewhere')), ['real.csv']);
  assert.deepEqual(readdirSync(join(folder, 'links')).sort(), ['other.csv', 'usage.csv']);
});

test('links that lead in a circle are refused', async () => {
  const path = join(folder, 'usage.csv');
  symlinkSync('other.csv', path);
  symlinkSync('usage.csv', join(folder, 'other.csv'));
  await assert.rejects(writeWholeFile(path, ['text'], goesOn), { code: 'ELOOP' });
});

test('a read-only file is not replaced', async () => {
  const path = join(folder, 'usage.csv');
  writeFileSync(path, 'before', { mode: 0o444 });
  await assert.rejects(writeWholeFile(path, ['after'], goesOn), { code: 'EACCES' });
  assert.equal(readFileSync(path, 'utf8'), 'before');
  assert.equal(statSync(path).mode & 0o777, 0o444);
  assert.deepEqual(readdirSync(folder), ['usage.csv']);
});

for (const mode of [0o600, 0o640, 0o666, 0o755]) {
  test(`a file keeps its mode, ${mode.toString(8)}`, async () => {
    const path = join(folder, 'usage.csv');
    writeFileSync(path, 'before');
    chmodSync(path, mode);
    await writeWholeFile(path, ['after'], goesOn);
    assert.equal(readFileSync(path, 'utf8'), 'after');
    assert.equal(statSync(path).mode & 0o777, mode);
  });
}
