import assert from 'node:assert/strict';
import test from 'node:test';
import { Emitter } from '../../../src/store/emitter';

test('a listener that throws silences nobody else, and does not stop who fires', () => {
  const errors: unknown[] = [];
  const emitter = new Emitter<number>((error) => errors.push(error));
  const heard: string[] = [];
  emitter.event((value) => heard.push(`first ${value}`));
  const defect = new RangeError('a defect');
  const bad = emitter.event(() => {
    throw defect;
  });
  emitter.event((value) => heard.push(`last ${value}`));
  emitter.fire(1);
  assert.deepEqual(heard, ['first 1', 'last 1']);
  assert.deepEqual(errors, [defect]);
  bad.dispose();
  emitter.fire(2);
  assert.deepEqual(heard.slice(2), ['first 2', 'last 2']);
  assert.equal(errors.length, 1);
});
