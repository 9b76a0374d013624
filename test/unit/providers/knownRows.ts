import fc from 'fast-check';

/*
 * Rows of Dedalus' breakdowns as JSON texts, together with what they say: most as documented, some in forms that are
 * allowed, some wrong. What a text says is written beside it by hand, so that no reader of the product has a part in it.
 */

/** The text of a field; what it says, or what it should have been and where in the field. */
type Known =
  | { readonly text: string; readonly says: unknown }
  | { readonly text: string; readonly should: string; readonly at?: string };

/** A row, and its fields by name: what they say, undefined where they are left out. */
export interface KnownRow {
  readonly text: string;
  readonly says: Readonly<Record<string, unknown>>;
  /** What is wrong with it, each as `path should`; the path begins after the row. Empty for a good row. */
  readonly wrong: readonly string[];
}

interface Field {
  readonly name: string;
  /** Its name in newer versions of the API. */
  readonly newer: string;
  readonly value: fc.Arbitrary<Known>;
  /** What a row without it should have had; undefined where it may be left out. */
  readonly should: string | undefined;
}

const says = (text: string, value: unknown): Known => ({ text, says: value });
const wrong = (text: string, should: string, at = ''): Known => ({ text, should, at });

/** The usual ones nearly always, allowed ones now and then, wrong ones seldom. */
function mostly(
  usual: fc.Arbitrary<Known>,
  allowed: readonly Known[],
  wrongs: readonly Known[],
): fc.Arbitrary<Known> {
  return fc.oneof(
    { weight: 500, arbitrary: usual },
    { weight: 25, arbitrary: allowed.length === 0 ? usual : fc.constantFrom(...allowed) },
    { weight: 2, arbitrary: fc.constantFrom(...wrongs) },
  );
}

/** Of the 2nd, 3rd and 6th of November 2026. */
const INSTANT = mostly(
  fc
    .tuple(fc.constantFrom(2, 3, 6), fc.constantFrom(0, 7, 23), fc.constantFrom(0, 59))
    .map(([day, hour, minute]) => {
      const [h, m] = [hour, minute].map((part) => String(part).padStart(2, '0'));
      return says(`"2026-11-0${day}T${h}:${m}:${m}Z"`, Date.UTC(2026, 10, day, hour, minute, minute));
    }),
  [
    says('"2026-11-02T00:00:00.250Z"', Date.UTC(2026, 10, 2) + 250),
    says('"2026-11-03t01:30:00+01:30"', Date.UTC(2026, 10, 3)),
  ],
  [
    wrong('"2026-11-02"', 'dateTime'),
    wrong('"2026-13-02T00:00:00Z"', 'dateTime'),
    wrong('"2026-11-02T00:00:00"', 'dateTime'),
    wrong('""', 'dateTime'),
    wrong('7', 'text'),
  ],
);

const AMOUNT = mostly(
  fc.nat().map((value) => says(String(value), value)),
  [
    says('-0', 0),
    says('1e3', 1000),
    says('-5', -5),
    says('9007199254740991', 9_007_199_254_740_991),
    says('9007199254740993', 9_007_199_254_740_993n),
    says('-9223372036854775808', -9_223_372_036_854_775_808n),
  ],
  ['1.5', '9007199254740993.0', '1e400', '"1"', 'null', '[1]'].map((text) => wrong(text, 'exactInteger')),
);

const TEXT = mostly(
  fc.constantFrom('dm-1', 'dm-2', 'dm-3').map((text) => says(`"${text}"`, text)),
  [
    says('""', ''),
    says('"__proto__"', '__proto__'),
    says('"constructor"', 'constructor'),
    says('"a\\u0062c"', 'abc'),
    says('"},{🚀"', '},{🚀'),
  ],
  [wrong('1', 'text'), wrong('null', 'text'), wrong('["dm-1"]', 'text')],
);

/** `null` is as good as nothing. */
const NOTHING = fc.constant(says('null', undefined));
const orNull = (value: fc.Arbitrary<Known>): fc.Arbitrary<Known> =>
  fc.oneof(
    { weight: 20, arbitrary: value.filter(({ text }) => text !== 'null') },
    { weight: 1, arbitrary: NOTHING },
  );

