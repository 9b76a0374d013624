import '../../support/vscodeStandIn';
import assert from 'node:assert/strict';
import test from 'node:test';
import type { UsageStore } from '../../../src/store/usageStore';
import type { Quantities } from '../../../src/usage/bucket';
import { totalsOf } from '../../../src/usage/columns/totals';
import { createFormats } from '../../../src/usage/format';
import { accountNode } from '../../../src/views/tree/account/nodes';
import { machineTooltip } from '../../../src/views/tree/machines/items';
import { NO_CHECKS } from '../../support/noChecks';
import { ACCOUNT } from '../store/fakeSource';

/** What is said of a machine of which this is known, and not up to when it was measured. */
function tooltip(compute: boolean, quantities?: Quantities): string {
  const totals = totalsOf([], { compute, storage: true });
  const usage = {
    ...totals,
    ...{ machineId: 'm', hasRows: false, days: new Map(), quantities: quantities ?? totals.quantities },
  };
  const store = { known: () => undefined } as unknown as UsageStore;
  return machineTooltip(
    { ...accountNode(ACCOUNT), kind: 'machine', usage },
    {
      ...{ store, checks: NO_CHECKS, formats: createFormats('en-US'), now: () => 0 },
      machineView: () => ({ sort: 'usage', text: '', hideZero: false }),
    },
  ).value;
}

test('that a machine was not awake is said of compute that was read, and of no other', () => {
  assert.match(tooltip(true), /Not awake this month/u);
  assert.doesNotMatch(tooltip(true, { awake_seconds: 60 }), /awake this month/u);
  assert.doesNotMatch(tooltip(false), /Not awake/u);
  assert.match(tooltip(false), /It is not known whether it was awake this month/u);
});
