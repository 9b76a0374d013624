import assert from 'node:assert/strict';
import test from 'node:test';
import { TableMemory, type TableState } from '../../../webview/dashboard/table/tableMemory';

const STATE: TableState = { text: 'web', by: 'value', descending: true, scroll: 260 };
const nothing = (): void => undefined;

test('how a table was left is there again when VS Code gives back what it kept', () => {
  let kept: unknown;
  const before = new TableMemory(undefined, () => {
    kept = JSON.parse(JSON.stringify({ tables: before.states }));
  });
  before.keep('storage', STATE);
  const after = new TableMemory(kept, nothing);
  assert.deepEqual(after.of('storage'), STATE);
  assert.deepEqual(after.of('compute'), { text: '', by: 'time', descending: false, scroll: 0 });
});

test('what makes no sense is left out, and the others stay', () => {
  for (const broken of [7, { ...STATE, by: 'colour' }, { ...STATE, scroll: '1' }, { ...STATE, text: null }]) {
    const memory = new TableMemory({ tables: { compute: broken, duty: STATE } }, nothing);
    assert.deepEqual([memory.of('compute').by, memory.of('duty')], ['time', STATE]);
  }
  for (const kept of [undefined, null, 'x', { tables: 3 }, { tables: null }]) {
    assert.deepEqual(new TableMemory(kept, nothing).states, {});
  }
});
