import assert from 'node:assert/strict';
import test from 'node:test';
import { DAY, HOUR } from '../../../src/usage/time';
import { createDutyModel } from '../../../webview/dashboard/duty/dutyModel';
import {
  dutyLines,
  dutyRows,
  dutyText,
  speakCell,
  summariseDuty,
} from '../../../webview/dashboard/duty/dutyWords';
import { ENGLISH, NOVEMBER } from './charts';
import { dutyMap } from './duty';

const VCPU_HOUR = 3_600_000;
const { strings } = ENGLISH;

const MAP = dutyMap(1, {
  8: [1800, VCPU_HOUR / 4, VCPU_HOUR],
  14: [3600, VCPU_HOUR / 2, 4 * VCPU_HOUR],
  15: [0, 0, 0],
});
const MODEL = createDutyModel(MAP, NOVEMBER + 20 * HOUR);

test('a cell is spoken with its time, its duty and what that is made of', () => {
  assert.equal(
    speakCell(MODEL, 14, ENGLISH),
    `Sun 1 Nov 14:00–15:00 UTC: 12%. ${strings.awakeTime}: 1 h. ` +
      `${strings.usedTime}: 0.5 vCPU-h. ${strings.capacityTime}: 4 vCPU-h.`,
  );
});

test('a duty of 99.6 % is not spoken as all of it', () => {
  const busy = dutyMap(1, { 9: [3600, 0.996 * VCPU_HOUR, VCPU_HOUR] });
  const model = createDutyModel(busy, NOVEMBER + 20 * HOUR);
  assert.equal(dutyText(model, 9, ENGLISH), '99%');
  assert.match(summariseDuty(model, ENGLISH), / 99%\..* 99%\.$/u);
});

test('of an hour asleep and of an unknown one there is no percentage, and no figures', () => {
  assert.equal(speakCell(MODEL, 15, ENGLISH), `Sun 1 Nov 15:00–16:00 UTC: ${strings.asleep}.`);
  assert.equal(speakCell(MODEL, 16, ENGLISH), `Sun 1 Nov 16:00–17:00 UTC: ${strings.unknown}.`);
  assert.equal(dutyText(MODEL, 15, ENGLISH), strings.asleep);
  assert.deepEqual(
    dutyLines(MODEL, 16, ENGLISH).map(({ rounded }) => rounded),
    [strings.unknown],
  );
});

test('the tooltip has exact figures beside the rounded ones', () => {
  assert.deepEqual(
    dutyLines(MODEL, 14, ENGLISH).map(({ rounded, exact }) => [rounded, exact]),
    [
      ['1 h', '3,600 s'],
      ['0.5 vCPU-h', '1,800,000 millicore-s'],
      ['4 vCPU-h', '14,400,000 millicore-s'],
      ['12%', ''],
    ],
  );
});

test('the summary has the duty of all hours together, and when machines were busiest', () => {
  assert.equal(
    summariseDuty(MODEL, ENGLISH),
    `${strings.duty}, All machines. ${strings.average}: 15%. ${strings.busiestHour}: 08:00–09:00, 25%.`,
  );
});

test('the summary of a period asleep names no average and no hour', () => {
  const asleep = createDutyModel(dutyMap(1, { 0: [0, 0, 0] }), NOVEMBER + DAY);
  assert.equal(summariseDuty(asleep, ENGLISH), `${strings.duty}, All machines.`);
});

test('the table has the hours that are known, and asleep is not sorted as zero', () => {
  const rows = dutyRows(MODEL, ENGLISH);
  assert.deepEqual(
    rows.map(({ at, name, amount, rounded, exact }) => [at, name, amount, rounded, exact]),
    [
      [NOVEMBER + 8 * HOUR, '08:00–09:00', 2500, '25.00', '900,000 / 3,600,000 millicore-s'],
      [NOVEMBER + 14 * HOUR, '14:00–15:00', 1250, '12.50', '1,800,000 / 14,400,000 millicore-s'],
      [NOVEMBER + 15 * HOUR, '15:00–16:00', undefined, strings.asleep, ''],
    ],
  );
});

test('a name cannot turn the reading direction or break the line', () => {
  const model = createDutyModel({ ...MAP, of: '\u202eevil\n' }, NOVEMBER + DAY);
  assert.doesNotMatch(summariseDuty(model, ENGLISH), /[\u202e\n]/u);
});
