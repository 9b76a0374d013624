import assert from 'node:assert/strict';
import test from 'node:test';
import { isVoid, type KeptTime } from '../../../src/usage/keptTime';
import { DAY, HOUR, MINUTE, SECOND } from '../../../src/usage/time';

const NOW = Date.UTC(2026, 10, 20, 12);

const LONGEST: readonly [KeptTime, number][] = [
  ['past', 0],
  ['wait', DAY],
  ['quiet', 31 * DAY],
];

for (const [kind, span] of LONGEST) {
  test(`a time that is kept is void beyond what it can be: ${kind}`, () => {
    for (const at of [0, NOW - 9 * DAY, NOW, NOW + span, NOW + span + SECOND]) {
      assert.equal(isVoid(at, NOW, kind), false, `${at - NOW}`);
    }
    for (const ahead of [MINUTE, 5 * HOUR, 9 * DAY, 366 * DAY, Number.POSITIVE_INFINITY]) {
      assert.equal(isVoid(NOW + span + ahead, NOW, kind), true, `${ahead}`);
    }
  });
}
