import assert from 'node:assert/strict';
import test from 'node:test';
import { apiUrl, parseBaseUrl } from '../../../src/http/address';
import { UsageError } from '../../../src/usage/failure';

test('https is allowed anywhere, plain http on this computer alone', () => {
  for (const address of [
    'https://dcs.example',
    'http://127.0.0.1:8080',
    'http://localhost:1',
    'http://[::1]:9/base/',
  ]) {
    assert.equal(parseBaseUrl(address).href, new URL(address).href);
  }
  for (const address of [
    'http://dcs.example',
    'http://127.0.0.1.example',
    'http://localhost.example',
    'file:///etc/passwd',
    'ftp://x',
    'ftp://localhost',
    'not an address',
    '',
  ]) {
    assert.throws(() => parseBaseUrl(address), UsageError, address);
  }
});

for (const credentials of ['me:secret', ':secret', 'secret']) {
  test(`an address with ${credentials}@ is refused, and what stands there is not repeated`, () => {
    assert.throws(
      () => parseBaseUrl(`https://${credentials}@dcs.example/`),
      (error: UsageError) => {
        assert.deepEqual(error.failure, { kind: 'badAddress', address: 'https://dcs.example/' });
        return true;
      },
    );
  });
}

test('what stands before an @ is not repeated either where there is no address', () => {
  for (const [text, address] of [
    ['https://me:secret@host:99999/x', 'https://host:99999/x'],
    ['me:secret@host', 'host'],
    ['mailto:me:secret@host', 'host'],
    ['not an address', 'not an address'],
  ] as const) {
    assert.throws(
      () => parseBaseUrl(text),
      (error: UsageError) => {
        assert.deepEqual(error.failure, { kind: 'badAddress', address });
        return true;
      },
    );
  }
});

test('a path is joined to the base address, whose own path is kept', () => {
  const url = apiUrl(new URL('https://host.example/api/?old=1#x'), '/v1/usage', { a: 'x y&z', b: undefined });
  assert.equal(url.href, 'https://host.example/api/v1/usage?a=x+y%26z');
});
