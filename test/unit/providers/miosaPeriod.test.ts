import assert from 'node:assert/strict';
import test from 'node:test';
import { dayPeriod, monthToDate } from '../../../src/usage/time';
import type { MiosaSimulator } from '../../simulator/miosa/simulator';
import { failureOf } from '../http/helpers';
import { ERROR_FORMS, month, NOW, readMonth, source, start } from './miosaReading';

for (const errorForm of ERROR_FORMS) {
  test(`where month to date is refused, in form ${errorForm}, the month is asked for by its dates`, async () => {
    const simulator = await start({ refusesMtd: true, errorForm });
    assert.deepEqual(await readMonth(source(simulator)), simulator.totals('external_user_id'));
    assert.deepEqual(simulator.requests.at(-1)?.query, {
      group_by: 'external_user_id',
      period: 'custom',
      start: '2026-11-01T00:00:00Z',
      end: '2026-11-20T14:20:00Z',
    });
    assert.equal(simulator.requests.length, 2);
  });
}

test('a refusal of the period is known by its code, whatever words come with it', async () => {
  const simulator = await start();
  simulator.inject({
    status: 422,
    body: { code: 'invalid period', message: 'use 7d, 30d or custom' },
    match: { times: 1 },
  });
  assert.deepEqual(await readMonth(source(simulator)), simulator.totals('external_user_id'));
});

test('in the first instant of a month, the month can be asked for by its dates', async () => {
  const now = Date.UTC(2026, 11, 1);
  const simulator = await start({ refusesMtd: true, now: () => now });
  const { groups } = await source(simulator).summary(monthToDate(now));
  assert.deepEqual(groups?.groups, []);
});

async function answering(start: string, end: string): Promise<MiosaSimulator> {
  const simulator = await startAt(NOW);
  const raw = JSON.stringify({ period_start: start, period_end: end, results: [] });
  simulator.inject({ status: 200, body: { raw, contentType: 'application/json' } });
  return simulator;
}

function startAt(now: number): Promise<MiosaSimulator> {
  return start({ now: () => now });
}

const NOT_AS_ASKED = { kind: 'malformed', path: 'reply.period', expected: 'asAsked' };

test('the sum of a month that comes in place of a day is refused', async () => {
  const from = source(await answering('2026-11-01T00:00:00Z', '2026-11-20T14:20:00Z'));
  assert.deepEqual(await failureOf(from.rows('byUser', { period: dayPeriod('2026-11-03') })), NOT_AS_ASKED);
});

test('a day of which the reply tells nothing, or a part, is not known', async () => {
  for (const end of ['2026-11-03T00:00:00Z', '2026-11-03T12:00:00Z']) {
    const from = source(await answering('2026-11-03T00:00:00Z', end));
    assert.equal((await from.rows('byUser', { period: dayPeriod('2026-11-03') })).size, 0);
  }
});

test('thirty days that come in place of the month are refused, and the key is good all the same', async () => {
  const from = source(await answering('2026-10-21T14:20:00Z', '2026-11-20T14:20:00Z'));
  assert.deepEqual(await failureOf(from.summary(month)), NOT_AS_ASKED);
  await from.check();
});

test('the month of a clock that is slow or fast is not taken for ours', async () => {
  const midnight = Date.UTC(2026, 11, 1);
  for (const [vendor, own] of [
    [midnight + 60_000, midnight - 60_000],
    [midnight - 60_000, midnight + 60_000],
  ] as const) {
    const simulator = await startAt(vendor);
    const from = source(simulator, { now: () => own });
    assert.deepEqual(await failureOf(from.summary(monthToDate(own))), NOT_AS_ASKED);
  }
});

test('some minutes between two clocks are no contradiction within a month', async () => {
  const simulator = await startAt(NOW);
  for (const minutes of [-4, 4]) {
    const from = source(simulator, { now: () => NOW + minutes * 60_000 });
    assert.ok((await from.summary(month)).used);
  }
});