const TEXTS = mostly(
  fc.constantFrom(says('["b-1"]', ['b-1']), says('["b-1","b-2"]', ['b-1', 'b-2'])),
  [says('null', []), says('[]', [])],
  [wrong('["b-1",1]', 'text', '[1]'), wrong('"b-1"', 'list'), wrong('{}', 'list')],
);

const VCPU = mostly(
  fc.constantFrom(says('1', 1), says('2', 2), says('0.5', 0.5)),
  [says('1e1', 10), says('9007199254740993', 9_007_199_254_740_992)],
  ['"1"', 'null', '1e400'].map((text) => wrong(text, 'number')),
);

const COUNT = mostly(
  fc.constantFrom(says('20', 20), says('4096', 4096)),
  [says('-0', 0)],
  [
    wrong('12345678901234567890', 'smallInteger'),
    wrong('0.5', 'exactInteger'),
    wrong('"20"', 'exactInteger'),
  ],
);

const field = (name: string, value: fc.Arbitrary<Known>, should?: string): Field => ({
  ...{ name, newer: name, should },
  value: should === undefined ? orNull(value) : value,
});

const SHARED: readonly Field[] = [
  field('machine_id', TEXT, 'text'),
  field('bucket_start', INSTANT, 'text'),
  field('bucket_end', INSTANT, 'text'),
  { ...field('latest_stripe_emitted_at', INSTANT), newer: 'latest_meter_emitted_at' },
];

/** What is no row at all. */
const NO_ROW = ['null', '[]', '7', '"row"'].map((text): KnownRow => ({ text, says: {}, wrong: [' object'] }));

export const computeRow = knownRow([
  ...SHARED,
  field('spec_fingerprint', TEXT, 'text'),
  field('requested_vcpu', VCPU, 'number'),
  field('requested_memory_mib', COUNT, 'exactInteger'),
  field('requested_storage_gib', COUNT, 'exactInteger'),
  field('awake_seconds', AMOUNT, 'exactInteger'),
  field('cpu_millicore_seconds', AMOUNT, 'exactInteger'),
  field('memory_mib_seconds', AMOUNT, 'exactInteger'),
  field('last_window_end', INSTANT, 'text'),
  field('org_metering_bucket_ids', TEXTS),
  field('stripe_cpu_identifiers', TEXTS),
  field('stripe_memory_identifiers', TEXTS),
]);

export const storageRow = knownRow([
  ...SHARED,
  field('logical_storage_bytes', AMOUNT, 'exactInteger'),
  field('storage_mib_seconds', AMOUNT, 'exactInteger'),
  field('org_metering_bucket_id', TEXT, 'text'),
  field('stripe_storage_identifier', TEXT),
]);

function knownRow(fields: readonly Field[]): fc.Arbitrary<KnownRow> {
  const members = fields.map(({ name, newer, value, should }) => {
    const member = fc.record({ name: fc.constantFrom(name, newer), known: value });
    return fc.option(member, { freq: should === undefined ? 3 : 3000, nil: undefined });
  });
  const row = fc.tuple(...members).map((all): KnownRow => {
    const texts = all.flatMap((member) => (member ? `"${member.name}":${member.known.text}` : []));
    const parts = fields.map(({ name, should }, at) => partOf(name, should, all[at]));
    return {
      text: `{${texts.join(',')}}`,
      says: Object.fromEntries(parts.flatMap((part) => ('wrong' in part ? [] : [part.says]))),
      wrong: parts.flatMap((part) => ('wrong' in part ? part.wrong : [])),
    };
  });
  return fc.oneof({ weight: 2000, arbitrary: row }, { weight: 1, arbitrary: fc.constantFrom(...NO_ROW) });
}

/** What one field adds to a known row. */
function partOf(
  name: string,
  should: string | undefined,
  member: { readonly name: string; readonly known: Known } | undefined,
): { readonly says: readonly [string, unknown] } | { readonly wrong: string } {
  if (member === undefined) {
    return should === undefined ? { says: [name, undefined] } : { wrong: `.${name} ${should}` };
  }
  const { known } = member;
  return 'says' in known
    ? { says: [name, known.says] }
    : { wrong: `.${member.name}${known.at ?? ''} ${known.should}` };
}
