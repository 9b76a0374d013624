import assert from 'node:assert/strict';
import test from 'node:test';
import { neutralise } from '../../../src/usage/spreadsheet';
import { assertLinear } from '../../support/linear';

test('text that a spreadsheet would run begins with an apostrophe', () => {
  for (const text of ['=1+1', '+1', '-1', '@sum(a1)', '\tx', '\rx', '\nx', '=', '＝1', '＋1', '－1', '＠a']) {
    assert.equal(neutralise(text), `'${text}`);
  }
});

test('blank and invisible characters in front do not hide it', () => {
  for (const text of [' =1', '\u00a0+1', '\ufeff-1', '\u200b@a', ' \ufeff ＝1', '\u0000=1']) {
    assert.equal(neutralise(text), `'${text}`);
  }
});

test('a spreadsheet that separates cells by other characters runs nothing either', () => {
  assert.equal(neutralise('x;=1'), "x;'=1");
  assert.equal(neutralise('x; ;-1;@a'), "x; ;'-1;'@a");
  assert.equal(neutralise('x\t=1\r\n+2'), "x\t'=1\r\n'+2");
  assert.equal(neutralise('\t=1'), "'\t'=1");
  assert.equal(neutralise('x, -1'), "x, '-1");
  assert.equal(neutralise('x;\ty'), "x;'\ty");
});

test('quotes in front do not hide it', () => {
  assert.equal(neutralise('c\n"=1;d'), `c\n"'=1;d`);
  assert.equal(neutralise('"=1"'), `'"=1"`);
  assert.equal(neutralise('x;" "-1'), `x;" "'-1`);
});

test('other text stays as it is', () => {
  for (const text of [
    '',
    'web-1',
    'a=b',
    'a =1',
    'a; b',
    'a;b;',
    '1+1',
    '’=1',
    'x, y',
    'a "=1"',
    '日本;東京',
  ]) {
    assert.equal(neutralise(text), text);
  }
});

test('the time that it takes grows with a text made to take long, and not faster', () => {
  assertLinear('tabs', (length) => {
    neutralise('\t'.repeat(length) + 'x');
  });
});
