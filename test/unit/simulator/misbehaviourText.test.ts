import assert from 'node:assert/strict';
import test from 'node:test';
import { type Misbehaviour } from '../../simulator/dedalus/misbehaviour';
import { MISBEHAVIOUR_HELP, misbehaviourFromText } from '../../simulator/dedalus/misbehaviourText';

const START = '2026-11-03T04:00:00Z';
const start = Date.UTC(2026, 10, 3, 4);

const WRITTEN: readonly (readonly [string, Misbehaviour])[] = [
  ['lateEmission', { kind: 'lateEmission' }],
  [
    'lateEmission,every=3,delay=90,resource=storage',
    { kind: 'lateEmission', every: 3, delayMinutes: 90, resource: 'storage' },
  ],
  ['twoIdentifiers,meter=storage', { kind: 'twoIdentifiers', meter: 'storage' }],
  [`sharedIdentifier,start=${START}`, { kind: 'sharedIdentifier', start }],
  ['repeatedIdentifier,meter=cpu', { kind: 'repeatedIdentifier', meter: 'cpu' }],
  [
    'restatement,percent=90,meters=awake_seconds+storage_mib_seconds,machine=dm-a',
    {
      ...{ kind: 'restatement', percent: 90, machine: 'dm-a' },
      meters: ['awake_seconds', 'storage_mib_seconds'],
    },
  ],
  [
    `gap,resource=compute,start=${START},end=2026-11-03T05:00:00Z,summary=stays`,
    { kind: 'gap', resource: 'compute', start, end: start + 3_600_000, summary: 'stays' },
  ],
  ['lostDay,date=2026-11-03', { kind: 'lostDay', date: '2026-11-03' }],
  [`overlap,since=${START}`, { kind: 'overlap', since: start }],
  ['tooAwake,seconds=4000', { kind: 'tooAwake', awakeSeconds: 4000 }],
  ['tooBusy', { kind: 'tooBusy' }],
  ['negative,meters=awake_seconds', { kind: 'negative', meters: ['awake_seconds'] }],
  ['offTheHour,seconds=-7', { kind: 'offTheHour', seconds: -7 }],
  ['unlisted,machine=dm-a', { kind: 'unlisted', machine: 'dm-a' }],
  [
    'summaryOff,awake_seconds=-60,storage_mib_seconds=9007199254740993',
    { kind: 'summaryOff', by: { awake_seconds: -60n, storage_mib_seconds: 9_007_199_254_740_993n } },
  ],
];

for (const [text, misbehaviour] of WRITTEN) {
  test(`${text} is read`, () => {
    assert.deepEqual(misbehaviourFromText(text), misbehaviour);
  });
}

test('the help names every kind', () => {
  for (const [, { kind }] of WRITTEN) assert.match(MISBEHAVIOUR_HELP, new RegExp(`^ +${kind} `, 'm'));
});

test('what cannot be read is refused, with what was written', () => {
  for (const text of [
    '',
    'nothing',
    'gap,evry=3',
    'gap,every',
    'gap,every=three',
    'gap,resource=memory',
    'gap,start=2026-11-03',
    'gap,start=2026-11-03T04:00:00',
    'gap,start=soonZ',
    'negative,meters=awake_seconds+awake',
    'summaryOff,awake_seconds=1.5',
    'tooAwake,percent=3',
  ]) {
    assert.throws(() => misbehaviourFromText(text), {
      name: 'RangeError',
      message: `cannot read the misbehaviour ${JSON.stringify(text)}`,
    });
  }
});

test('what is missing is named', () => {
  for (const [text, name] of [
    ['sharedIdentifier', 'start'],
    ['restatement', 'percent'],
    ['lostDay', 'date'],
    ['offTheHour', 'seconds'],
    ['unlisted', 'machine'],
  ] as const) {
    assert.throws(() => misbehaviourFromText(text), { message: `the misbehaviour ${text} needs ${name}=` });
  }
});
