import assert from 'node:assert/strict';
import test from 'node:test';
import { readHostMessage } from '../../../webview/dashboard/hostMessage';
import { ENGLISH, NOVEMBER, chart, machine } from './charts';

const VIEW = {
  accounts: [],
  month: NOVEMBER,
  refreshing: false,
  notices: [],
  figures: [],
  charts: [chart([machine('a', [1])])],
};

test('the host’s messages are read, also after they were copied from one window to another', () => {
  const hello = { type: 'hello', locale: 'en', strings: ENGLISH.strings };
  assert.deepEqual(readHostMessage(hello), hello);
  const show = { type: 'show', view: VIEW };
  assert.deepEqual(readHostMessage(structuredClone(show)), show);
});

test('anything else that a window may receive is left alone', () => {
  const strange: unknown[] = [
    undefined,
    null,
    'show',
    { type: 'other' },
    { type: 'hello', locale: 'en' },
    { type: 'show' },
    { type: 'show', view: { ...VIEW, charts: undefined } },
    { type: 'show', view: { ...VIEW, month: 'November' } },
    { type: 'show', view: { ...VIEW, charts: [{ ...VIEW.charts[0], meter: 'made_up' }] } },
    {
      type: 'show',
      view: { ...VIEW, charts: [{ ...VIEW.charts[0], series: [{ label: 'a', values: [1] }] }] },
    },
  ];
  for (const message of strange) {
    assert.equal(readHostMessage(message), undefined, JSON.stringify(message));
  }
});
