/* How a good reply is altered, in one way each, so that it means something else. All of them keep it JSON. */

export type Json = Record<string, unknown>;

/** A number in [0, 1) with each call. */
export type Random = () => number;

/** What is done to a reply; false where it does not have what is to be altered. */
export type Alteration = (reply: Json, random: Random) => boolean;

export type Kind = 'period' | 'unit' | 'count' | 'order' | 'duplicate' | 'missing' | 'future';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export function pick<T>(random: Random, from: readonly T[]): T {
  return from[Math.floor(random() * from.length)] as T;
}

/** Some hours to some weeks. */
function span(random: Random): number {
  return pick(random, [3 * HOUR, 12 * HOUR, DAY, 3 * DAY, 10 * DAY, 31 * DAY]);
}

function moved(text: unknown, by: number): string {
  return new Date(Date.parse(String(text)) + by).toISOString();
}

function listIn(reply: Json, path: readonly string[]): Json[] {
  let value: unknown = reply;
  for (const name of path) {
    value = (value as Json | undefined)?.[name];
  }
  return Array.isArray(value) ? (value as Json[]) : [];
}

/** The alterations that all lists share. */
function ofList(path: readonly string[]): Partial<Record<Kind, readonly Alteration[]>> {
  return {
    order: [
      (reply, random) => {
        const list = listIn(reply, path);
        list.sort(() => random() - 0.5);
        return list.length > 1;
      },
    ],
    duplicate: [
      (reply, random) => {
        const list = listIn(reply, path);
        if (list.length === 0) {
          return false;
        }
        list.splice(Math.floor(random() * list.length), 0, structuredClone(pick(random, list)));
        const pagination = reply['pagination'] as Json | undefined;
        if (pagination !== undefined) {
          pagination['count'] = list.length;
        }
        return true;
      },
    ],
  };
}

/** A period may begin or end elsewhere, or be another. */
const periods: readonly Alteration[] = [
  (reply, random) => moves(reply, { start: span(random), end: 0 }),
  (reply, random) => moves(reply, { start: 0, end: -span(random) }),
  (reply, random) => {
    const by = pick(random, [-1, 1]) * span(random);
    return moves(reply, { start: by, end: by });
  },
  (reply) => {
    [reply['period_start'], reply['period_end']] = [reply['period_end'], reply['period_start']];
    return reply['period_start'] !== reply['period_end'];
  },
  (reply) => {
    reply['period_end'] = reply['period_start'];
    return 'period_start' in reply;
  },
];

function moves(reply: Json, { start, end }: { start: number; end: number }): boolean {
  if (!('period_start' in reply)) {
    return false;
  }
  reply['period_start'] = moved(reply['period_start'], start);
  reply['period_end'] = moved(reply['period_end'], end);
  return true;
}

function without(names: readonly string[]): Alteration {
  return (reply, random) => {
    const name = pick(random, names);
    const had = name in reply;
    Reflect.deleteProperty(reply, name);
    return had;
  };
}

function withoutIn(path: readonly string[], names: readonly string[]): Alteration {
  return (reply, random) => {
    const list = listIn(reply, path);
    return list.length > 0 && without(names)(pick(random, list), random);
  };
}

/** A reply that tells nothing, or an error only, though it says that all is well. */
const nothing: readonly Alteration[] = [
  (reply) => empties(reply),
  (reply) => {
    empties(reply);
    reply['error'] = { message: 'Something went wrong' };
    return true;
  },
];

function empties(reply: Json): boolean {
  for (const name of Object.keys(reply)) {
    Reflect.deleteProperty(reply, name);
  }
  return true;
}

