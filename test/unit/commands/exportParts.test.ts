import assert from 'node:assert/strict';
import test from 'node:test';
import { exportParts } from '../../../src/commands/shared/exportParts';
import type { ProviderCapabilities } from '../../../src/providers/capabilities';
import { MACHINE_CAPABILITIES } from '../../../src/providers/machineCapabilities';

const GROUPS: ProviderCapabilities = {
  ...MACHINE_CAPABILITIES,
  subject: 'group',
  groupings: ['external_user_id', 'external_project_id', 'workspace_id'],
  charts: (['compute', 'storage'] as const).map((id) => ({
    id,
    meters: ['credit_cents'],
    hours: undefined,
    days: { external_user_id: 'byUser', external_project_id: 'byProject', workspace_id: 'byWorkspace' },
    optional: false,
    origin: 'madeOfDays',
  })),
};

const CATEGORIES: ProviderCapabilities = {
  ...MACHINE_CAPABILITIES,
  subject: 'category',
  charts: [
    { id: 'compute', meters: 'paas', hours: 'spend', days: 'spendDays', optional: false },
    { id: 'storage', meters: 'byoc', hours: 'spend', days: 'spendDays', optional: true },
  ],
};

test('machines: compute by hour or by day as asked, and storage as the vendor gives it', () => {
  assert.deepEqual(exportParts(MACHINE_CAPABILITIES, undefined, 'hour'), {
    subject: 'machine',
    meters: MACHINE_CAPABILITIES.charts.flatMap(({ meters }) => meters),
    money: [],
    parts: ['computeHours', 'storage'],
    granularity: 'hour',
  });
  assert.deepEqual(exportParts(MACHINE_CAPABILITIES, undefined, 'day'), {
    subject: 'machine',
    meters: MACHINE_CAPABILITIES.charts.flatMap(({ meters }) => meters),
    money: [],
    parts: ['computeDays', 'storage'],
    granularity: 'day',
  });
});

test('groups: the days of the account’s grouping, or of the first one, even where hours are asked for', () => {
  for (const asked of ['hour', 'day'] as const) {
    assert.deepEqual(exportParts(GROUPS, 'workspace_id', asked), {
      subject: 'group',
      grouping: 'workspace_id',
      meters: ['credit_cents'],
      money: [],
      parts: ['byWorkspace'],
      granularity: 'day',
    });
    assert.deepEqual(exportParts(GROUPS, undefined, asked).parts, ['byUser']);
  }
});

test('categories: the vendor’s own hours, once, even where days are asked for', () => {
  for (const asked of ['hour', 'day'] as const) {
    assert.deepEqual(exportParts(CATEGORIES, undefined, asked), {
      subject: 'category',
      meters: [],
      money: ['paas', 'byoc'],
      parts: ['spend'],
      granularity: 'hour',
    });
  }
});
