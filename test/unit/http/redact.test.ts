import assert from 'node:assert/strict';
import test from 'node:test';
import { redact, redactFailure, redactResult } from '../../../src/http/redact';
import { KEY } from './helpers';

test('each secret is taken out wherever it stands, and an empty one takes nothing out', () => {
  assert.equal(redact('abc, key, abc', ['abc', 'key']), '•••, •••, •••');
  assert.equal(redact('no key was sent', ['']), 'no key was sent');
  assert.equal(redact('abc', []), 'abc');
});

const SECRET = 'dsk_9fQ2+x/7LmVz0TbW4~Hc8';

for (const [how, told, expected] of [
  ['in capitals', 'bad DSK_9FQ2+X/7LMVZ0TBW4~HC8!', 'bad •••!'],
  ['encoded for a URL', '?key=dsk_9fQ2%2Bx%2F7LmVz0TbW4~Hc8&a=b', '?key=•••&a=b'],
  ['encoded for a URL twice', '?key=dsk_9fQ2%252Bx%252f7LmVz0TbW4~Hc8&a=b', '?key=•••&a=b'],
  ['escaped as in JSON', 'bad \\u0064sk_9fQ2+x\\/7LmVz0TbW4~Hc8 given', 'bad ••• given'],
  ['escaped as in a script', 'bad \\x64sk_9fQ2\\x2bx/7LmVz0TbW4~Hc8 given', 'bad ••• given'],
  ['escaped as in HTML', 'bad dsk_9fQ2&#43;x&#x2F;7LmVz0TbW4~Hc8 given', 'bad ••• given'],
  // printf %s "$SECRET" | base64, with nothing, one byte and two before it
  ['in base64', '(ZHNrXzlmUTIreC83TG1WejBUYlc0fkhjOA==)', '(•••A==)'],
  ['in base64, after a byte', '(OmRza185ZlEyK3gvN0xtVnowVGJXNH5IYzg=)', '(Om•••g=)'],
  ['in base64, after two', '(YTpkc2tfOWZRMit4LzdMbVZ6MFRiVzR+SGM4)', '(YTp•••)'],
  ['in base64 for URLs', '(YTpkc2tfOWZRMit4LzdMbVZ6MFRiVzR-SGM4)', '(YTp•••)'],
  ['as hexadecimal', '0x64736b5f396651322b782f374c6d567a305462573 4', '0x•••'],
  ['shortened at its end', 'the key 9fQ2+x/7… is none', 'the key •••… is none'],
  ['shortened at its beginning', 'the key …TbW4~Hc8 is none', 'the key …••• is none'],
  ['split by spaces', 'the key "dsk _9fQ 2+x/ 7LmV z0Tb W4~H c8" is none', 'the key "•••" is none'],
  ['split by characters that are not seen', 'a \u200bds\u200bk_9f\u200bQ2+x\u200b/7Lm', 'a \u200b•••'],
  ['split by escapes', 'a ds%20k_%209fQ2%20x7Lm, yes', 'a •••, yes'],
] as const) {
  test(`a secret is found ${how}`, () => {
    assert.equal(redact(told, [SECRET]), expected);
  });
}

test('seven of its characters are no secret, and words around it stay', () => {
  assert.equal(
    redact('the key dsk_9fQ… is none: ask for 9fQ2x/7', [SECRET]),
    'the key dsk_9fQ… is none: ask for 9fQ2x/7',
  );
});

test('of a failure every text is without the key, and as long as can be kept', () => {
  assert.deepEqual(redactFailure({ kind: 'notJson', contentType: `text/${KEY}`, offset: 3 }, [KEY]), {
    kind: 'notJson',
    contentType: 'text/•••',
    offset: 3,
  });
  const failure = redactFailure(
    { kind: 'redirected', target: `${'x'.repeat(290)}${KEY}${'y'.repeat(900)}` },
    [KEY],
  );
  assert.deepEqual(failure, { kind: 'redirected', target: `${'x'.repeat(290)}•••${'y'.repeat(7)}` });
  const whole = { kind: 'refused', status: 400, detail: 'no such month' } as const;
  assert.equal(redactFailure(whole, [KEY]), whole);
});

test('what was made of a good reply is without the key, and names that differ stay apart', () => {
  const amounts = new Map([[`line.${KEY}`, new Float64Array([7])]]);
  const reply = { machineIds: ['vm-1', `${KEY}-`, `-${KEY}`, `${KEY}-`], amounts, total: 3n };
  assert.deepEqual(redactResult({ ...reply, names: [KEY, `a${KEY}`, KEY.toUpperCase()] }, [KEY]), {
    machineIds: ['vm-1', '•••-', '-•••', '•••-'],
    amounts: new Map([['line.•••', new Float64Array([7])]]),
    total: 3n,
    names: ['•••', 'a•••', '••• (2)'],
  });
});

test('an id of a good reply that shares less than sixteen characters with the key is left as it is', () => {
  const ids = { machineIds: [KEY.slice(0, 15), 'vm-2'] };
  assert.equal(redactResult(ids, [KEY]), ids);
});

/** As a gateway and another behind it write a text. */
const encoded = (text: string, times: number): string =>
  times === 0 ? text : encodeURIComponent(encoded(text, times - 1));

