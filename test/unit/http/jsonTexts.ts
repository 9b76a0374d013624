import fc from 'fast-check';

/* JSON as texts rather than values: what a vendor may send, in every form that the grammar allows. */

const SPACE = fc.constantFrom('', '', '', ' ', '\n  ', '\t', '\r\n');

const CHARACTERS = fc.constantFrom(
  ...['a', 'Ł', '東', '🚀', '},{', '{', '}', '[', ']', ',', ':', '"rows":['],
  ...['\\"', '\\\\', '\\/', '\\n', '\\u007d', '\\ud83d\\ude80', '\\ud83d', '\u2028', '\u007f', '\ufeff'],
);

/** A text with its quotation marks. */
export const textToken = fc
  .array(CHARACTERS, { maxLength: 6 })
  .map((parts) => `"${parts.map((part) => (part === '"rows":[' ? '\\"rows\\":[' : part)).join('')}"`);

const NUMBER = fc.oneof(
  fc.constantFrom(
    '0',
    '-0',
    '-0.0',
    '1.50',
    '1e5',
    '1E-7',
    '12e+3',
    '1e400',
    '-1.25e2',
    '9007199254740993.0',
  ),
  fc.integer().map(String),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
);

/**
 * A name with its quotation marks. None holds a backslash once it is read: after such a name `JSON.parse` of Node 24 may read
 * an escaped one as it, at the whim of the engine (https://github.com/nodejs/node/issues/63785).
 */
const KEY = fc.oneof(
  fc.constantFrom('"a"', '"b"', '"__proto__"', '"constructor"', '"rows"', '"\\u0072ows"'),
  textToken.filter((token) => !(JSON.parse(token) as string).includes('\\')),
);

const { value } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    NUMBER,
    textToken,
    fc.constantFrom('true', 'false', 'null'),
    joined('[', ']', tie('value')),
    joined('{', '}', member(KEY, tie('value'))),
  ),
}));

/** Any JSON value. */
export const jsonText = value;

/** Objects, as rows are, more often than other values. */
const ROW = fc.oneof({ weight: 3, arbitrary: joined('{', '}', member(KEY, value)) }, value);

/** A list of rows, or null. */
const ROWS = fc.oneof({ weight: 9, arbitrary: joined('[', ']', ROW, 12) }, fc.constant('null'));

const OTHER_MEMBER = member(
  KEY.filter((key) => JSON.parse(key) !== 'rows'),
  value,
);

/** A whole reply: an object with its rows between other members. */
export const replyText = fc
  .tuple(
    fc.array(OTHER_MEMBER, { maxLength: 3 }),
    member(fc.constantFrom('"rows"', '"rows"', '"r\\u006fws"'), ROWS),
    fc.array(OTHER_MEMBER, { maxLength: 3 }),
    SPACE,
  )
  .map(([before, rows, after, space]) => `${space}{${[...before, rows, ...after].join(',')}}${space}`);

/** Bytes cut anywhere, also within a character. */
export function chunksOf(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [...new Set([0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])];
  places.sort((a, b) => a - b);
  return places.slice(1).map((place, index) => bytes.subarray(places[index], place));
}

function member(key: fc.Arbitrary<string>, of: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(SPACE, key, SPACE, of).map(([a, name, b, text]) => `${a}${name}${b}:${text}`);
}

function joined(
  open: string,
  close: string,
  element: fc.Arbitrary<string>,
  maxLength = 4,
): fc.Arbitrary<string> {
  return fc
    .array(fc.tuple(SPACE, element, SPACE), { maxLength })
    .map((elements) => `${open}${elements.map((parts) => parts.join('')).join(',')}${close}`);
}
