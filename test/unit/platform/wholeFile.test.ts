import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
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