test('a secret that was escaped up to three times is found, and what stands around it stays escaped', () => {
  const secret = 'a+b/c+d/e+f/g+h/i+j/k+l/';
  for (const times of [0, 1, 2, 3]) {
    const text = encoded(`say ${secret} twice`, times);
    const around = [encoded('say ', times), encoded(' twice', times)];
    assert.equal(redact(text, [secret]), around.join('•••'));
    const reply = { detail: text };
    assert.deepEqual(redactResult(reply, [secret]), { detail: around.join('•••') });
  }
  const other = { detail: encoded('say nothing, twice', 3) };
  assert.equal(redactResult(other, [secret]), other);
});

test('a secret is found wherever it stands in a long reply, in names as in values', () => {
  const rows = Array.from({ length: 5000 }, (_, at) => ({ id: `machine-${at}`, note: 'x'.repeat(20) }));
  assert.equal(redactResult(rows, [KEY]), rows);
  for (const at of [0, 2500, 4999]) {
    const told = rows.with(at, { id: `machine-${at}`, note: `${KEY}!` });
    assert.deepEqual(redactResult(told, [KEY]), rows.with(at, { id: `machine-${at}`, note: '•••!' }));
  }
  assert.deepEqual(redactResult({ rows, [KEY]: [null, 7, true, undefined] }, [KEY]), {
    rows,
    '•••': [null, 7, true, undefined],
  });
});

test('each of several secrets is taken out, at the ends of a text too', () => {
  const [one, two] = ['first-key-0123456789', 'second-key-987654321'];
  assert.equal(redact(`${one} and ${two}`, [one, two]), '••• and •••');
  assert.equal(redact(`${two}${one}`, [one, two]), '•••');
  assert.equal(redact(one.slice(0, 8), [one]), '•••');
  assert.equal(redact(one.slice(-8), [one]), '•••');
  assert.equal(redact(`-${one.slice(0, 8)}-${one.slice(0, 7)}`, [one]), `-•••-${one.slice(0, 7)}`);
});

const hex = (character: string, digits: number): string =>
  character.charCodeAt(0).toString(16).padStart(digits, '0');
const ESCAPES: Readonly<Record<string, (character: string) => string>> = {
  'for a URL': (character) => `%${hex(character, 2)}`,
  'for JSON': (character) => `\\u${hex(character, 4)}`,
  'for a script': (character) => `\\x${hex(character, 2)}`,
  'for HTML': (character) => `&#${character.charCodeAt(0)};`,
  'for HTML in hexadecimal': (character) => `&#x${hex(character, 1)};`,
};
for (const [how, escape] of Object.entries(ESCAPES)) {
  test(`a secret of which each character is escaped ${how} is found, in capitals too`, () => {
    const escaped = Array.from(SECRET, escape).join('');
    assert.equal(redact(`(${escaped})`, [SECRET]), '(•••)');
    assert.equal(redact(escaped.toUpperCase(), [SECRET]), '•••');
    assert.deepEqual(redactResult([`(${escaped})`], [SECRET]), ['(•••)']);
    const words = Array.from('only words', escape).join('');
    assert.equal(redact(words, [SECRET]), words);
  });
}

test('eight characters of a secret are found in its other forms as well', () => {
  for (const secret of [SECRET, SECRET.slice(4, 12)]) {
    for (const before of ['', 'x', 'xy']) {
      const base64 = Buffer.from(`${before}${SECRET.slice(4, 12)}z`).toString('base64');
      assert.match(redact(base64, [secret]), /•••/);
    }
    assert.equal(redact(`x${Buffer.from(SECRET.slice(4, 12)).toString('hex')}x`, [secret]), 'x•••x');
  }
});

test('eight letters of a secret are found with spaces between them', () => {
  assert.equal(redact('(L m V z 0 T b W)', [SECRET]), '(•••)');
  assert.equal(redact('(L m V z 0 T b)', [SECRET]), '(L m V z 0 T b)');
});

test('a key is found in a good reply with spaces between its letters, too', () => {
  assert.deepEqual(redactResult(['vm-1', Array.from(KEY).join(' ')], [KEY]), ['vm-1', '•••']);
});

test('a key is found in maps and lists, at any depth, and what has none stays the same object', () => {
  const whole = new Map([['a', [1, 'b', { c: null }]]]);
  assert.equal(redactResult(whole, [KEY]), whole);
  assert.deepEqual(redactResult(new Map([['a', [[`${KEY}!`]]]]), [KEY]), new Map([['a', [['•••!']]]]));
  assert.deepEqual(redactResult(new Map([[KEY, 1]]), [KEY]), new Map([['•••', 1]]));
  const [part] = redactResult([{ a: whole, b: KEY }], [KEY]);
  assert.deepEqual(part, { a: whole, b: '•••' });
  assert.equal(part.a, whole);
});

test('of a secret that is shorter only the secret itself is taken out', () => {
  assert.equal(redact('abcdefg, ABCDEFG', ['abcdefg']), '•••, •••');
  for (const text of ['61626364656667', 'YWJjZGVmZw==', 'a b c d e f g']) {
    assert.equal(redact(text, ['abcdefg']), text);
  }
});
