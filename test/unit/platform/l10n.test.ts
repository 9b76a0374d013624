import assert from 'node:assert/strict';
import test from 'node:test';
import { connectTexts, l10n } from '../../../src/platform/l10n';
import { createFormats } from '../../../src/usage/format';
import { monthOf } from '../../../src/usage/time';
import { lengthsWords } from '../../../src/views/words/periodWords';

const [FEBRUARY, JANUARY] = [Date.UTC(2026, 1), Date.UTC(2026, 0)].map((at) => monthOf(at));

test('texts are English without VS Code, with their values in place as VS Code puts them', () => {
  assert.equal(l10n.t('{1} of {0}, {1}', 'all', 3), '3 of all, 3');
  assert.equal(l10n.t('{0} is {1}', '{1}', false), '{1} is false');
  assert.equal(l10n.t('{0}, {1}', 'a'), 'a, {1}');
  assert.equal(l10n.t('{name} {0}', 0), '{name} 0');
});

test('words are in the language of what is connected, from then on', (t) => {
  const days = (): string | undefined =>
    FEBRUARY && JANUARY && lengthsWords(FEBRUARY, JANUARY, createFormats('de'));
  assert.equal(days(), '28 days against 31');
  connectTexts({
    t: (message, ...values) => {
      assert.equal(message, '{0} days against {1}');
      return values.join(' Tage gegen ');
    },
  });
  t.after(() => {
    connectTexts();
  });
  assert.equal(days(), '28 Tage gegen 31');
});
