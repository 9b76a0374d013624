import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { redact } from '../../../src/http/redact';
import { assertLinear } from '../../support/linear';
import { runs } from '../../support/runs';
import { client, failureOf, KEY, request } from './helpers';

const URL_OF_VENDOR = 'https://vendor.example/v1/usage?cursor=';

const secret = fc.string({
  minLength: 8,
  maxLength: 48,
  unit: fc.constantFrom(
    ...Array.from('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~+/='),
  ),
});

const percent = (text: string): string =>
  text.replace(/[^]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);

/** The forms in which something on the way may write a text; `before` is what stands before it in the same base64. */
const FORMS: Readonly<Record<string, (text: string, before: string) => string>> = {
  plain: (text) => text,
  capitals: (text) => text.toUpperCase(),
  small: (text) => text.toLowerCase(),
  url: encodeURIComponent,
  percent,
  percentTwice: (text) => percent(percent(text)),
  json: (text) => text.replace(/[^]/g, (at) => `\\u${at.charCodeAt(0).toString(16).padStart(4, '0')}`),
  html: (text) => text.replace(/[^]/g, (at) => `&#${at.charCodeAt(0)};`),
  base64: (text, before) => Buffer.from(before + text).toString('base64'),
  base64url: (text, before) => Buffer.from(before + text).toString('base64url'),
  hexadecimal: (text) => Buffer.from(text).toString('hex'),
};

/** What of a form is told by eight characters alone, whatever stands around them. */
function told(form: string, run: string, before: string): string {
  const write = FORMS[form] as (text: string, before: string) => string;
  if (!form.startsWith('base64')) {
    return write(run, '');
  }
  const bits = 8 * before.length;
  return write(run, before).slice(Math.ceil(bits / 6), Math.floor((bits + 8 * run.length) / 6));
}

function assertNothingLeft(shown: string, key: string): void {
  const small = shown.toLowerCase();
  for (let at = 0; at + 8 <= key.length; at += 1) {
    for (const form of Object.keys(FORMS)) {
      for (const before of ['', 'x', 'xx']) {
        const run = told(form, key.slice(at, at + 8), before).toLowerCase();
        assert.ok(!small.includes(run), `${form}: ${run} in ${shown}`);
      }
    }
  }
}

/** Where a vendor may put words of its own. */
const PLACES: Readonly<Record<string, (words: string) => Response>> = {
  'message of 401': (message) =>
    Response.json({ error_code: 'AUTH_FAILED', message, retryable: false }, { status: 401 }),
  'message of 400': (message) => Response.json({ error_code: message, retryable: false }, { status: 400 }),
  'detail of 500': (detail) =>
    Response.json({ error_code: 'X', message: detail, retryable: false }, { status: 500 }),
  'code of 403': (code) => Response.json({ error_code: code, message: code }, { status: 403 }),
  'content type': (type) => new Response('<html>', { headers: { 'content-type': type } }),
  'another host': (host) =>
    new Response(null, {
      status: 302,
      headers: { location: `https://${host.replace(/[^a-z\d-]/gi, '-')}.example/` },
    }),
  'address that is none': (words) =>
    new Response(null, { status: 302, headers: { location: `https://[${words}` } }),
};

test('no eight characters of the key in a row are in what a request fails with, or in the log', async () => {
  await fc.assert(
    fc.asyncProperty(
      secret,
      fc.constantFrom(...Object.keys(FORMS)),
      fc.constantFrom(...Object.keys(PLACES)),
      fc.record({
        from: fc.nat(40),
        to: fc.nat(40),
        before: fc.string({ maxLength: 4, unit: fc.constantFrom('a', 'b', ':', '0', ' ') }),
        around: fc.constantFrom('', ' ', '"', 'bad key ', 'x'.repeat(285)),
      }),
      async (key, form, place, { from, to, before, around }) => {
        const part = key.slice(from % key.length, key.length - (to % key.length));
        const words =
          around + (FORMS[form] as (text: string, before: string) => string)(part, before) + around;
        const respond = PLACES[place] as (words: string) => Response;
        const { http, log } = client({ fetch: () => Promise.resolve(respond(words)) });
        // `%20` before a part of the key would be one more digit of it by chance.
        const cursor = encodeURIComponent(words.replace(/[ "]/g, '!'));
        const asked = request(URL_OF_VENDOR + cursor, { secrets: [key], headers: {} });
        const failure = await failureOf(http.getJson(asked));
        for (const text of [...Object.values(failure).map(String), ...log]) {
          assertNothingLeft(text, key);
        }
      },
    ),
    { numRuns: runs(600) },
  );
});

test('the key of an address that cannot be read, of a content type and of a cursor is not seen', async () => {
  const key = 'dsk_9fQ2x7LmVz0TbW4Hc8';
  const respond = (response: Response) => () => Promise.resolve(response);
  const moved = new Response(null, { status: 302, headers: { location: `https://[${key}` } });
  const page = new Response('<html>', { headers: { 'content-type': `text/html; for=${key}` } });
  const first = client({ fetch: respond(moved) });
  assert.deepEqual(
    await failureOf(first.http.getJson(request('https://vendor.example/', { secrets: [key] }))),
    {
      kind: 'redirected',
      target: 'https://[•••',
    },
  );
  const second = client({ fetch: respond(page) });
  const asked = request(`https://vendor.example/?cursor=${Buffer.from(key).toString('base64url')}`, {
    secrets: [key],
  });
  assert.deepEqual(await failureOf(second.http.getJson(asked)), {
    kind: 'notJson',
    contentType: 'text/html; for=•••',
  });
  assert.match(
    second.log.join('\n'),
    /^GET https:\/\/vendor\.example\/\?cursor=•••.? → notJson after 6 bytes/,
  );
});

test('the time that it takes grows with the text, whatever that is', () => {
  for (const hostile of [
    KEY,
    KEY.slice(0, 7),
    '%25',
    '%2525%',
    'a ',
    ' '.repeat(16),
    Array.from(KEY).join(' '.repeat(50)),
  ]) {
    assertLinear(JSON.stringify(hostile.slice(0, 20)), (length) => {
      redact(hostile.repeat(length / hostile.length), [KEY]);
    });
  }
});
