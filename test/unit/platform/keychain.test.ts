import assert from 'node:assert/strict';
import test from 'node:test';
import type { SecretStorage } from 'vscode';
import { Keychain } from '../../../src/platform/keychain';
import type { UsageError } from '../../../src/usage/failure';

function keychain(get: () => Promise<string | undefined>): Keychain {
  return new Keychain({ get } as unknown as SecretStorage);
}

const isOfKeychain =
  (detail: RegExp) =>
  ({ failure }: UsageError): boolean =>
    failure.kind === 'keychain' && detail.test(failure.detail);

test('a key comes with its address; what is not ours is no key', async () => {
  const key = { key: 'k', origin: 'https://a.example' };
  assert.deepEqual(await keychain(() => Promise.resolve(JSON.stringify(key))).find('a'), key);
  assert.equal(await keychain(() => Promise.resolve(undefined)).find('a'), undefined);
  assert.equal(await keychain(() => Promise.resolve('{"key": 1}')).find('a'), undefined);
});

test('a storage that fails is told as what it is, and not as a missing key', async () => {
  const locked = keychain(() => Promise.reject(new Error('the collection is locked')));
  await assert.rejects(locked.find('a'), isOfKeychain(/the collection is locked/));
});

test('a storage that never answers is given up after half a minute', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const silent = keychain(() => new Promise(() => {}));
  const finding = assert.rejects(silent.find('a'), isOfKeychain(/does not answer/));
  t.mock.timers.tick(29_999);
  t.mock.timers.tick(1);
  await finding;
});
