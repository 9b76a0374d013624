import assert from 'node:assert/strict';
import type { ReportRow } from '../../src/protocol/report';
import type { Misbehaviour } from '../simulator/dedalus/misbehaviour';
import { STORY } from '../simulator/dedalus/storyFleet';
import type { OrgBucketTotal, Sums } from '../simulator/dedalus/totals';
import { NOW } from '../support/knownDay';
import { rowsBelow } from './extension';
import { FORMATS, StoryAccount, table, texts } from './story';

const TODAY = '2026-11-18';
const MINUTE = 60_000;
const at = (hour: number): number => Date.UTC(2026, 10, 18, hour);

type Kind = 'compute' | 'storage';

/** The vendor's books of an hour of a day, in the order in which the report lists them. */
function books({ simulator }: StoryAccount, day: string): { kind: Kind; bucket: OrgBucketTotal }[] {
  const { computeBuckets, storageBuckets } = simulator.totals();
  const of = (kind: Kind, buckets: readonly OrgBucketTotal[]): { kind: Kind; bucket: OrgBucketTotal }[] =>
    buckets
      .filter(({ start }) => new Date(start).toISOString().startsWith(day))
      .map((bucket) => ({ kind, bucket }));
  return [...of('compute', computeBuckets), ...of('storage', storageBuckets)].sort(
    (a, b) => b.bucket.start - a.bucket.start || a.kind.localeCompare(b.kind),
  );
}

/** Rows name a bucket five minutes after its end. */
function isAssigned({ now }: StoryAccount, { bucket }: { readonly bucket: OrgBucketTotal }): boolean {
  return now >= bucket.end + 5 * MINUTE;
}

/** `Awake time: 14,400 s`, of each meter of a kind. */
function exactly(kind: Kind, sums: Sums): string[] {
  return kind === 'compute'
    ? [
        `Awake time: ${FORMATS.exact(sums.awake_seconds, 'awake_seconds')}`,
        `vCPU-time: ${FORMATS.exact(sums.cpu_millicore_seconds, 'cpu_millicore_seconds')}`,
        `Memory: ${FORMATS.exact(sums.memory_mib_seconds, 'memory_mib_seconds')}`,
      ]
    : [`Storage: ${FORMATS.exact(sums.storage_mib_seconds, 'storage_mib_seconds')}`];
}

function emission({ end, emittedAt }: OrgBucketTotal): string {
  return emittedAt === undefined
    ? 'not emitted'
    : `${FORMATS.instant(emittedAt)}, +${Math.floor((emittedAt - end) / MINUTE)} min`;
}

