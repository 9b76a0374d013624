import assert from 'node:assert/strict';
import test from 'node:test';
import type { Choices } from '../../../src/protocol/choices';
import { StackStart } from '../../../src/views/dashboard/charts/stackStart';
import { draw, type Drawn } from '../../../src/views/dashboard/dashboardView';
import { DASHBOARD_DEPS } from './dashboardDepsStandIn';
import { octoberInput } from './octoberInput';

/** As many machines as it says, each awake for so many seconds on 1 October. */
function fleet(machines: number, seconds = 600): Parameters<typeof octoberInput>[0] {
  return Array.from({ length: machines }, (_, index) => ({ id: `m${index}`, day: '2026-10-01', seconds }));
}

interface Look {
  readonly rows: ReturnType<typeof fleet>;
  readonly start?: StackStart;
  readonly selected?: string;
  readonly choices?: Partial<Choices>;
}

function drawn({ rows, start = new StackStart(), selected, choices = {} }: Look): Drawn {
  const { choices: own, ...input } = octoberInput(rows, { storage: true, choices });
  const { stackBy: _, ...free } = own;
  return draw({
    ...input,
    usage: { ...input.usage, summary: { value: { billed: {}, levels: {} }, asOf: input.now } },
    choices: { ...free, ...choices },
    accounts: [],
    selected,
    refreshing: false,
    loading: undefined,
    words: DASHBOARD_DEPS,
    stackStart: start,
  });
}

const kinds = ({ charts: [first] }: Drawn): unknown => [...new Set(first?.series.map(({ kind }) => kind))];
const notes = ({ charts: [first] }: Drawn): readonly string[] => first?.notes ?? [];

test('a chart begins by shape where the largest machines are less than half, and says so', () => {
  const many = drawn({ rows: fleet(15) });
  assert.equal(many.stackBy, 'shape');
  assert.deepEqual(kinds(many), ['shape']);
  assert.ok(notes(many).includes('by shape, as many are small'));
  const half = drawn({ rows: fleet(14) });
  assert.equal(half.stackBy, 'machine');
  assert.deepEqual(kinds(half), ['machine', 'others']);
  assert.ok(!notes(half).some((note) => note.startsWith('by shape')));
});

test('what was chosen counts, and a machine that is selected is seen', () => {
  const rows = fleet(40);
  const chosen = drawn({ rows, choices: { stackBy: 'machine' } });
  assert.deepEqual(kinds(chosen), ['machine', 'others']);
  const shape = drawn({ rows: fleet(2), choices: { stackBy: 'shape' } });
  assert.deepEqual([shape.stackBy, kinds(shape)], ['shape', ['shape']]);
  assert.ok(!notes(shape).some((note) => note.startsWith('by shape')));
  const selected = drawn({ rows, selected: 'm39' });
  assert.equal(selected.stackBy, 'machine');
  assert.ok(selected.charts[0]?.series.some(({ key }) => key === 'm39'));
});

test('it is decided once, by the first usage, whatever is loaded or zoomed later', () => {
  const start = new StackStart();
  assert.equal(drawn({ rows: [], start }).stackBy, 'machine');
  assert.equal(drawn({ rows: fleet(40), start }).stackBy, 'shape');
  assert.equal(drawn({ rows: fleet(3), start }).stackBy, 'shape');
  const other = new StackStart();
  assert.equal(drawn({ rows: fleet(3), start: other }).stackBy, 'machine');
  assert.equal(drawn({ rows: fleet(40), start: other }).stackBy, 'machine');
});
