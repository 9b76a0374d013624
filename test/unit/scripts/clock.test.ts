import assert from 'node:assert/strict';
import test from 'node:test';
import { clockAhead, everyClockAhead } from '../../../scripts/clock/ahead';
import { checkClock } from '../../../scripts/clock/check';
import { capture } from '../../../scripts/processes';

const DAY = 86_400_000;

/** Prints the time in each way in which a program asks for it, and that of a child with the same arguments. */
const TELL = `
  const child = process.argv[2] === undefined
    ? require('node:child_process').execFileSync(process.execPath, [...process.execArgv, '', 'child'], { encoding: 'utf8' })
    : '[]';
  const times = [Date.now(), new Date().getTime(), Date.parse(Date()), Reflect.construct(Date, []).valueOf()];
  console.log(JSON.stringify([...times, ...JSON.parse(child)]));
`;

for (const days of [-400, 3]) {
  test(`a process, and what it starts, is ${days} days ahead in every way to ask for the time`, async () => {
    const since = Date.now();
    const { args, env } = clockAhead(days * DAY);
    const { text } = await capture(process.execPath, [...args, '-e', TELL], { env });
    const times = JSON.parse(text) as number[];
    assert.equal(times.length, 8);
    for (const time of times) {
      checkClock('The process', time - days * DAY, since);
    }
  });
}

test('a clock that is handed on to every process is counted from that of the process which hands it on', async () => {
  const since = Date.now();
  const tell = 'console.log(Date.now())';
  const inner = `
    import { clockAhead } from './scripts/clock/ahead';
    import { execFileSync } from 'node:child_process';
    const { args, env } = clockAhead(${2 * DAY});
    console.log(execFileSync(process.execPath, [...args, '-e', '${tell}'], { env: { ...process.env, ...env }, encoding: 'utf8' }));
  `;
  const { text } = await capture('npx', ['tsx', '-e', inner], { env: everyClockAhead(DAY) });
  checkClock('The inner process', Number(text) - 3 * DAY, since);
});

test('dates that are given stay what they are', async () => {
  const { args, env } = clockAhead(DAY);
  const tell = `
    const given = new Date(2026, 10, 18, 9, 20);
    console.log(JSON.stringify([
      new Date('2026-11-18T09:20:00Z').toISOString(), new Date(0).getTime(), given.getMinutes(), Date.UTC(2026, 0),
      given instanceof Date, structuredClone(given) instanceof Date, given.constructor === Date, Date.name, Date.length,
    ]));`;
  const { text } = await capture(process.execPath, [...args, '-e', tell], { env });
  assert.deepEqual(JSON.parse(text), [
    ...['2026-11-18T09:20:00.000Z', 0, 20, 1_767_225_600_000],
    ...[true, true, true, 'Date', 7],
  ]);
});

test('another clock is found out', () => {
  const now = Date.now();
  assert.throws(() => {
    checkClock('A server', now + 60_000, now);
  }, /^AssertionError.*: A server told .*; here it was from .* to /);
  assert.throws(() => {
    checkClock('A server', now - 2000, now);
  }, /A server told/);
});
