import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';

/** English words that end like a plural after a number and are none. */
const NO_PLURAL = /^(is|was|has|this|its|less|explains|differs|everything|stands)$/;

/** There is never one of these: why. */
const NEVER_ONE: Readonly<Record<string, string>> = {
  'The period is longer than {0} days.': 'the most days that a chart can show',
  'Hours can be shown for at most {0} days.': 'the most days of hours',
  'The answer has more than {0} rows and was not read.': 'a limit in the hundred thousands',
  '{0} days against {1}': 'of months that are not of one length',
  'Sum of {0} accounts': 'of one account the figure is its own',
  'sum of {0} accounts': 'of one account the figure is its own',
  'Click to show the next of {0} figures.': 'only where there are several',
  'Click to open the dashboard. One of {0} figures: each vendor and unit has its own.':
    'only where there are several',
  'Usual lag of {0}: up to {1}. This is the time within which 95 % of the day’s {2} emitted buckets were emitted, plus an hour.':
    'with fewer than five it is not measured',
  'Usage is not fully known for {0} days, between {1} and {2}.': 'one day has a sentence of its own',
  '{0} shapes': 'only where there are several',
  '{0} hours': 'one is not folded',
  'Each of these {0} hours has the same figures:': 'one is not folded',
  '{0} identifiers for {1} instead of the usual one: {2}': 'one is not flagged',
  '{0} identifiers for {1}, although the rows name {2} buckets: {3}':
    'one is not flagged, and one bucket has a sentence of its own',
  'The identifier {0} is under {1} buckets: {2}': 'one is not flagged',
};

test('a number that may be one is not followed by a plural', () => {
  const bundle = readFileSync(path.join(__dirname, '../../../l10n/bundle.l10n.json'), 'utf8');
  const texts = Object.keys(JSON.parse(bundle) as object);
  const ofOne = texts.map((text) => text.replace(/\b(1|One)\b/, '{n}'));
  const isWrong = (text: string, { index, 1: adjective = '', 2: noun = '' }: RegExpExecArray): boolean => {
    const singular = `${text.slice(0, index)}{n} ${adjective}${noun.replace(/s$/, '')}`;
    return !NO_PLURAL.test(noun) && !ofOne.some((one) => one.startsWith(singular));
  };
  const counted = /\{\d\} ((?:(?!stands|everything)[a-z-]+ )?)([a-z]+s)\b/giu;
  const wrong = texts.filter(
    (text) =>
      !Object.hasOwn(NEVER_ONE, text) && [...text.matchAll(counted)].some((match) => isWrong(text, match)),
  );
  assert.deepEqual(wrong, []);
  for (const text of Object.keys(NEVER_ONE)) {
    assert.ok(texts.includes(text), `${text}: is not said any more`);
  }
});
