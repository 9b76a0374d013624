import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { displayText, quoted, withoutMarks } from '../../../src/usage/text';

test('plain text stays as it is', () => {
  assert.equal(displayText('dm-web-1 · Łódź 東京 🚀'), 'dm-web-1 · Łódź 東京 🚀');
});

test('control characters become visible, and nothing turns the reading direction', () => {
  assert.equal(displayText('a\nb\tc\u0000d\u2028e'), 'a�b�c�d�e');
  assert.equal(displayText('\u202eevil\u2066\u200f'), 'evil');
});

test('of a text that nobody would see a mark is shown', () => {
  for (const unseen of ['\u202e', '\u200b', ' ', '\u00a0\u3164\u{e0001}']) {
    assert.equal(displayText(unseen), '�', JSON.stringify(unseen));
  }
  assert.equal(displayText(''), '');
  assert.equal(displayText('a\u200bb'), 'a\u200bb');
});

test('a long text ends with an ellipsis, and never inside a character', () => {
  assert.equal(displayText('x'.repeat(4000), 10), `${'x'.repeat(9)}…`);
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.integer({ min: 1, max: 200 }),
      (text, limit) => {
        const shown = displayText(text, limit);
        assert.ok(Array.from(shown).length <= limit);
        assert.doesNotMatch(shown, /[\p{Cc}\u202a-\u202e]/u);
        assert.ok(shown.isWellFormed());
      },
    ),
  );
});

test('what VS Code makes links and icons of is parted by a blank, and nothing else is changed', () => {
  assert.equal(withoutMarks('[Renew](command:x) $(trash)'), '[Renew] (command:x) $ (trash)');
  assert.equal(withoutMarks('a]](b $$(c a[1] (2) $5'), 'a]] (b $$ (c a[1] (2) $5');
});

test('a name in the log is one short line', () => {
  assert.equal(quoted('a"b\nc\u2028d'), '"a\\"b\ufffdc\ufffdd"');
  assert.equal(quoted('x'.repeat(200)), `"${'x'.repeat(59)}…"`);
});
