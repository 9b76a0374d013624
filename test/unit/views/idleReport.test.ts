import assert from 'node:assert/strict';
import test from 'node:test';
import { DEFAULT_CHOICES } from '../../../src/protocol/choices';
import { MACHINE_CAPABILITIES } from '../../../src/providers/machineCapabilities';
import { emptyUsage } from '../../../src/store/accountUsage';
import { DayCache } from '../../../src/store/dayCache';
import { toColumns } from '../../../src/usage/columns/columns';
import { createFormats } from '../../../src/usage/format';
import { DAY, daysOf, monthToDate } from '../../../src/usage/time';
import { idleReport } from '../../../src/views/dashboard/reports/idleReport';
import { ACCOUNT } from '../store/fakeSource';
import { computeDay } from '../usage/builders';

const NOW = Date.UTC(2026, 10, 10, 12);

test('a machine that is listed as below 5 % has no duty of 5 % beside it', () => {
  const period = monthToDate(NOW);
  const dayCache = new DayCache();
  const awake = DAY / 1000;
  for (const day of daysOf(period)) {
    // Of two vCPUs 4.96 %.
    const quantities = { awake_seconds: awake, cpu_millicore_seconds: awake * 99.2 };
    const columns = toColumns([computeDay('m', day, awake, { quantities })]);
    dayCache.keep({ part: 'computeDays', day }, { columns, asOf: NOW });
  }
  const { tables } = idleReport(createFormats('en-US')).body({
    ...{ account: ACCOUNT, capabilities: MACHINE_CAPABILITIES, dayCache, now: NOW },
    ...{ usage: emptyUsage(period), choices: DEFAULT_CHOICES, figures: [] },
  });
  assert.equal(tables[0]?.rows[0]?.cells[2]?.text, '4%');
});
