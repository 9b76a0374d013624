import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { parseJson } from '../../../../src/http/json';
import { runs } from '../../../support/runs';
import { chunksOf, jsonText, replyText } from '../jsonTexts';
import { cut, cutText } from './cutting';

const CUTS = fc.array(fc.nat(), { maxLength: 12 });
const BATCH = fc.integer({ min: 1, max: 200 });
const RUNS = { numRuns: runs(3000) };

/** What the whole text says, read at once; undefined when it is no JSON. */
function whole(bytes: Buffer): { value: unknown } | undefined {
  try {
    return { value: parseJson(bytes.toString('utf8')) };
  } catch {
    return undefined;
  }
}

/** Whether a name stands twice at the top level: then nobody can tell which is meant. */
function hasRowsTwice(bytes: Buffer): boolean {
  let count = 0;
  let depth = 0;
  let key = true;
  for (const [token] of bytes.toString('utf8').matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]/gs)) {
    if (depth === 1 && key && token.startsWith('"')) {
      count += JSON.parse(token) === 'rows' ? 1 : 0;
    }
    depth += token === '{' || token === '[' ? 1 : token === '}' || token === ']' ? -1 : 0;
    key = token === ',' || token === '{' ? true : token === ':' ? false : key;
  }
  return count > 1;
}

test('rows are what JSON.parse makes of the whole, however the bytes are cut', () => {
  fc.assert(
    fc.property(replyText, CUTS, BATCH, (text, cuts, batchBytes) => {
      const bytes = Buffer.from(text);
      const { rows } = parseJson(text) as { rows: unknown[] | null };
      assert.deepEqual(cut(chunksOf(bytes, cuts), { batchBytes }), rows ?? []);
    }),
    RUNS,
  );
});

test('a reply that ends at any place is cut there', () => {
  fc.assert(
    fc.property(replyText, fc.nat(), CUTS, BATCH, (text, end, cuts, batchBytes) => {
      const complete = Buffer.from(text.trimEnd());
      const start = complete.length - Buffer.byteLength(text.trim());
      const bytes = complete.subarray(0, start + 1 + (end % (complete.length - start - 1)));
      assert.deepEqual(cut(chunksOf(bytes, cuts), { batchBytes }), { kind: 'cut', offset: bytes.length });
    }),
    RUNS,
  );
});

test('a reply in which any byte has changed is refused exactly when it is no JSON any more', () => {
  const change = fc.oneof(
    fc.constantFrom(...Buffer.from('{}[],:"\\ 0-.ex\n')),
    fc.integer({ min: 0, max: 255 }),
  );
  fc.assert(
    fc.property(replyText, fc.nat(), change, CUTS, BATCH, (text, place, byte, cuts, batchBytes) => {
      const bytes = Buffer.from(text);
      bytes[place % bytes.length] = byte;
      const came = cut(chunksOf(bytes, cuts), { batchBytes });
      const expected = whole(bytes);
      if (expected === undefined) {
        assert.ok(!Array.isArray(came), 'broken JSON was taken');
        return;
      }
      const { rows } = Object(expected.value) as { rows?: unknown };
      if ((rows === null || Array.isArray(rows)) && !hasRowsTwice(bytes)) {
        assert.deepEqual(came, rows ?? []);
      } else {
        assert.ok(!Array.isArray(came) && came.kind === 'malformed');
      }
    }),
    RUNS,
  );
});

test('any other JSON is refused by its form, and never by its syntax', () => {
  fc.assert(
    fc.property(jsonText, CUTS, (text, cuts) => {
      const value: unknown = JSON.parse(text);
      const isList = Array.isArray((Object(value) as { rows?: unknown }).rows);
      const came = cut(chunksOf(Buffer.from(text), cuts), { batchBytes: 20 });
      assert.ok(Array.isArray(came) ? isList || /null/.test(text) : came.kind === 'malformed');
    }),
    RUNS,
  );
});

test('nesting may be as deep as the bytes allow', () => {
  const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
  const rows = cutText(`{"a":${deep},"rows":[${deep},1]}`, { batchBytes: 1000 });
  assert.ok(Array.isArray(rows));
  assert.equal(rows.length, 2);
  const number = deep.replace('[]', '[9007199254740993]');
  assert.deepEqual(cutText(`{"rows":[${number}]}`), {
    ...{ kind: 'malformed', path: 'reply.rows', expected: 'exactInteger' },
  });
});

test('more rows, or a longer part, than is taken in are refused before they are held', () => {
  const row = `"${'x'.repeat(100)}"`;
  assert.deepEqual(cutText(`{"rows":[${row},${row},${row}]}`, { rows: 2 }), {
    kind: 'tooLarge',
    limitRows: 2,
  });
  const endless = function* (head: string, piece: string): Generator<Buffer> {
    yield Buffer.from(head);
    for (let at = 0; at < 2_000; at += 1) {
      yield Buffer.from(piece.repeat(1000));
    }
    assert.fail('it was read to its end');
  };
  const tooLarge = { kind: 'tooLarge', limitBytes: 1024 ** 2, of: 'part' };
  assert.deepEqual(cut(endless('{"rows":[{"a":"', 'x')), tooLarge);
  assert.deepEqual(cut(endless('{"rows":[', '[')), tooLarge);
  assert.deepEqual(cut(endless('{"a":"', 'x')), tooLarge);
  assert.deepEqual(cut(endless('{"rows":[],"a":[', '1,')), tooLarge);
});