export const DEDALUS: Partial<Record<Kind, readonly Alteration[]>> = {
  ...ofList(['rows']),
  period: periods,
  unit: [
    (reply) => {
      const has = 'granularity' in reply;
      reply['granularity'] = reply['granularity'] === 'hour' ? 'day' : 'hour';
      return has;
    },
  ],
  missing: [
    without(['period_start', 'period_end', 'rows', 'granularity']),
    without(['billed_awake_seconds', 'billed_cpu_millicore_seconds', 'billed_memory_mib_seconds']),
    without(['billed_logical_storage_mib_seconds']),
    ...nothing,
    withoutIn(['rows'], ['machine_id', 'bucket_start', 'bucket_end', 'awake_seconds', 'storage_mib_seconds']),
  ],
  future: [
    (reply, random) => moves(reply, { start: 31 * DAY, end: 31 * DAY + span(random) }),
    (reply, random) => {
      const rows = listIn(reply, ['rows']);
      const row = pick(random, rows);
      if (rows.length === 0) {
        return false;
      }
      row['bucket_start'] = moved(row['bucket_start'], 31 * DAY);
      row['bucket_end'] = moved(row['bucket_end'], 31 * DAY);
      return true;
    },
  ],
};

export const MIOSA: Partial<Record<Kind, readonly Alteration[]>> = {
  ...ofList(['results']),
  period: periods,
  unit: [withoutIn(['results'], ['sandbox_seconds', 'computer_seconds', 'storage_gb_hours', 'credit_cents'])],
  missing: [without(['period_start', 'period_end', 'results']), ...nothing],
  future: [(reply, random) => moves(reply, { start: 31 * DAY, end: 31 * DAY + span(random) })],
};

const USAGE = ['data', 'usage'];

function timestamps(change: (seconds: number) => number): Alteration {
  return (reply) => {
    const list = listIn(reply, USAGE);
    for (const entry of list) {
      entry['timestamp'] = change(Number(entry['timestamp']));
    }
    return list.length > 0;
  };
}

export const NORTHFLANK: Partial<Record<Kind, readonly Alteration[]>> = {
  ...ofList(USAGE),
  period: [
    (reply, random) => {
      const by = (pick(random, [-1, 1]) * 31 * DAY) / 1000;
      return timestamps((seconds) => seconds + by)(reply, random);
    },
  ],
  unit: [
    timestamps((seconds) => seconds * 1000),
    (reply) => {
      const list = listIn(reply, USAGE);
      for (const entry of list) {
        entry['paas'] = entry['paasUsage'];
        delete entry['paasUsage'];
      }
      return list.length > 0;
    },
  ],
  count: [
    (reply, random) => {
      const pagination = reply['pagination'] as Json;
      pagination['count'] = Number(pagination['count']) + pick(random, [-1, 1, 24]);
      return true;
    },
    (reply) => {
      const pagination = reply['pagination'] as Json;
      pagination['hasNextPage'] = pagination['hasNextPage'] !== true;
      return true;
    },
  ],
  missing: [
    (reply, random) => {
      const list = listIn(reply, USAGE);
      return list.splice(Math.floor(random() * list.length), 1).length > 0;
    },
    ...nothing,
    (reply) => {
      const data = reply['data'] as Json;
      data['entries'] = data['usage'];
      return delete data['usage'];
    },
    without(['data', 'pagination']),
    (reply, random) => without(['usage'])(reply['data'] as Json, random),
    (reply, random) => without(['hasNextPage', 'cursor'])(reply['pagination'] as Json, random),
    withoutIn(USAGE, ['timestamp', 'paasUsage']),
    (reply, random) => {
      const list = listIn(reply, USAGE);
      const { paasUsage } = list.length > 0 ? pick(random, list) : {};
      return paasUsage !== undefined && without(['price'])(paasUsage as Json, random);
    },
    (reply, random) => {
      const list = listIn(reply, USAGE);
      const { paasUsage } = (list.length > 1 ? pick(random, list) : {}) as { paasUsage?: { price: Json } };
      return paasUsage !== undefined && without(['total'])(paasUsage.price, random);
    },
  ],
  future: [
    (reply, random) => {
      const list = listIn(reply, USAGE);
      const entry = pick(random, list);
      if (list.length === 0) {
        return false;
      }
      entry['timestamp'] = Number(entry['timestamp']) + (31 * DAY) / 1000;
      return true;
    },
  ],
};
