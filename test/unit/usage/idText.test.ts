import assert from 'node:assert/strict';
import test from 'node:test';
import { idText } from '../../../src/usage/text';

test('an id is copied as the vendor gave it', () => {
  for (const id of ['', 'm-1', ' m 1 ', '日本-🚀', 'a/b?c=d&"e"\'f\'']) assert.equal(idText(id), id);
});

test('an id is one line, and no command to who pastes it into a terminal', () => {
  assert.equal(idText('m-1\nrm -rf ~\n'), 'm-1rm -rf ~');
  assert.equal(idText('m\r\n\u2028\u2029\u0085\v\f1'), 'm1');
  assert.equal(idText('m\u001b[201~\u0000\t1'), 'm[201~1');
});
