import fc from 'fast-check';

/* Rows of Dedalus' breakdowns as JSON texts: most as documented, some in forms that are allowed, some wrong. */

/** A time at which the first days of November have long closed. */
export const ANSWERED_AT = Date.UTC(2026, 10, 20);

/** A reply that covers the first week of November. The vendor may write what it covers before the rows or after them. */
export function rowsReply(rows: string, granularity?: 'hour' | 'day', periodFirst = true): string {
  const period =
    (granularity === undefined ? '' : `"granularity":"${granularity}",`) +
    '"period_start":"2026-11-01T00:00:00Z","period_end":"2026-11-08T00:00:00Z"';
  return periodFirst ? `{${period},"rows":[${rows}]}` : `{"rows":[${rows}],${period}}`;
}

const DAYS = ['2026-11-02', '2026-11-03'];

const INSTANT = fc.oneof(
  {
    weight: 150,
    arbitrary: fc
      .tuple(fc.constantFrom(...DAYS), fc.constantFrom('00', '07', '23'), fc.constantFrom('00:00', '59:59'))
      .map(([day, hour, rest]) => `"${day}T${hour}:${rest}Z"`),
  },
  fc.constantFrom('"2026-11-02T00:00:00.250Z"', '"2026-11-03t01:30:00+01:30"', '"2026-02-30T00:00:00Z"'),
  fc.constantFrom('"2026-11-02"', '"2026-13-02T00:00:00Z"', '""', '7', 'null'),
);

const AMOUNT = fc.oneof(
  { weight: 150, arbitrary: fc.nat().map(String) },
  fc.constantFrom('-0', '1e3', '-5', '9007199254740993', '-9223372036854775808', '9007199254740991'),
  fc.constantFrom('1.5', '9007199254740993.0', '1e400', '"1"', 'null'),
);

const TEXT = fc.oneof(
  { weight: 150, arbitrary: fc.constantFrom('"dm-1"', '"dm-2"', '"dm-3"') },
  fc.constantFrom('""', '"__proto__"', '"constructor"', '"a\\u0062c"', '"},{🚀"'),
  fc.constantFrom('1', 'null'),
);

const TEXTS = fc.oneof(
  { weight: 100, arbitrary: fc.constantFrom('["b-1"]', '["b-1","b-2"]', 'null', '[]', '[""]') },
  fc.constantFrom('[1]', '"b-1"', '{}'),
);

const VCPU = fc.oneof({ weight: 100, arbitrary: fc.constantFrom('1', '2', '0.5', '-0') }, AMOUNT);

interface Field {
  readonly name: string;
  readonly value: fc.Arbitrary<string>;
  readonly optional?: true;
}

const SHARED: readonly Field[] = [
  { name: 'machine_id', value: TEXT },
  { name: 'bucket_start', value: INSTANT },
  { name: 'bucket_end', value: INSTANT },
  { name: 'latest_stripe_emitted_at', value: INSTANT, optional: true },
  { name: 'latest_meter_emitted_at', value: INSTANT, optional: true },
];

const COMPUTE: readonly Field[] = [
  ...SHARED,
  { name: 'spec_fingerprint', value: TEXT },
  { name: 'requested_vcpu', value: VCPU },
  { name: 'requested_memory_mib', value: fc.constantFrom('4096', '8192', '-0') },
  { name: 'requested_storage_gib', value: fc.constantFrom('20', '40', '12345678901234567890') },
  { name: 'awake_seconds', value: AMOUNT },
  { name: 'cpu_millicore_seconds', value: AMOUNT },
  { name: 'memory_mib_seconds', value: AMOUNT },
  { name: 'last_window_end', value: INSTANT },
  { name: 'org_metering_bucket_ids', value: TEXTS, optional: true },
  { name: 'stripe_cpu_identifiers', value: TEXTS, optional: true },
  { name: 'stripe_memory_identifiers', value: TEXTS, optional: true },
];

const STORAGE: readonly Field[] = [
  ...SHARED,
  { name: 'logical_storage_bytes', value: AMOUNT },
  { name: 'storage_mib_seconds', value: AMOUNT },
  { name: 'org_metering_bucket_id', value: TEXT },
  { name: 'stripe_storage_identifier', value: TEXT, optional: true },
];

export const computeRowText = rowText(COMPUTE);
export const storageRowText = rowText(STORAGE);

function rowText(fields: readonly Field[]): fc.Arbitrary<string> {
  const members = fields.map(({ name, value, optional }) => {
    const member = value.map((text) => `"${name}":${text}`);
    return optional === true ? fc.option(member, { freq: 3 }) : fc.option(member, { freq: 600 });
  });
  const object = fc.tuple(...members).map((all) => `{${all.filter((own) => own !== null).join(',')}}`);
  return fc.oneof({ weight: 400, arbitrary: object }, fc.constantFrom('null', '[]', '7', '"row"'));
}