suite('numbers one can trust: from a machine to the meter event', () => {
  let story: StoryAccount;

  suiteSetup(async () => {
    story = await StoryAccount.begin('trail', NOW);
  });

  suiteTeardown(() => story.end());

  teardown(() => {
    story.simulator.behave();
  });

  const bucketRows = async (trailSearch = ''): Promise<readonly ReportRow[]> =>
    table(await story.report('trail', { trailSearch }), 'Metering buckets').rows;

  /** The ids of the buckets that have something to look at, with what. */
  const flagged = async (): Promise<Record<string, string>> => {
    const rows = (await bucketRows()).filter(({ cells }) => (cells[4]?.text ?? '') !== '');
    return Object.fromEntries(rows.map((row) => [idOf(row), texts(row)[4] ?? '']));
  };

  test('each of the vendor’s buckets of a day is listed with its machines, its usage and its meter events', async () => {
    const [unassigned, ...rows] = await bucketRows();
    const known = books(story, TODAY);
    const expected = known.filter((own) => isAssigned(story, own));
    assert.equal(rows.length, expected.length);
    assert.equal(rows.length, 18);
    for (const [index, { kind, bucket }] of expected.entries()) {
      const row = rows[index];
      assert.ok(row);
      const [span, , machines, emitted, flags, identifiers] = texts(row);
      assert.deepEqual(
        [span, idOf(row), machines, emitted, flags, identifiers],
        [
          `${FORMATS.day(TODAY)} ${FORMATS.span(bucket.start, bucket.end)} · ${kind}`,
          ...[bucket.id, String(bucket.machines), emission(bucket), '', bucket.identifiers.join(', ')],
        ],
      );
      assert.deepEqual(row.cells[1]?.detail?.split(' · ').slice(0, -1), exactly(kind, bucket.sums));
    }
    assert.ok(unassigned?.cells[0]?.text === 'Not in a bucket yet');
    for (const { kind, bucket } of known.filter((own) => !isAssigned(story, own))) {
      const detail = unassigned.cells[1]?.detail ?? '';
      assert.ok(
        exactly(kind, bucket.sums).every((figure) => detail.includes(figure)),
        detail,
      );
    }
  });

  test('the sidebar tells the same of each bucket, and which machines feed it', async () => {
    const [day] = await story.rowsBelow('metering');
    assert.ok(day, 'there is no day');
    assert.ok(day.description.startsWith('18 buckets'), day.description);
    const rows = await rowsBelow(story.inside, day.node);
    for (const { kind, bucket } of books(story, TODAY).filter((own) => isAssigned(story, own))) {
      const row = rows.find(({ node }) => node.kind === 'meteringBucket' && node.bucket.id === bucket.id);
      assert.ok(row, bucket.id);
      for (const text of [...exactly(kind, bucket.sums), bucket.id, ...bucket.identifiers]) {
        const figure = text.slice(text.indexOf(': ') + 1).trim();
        assert.ok(row.tooltip.includes(figure), `${figure} in ${row.tooltip}`);
      }
      const isEmitted = bucket.emittedAt !== undefined;
      assert.ok(row.also.endsWith(isEmitted ? ' · emitted' : ' · not emitted'), row.also);
      const machines = await rowsBelow(story.inside, row.node);
      assert.equal(new Set(machines.map(({ label }) => label)).size, bucket.machines);
    }
  });

  test('an ordinary day has nothing to look at', async () => {
    assert.deepEqual(await flagged(), {});
    assert.equal((await story.report('trail')).tone, 'neutral');
  });

  const ODD: Readonly<
    Record<
      string,
      { misbehaviour: Misbehaviour; hours: readonly number[]; kinds?: readonly Kind[]; says: string }
    >
  > = {
    'a meter event that is overdue': {
      misbehaviour: { kind: 'lateEmission', start: at(2), end: at(4) },
      hours: [2, 3],
      says: 'late',
    },
    'a bucket that was sent under two identifiers': {
      misbehaviour: { kind: 'twoIdentifiers', start: at(2), end: at(3) },
      hours: [2],
      says: 'several identifiers',
    },
    'an identifier of two buckets': {
      misbehaviour: { kind: 'sharedIdentifier', start: at(2), end: at(4) },
      hours: [2, 3],
      says: 'shared identifier',
    },
    'an identifier that stands twice in one list': {
      misbehaviour: { kind: 'repeatedIdentifier', meter: 'cpu', start: at(2), end: at(3) },
      hours: [2],
      kinds: ['compute'], // a storage row has one identifier, and no list
      says: 'repeated identifier',
    },
  };

  for (const [what, { misbehaviour, hours, says, kinds = ['compute', 'storage'] }] of Object.entries(ODD)) {
    test(`${what} is to be looked at, there and nowhere else, for as long as it lasts`, async () => {
      story.simulator.misbehave(misbehaviour);
      await story.refreshLater();
      const own = books(story, TODAY).filter(
        ({ kind, bucket }) => kinds.includes(kind) && hours.some((hour) => bucket.start === at(hour)),
      );
      assert.deepEqual(await flagged(), Object.fromEntries(own.map(({ bucket }) => [bucket.id, says])));
      const report = await story.report('trail');
      assert.match(report.summary, new RegExp(`; ${own.length} to review$`));
      const [day] = await story.rowsBelow('metering');
      assert.ok(day?.description.includes(`${own.length} to review`), day?.description);
      const rows = day === undefined ? [] : await rowsBelow(story.inside, day.node);
      const inTree = rows.filter(({ also }) => also.startsWith(says));
      assert.equal(inTree.length, own.length);
      for (const { bucket } of own) {
        const row = table(report, 'Metering buckets').rows.find((one) => idOf(one) === bucket.id);
        const named = (row?.cells[5]?.detail ?? '').match(/dcs-\S+/g) ?? [];
        assert.deepEqual(new Set(named), new Set(bucket.identifiers));
      }
      story.simulator.behave();
      await story.refreshLater();
      assert.deepEqual(await flagged(), {});
    });
  }

  test('a machine is found on the days that it was used, the newest first', async () => {
    const report = await story.report('trail', { trailSearch: 'NEW-api' });
    const found = table(report, 'Machine buckets that match');
    assert.ok(found.rows.every((row) => texts(row)[0] === STORY.started));
    // Two whole days and the first ten hours of today, of compute and of storage each.
    assert.equal(found.rows.length + found.more, 2 * (24 + 24 + 10));
    assert.ok(
      report.body.notes.includes(
        '11 more days of the month contain this text; only the newest days are shown.',
      ),
    );
    assert.deepEqual(report.body.search?.text, 'NEW-api');
  });

  test('a bucket of another day is found by a part of its id, and by its identifiers, in any case', async () => {
    const { kind, bucket } = books(story, '2026-11-10').find(({ bucket: own }) => own.machines === 4) ?? {};
    assert.ok(bucket && kind === 'compute');
    const part = bucket.id.slice(2, 22);
    for (const text of [
      part,
      part.toUpperCase(),
      ...bucket.identifiers.map((id) => id.slice(1, 30).toUpperCase()),
    ]) {
      const report = await story.report('trail', { trailSearch: text });
      assert.deepEqual(table(report, 'Metering buckets').rows.map(idOf), [bucket.id], text);
      const machines = table(report, 'Machine buckets that match').rows.map((row) => texts(row)[0]);
      assert.equal(machines.length, bucket.machines, text);
      assert.equal(
        report.body.notes.some((note) => note.includes('more day')),
        false,
      );
    }
  });

  test('what no id holds is not found', async () => {
    const report = await story.report('trail', { trailSearch: 'no such thing' });
    const found = table(report, 'Metering buckets');
    assert.deepEqual([found.rows, found.empty], [[], 'No ID of this month contains this text.']);
  });

  test('nothing is called billed because a meter event was emitted', async () => {
    const report = await story.report('trail');
    const metering = await story.rowOf('metering');
    const days = await rowsBelow(story.inside, metering.node);
    const [today] = days;
    const buckets = today === undefined ? [] : await rowsBelow(story.inside, today.node);
    const machines = await Promise.all(buckets.map(({ node }) => rowsBelow(story.inside, node)));
    const words = [metering, ...days, ...buckets, ...machines.flat()].flatMap((row) => [
      ...[row.label, row.description, row.also, row.tooltip],
    ]);
    assert.ok(words.length > 300);
    for (const text of [...words, report.summary, JSON.stringify(report.body)]) {
      const rest = text
        .replaceAll('Emitted does not mean billed.', '')
        .replaceAll('not necessarily billed yet', '')
        .replaceAll('This does not prove that it was billed, and neither does an identifier.', '');
      assert.doesNotMatch(rest, /billed/i);
    }
  });
});

function idOf({ cells }: Pick<ReportRow, 'cells'>): string {
  return /^Metering bucket (\S+)/.exec(cells[0]?.detail ?? '')?.[1] ?? '';
}
