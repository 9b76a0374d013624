import { DAY, type EpochMs, HOUR, rfc3339 } from '../clock';
import { type Drift } from './contract';
import { type ComputeUse, type Fleet, type Fleets, type Machine, type StorageUse } from './fleet';
import { type Ledger, type OrgBucket } from './ledger';
import { type EmittedMeter } from './misbehaviour';
import { type Misbehaviours } from './misbehaviours';
import { type UsageQuery } from './query';

/** What rows are made from; `now` is the time of asking. */
export interface RowSource {
  readonly fleets: Fleets;
  readonly misbehaviours: Misbehaviours;
  readonly compute: Ledger;
  readonly storage: Ledger;
  readonly drift: Drift;
  readonly now: EpochMs;
}

/** Compute rows as JSON texts, by bucket, then machine, then shape. */
export function* computeRows(source: RowSource, query: UsageQuery): Generator<string> {
  const length = query.granularity === 'day' ? DAY : HOUR;
  for (let start = query.start; start < query.end; start += length) {
    // All machines that share an hour share the end of its row.
    const hourLinks = length === HOUR ? computeLinks(source, [start]) : undefined;
    for (const machine of chosen(source.fleets.rows, query.machineId)) {
      for (const { use, hours, overlapping } of computeUses(machine, start, length, source.now)) {
        const from = start + offset(source, machine.id, start) + (overlapping ? length / 2 : 0);
        yield computeRow(machine.id, from, length, use, hourLinks ?? computeLinks(source, hours));
      }
    }
  }
}

/** Storage rows as JSON texts, by bucket, then machine. */
export function* storageRows(source: RowSource, query: UsageQuery): Generator<string> {
  const { length } = source.storage;
  for (let start = query.start; start < query.end; start += length) {
    const bucket = source.storage.bucket(start);
    for (const [index, machine] of source.fleets.rows.machines.entries()) {
      if ((query.machineId ?? machine.id) !== machine.id) continue;
      const use = storageUse(machine, start, length, source.now);
      if (use !== undefined) yield storageRow(machine.id, bucket, use, source, index);
    }
  }
}

/** In milliseconds; 0 while the vendor behaves. */
function offset({ misbehaviours, now }: RowSource, machineId: string, start: EpochMs): number {
  return misbehaviours.none ? 0 : misbehaviours.offset(machineId, start, now);
}

function chosen(fleet: Fleet, machineId: string | undefined): readonly Machine[] {
  return machineId === undefined ? fleet.machines : fleet.machines.filter(({ id }) => id === machineId);
}

interface BucketUse {
  readonly use: ComputeUse;
  /** The hours that went into it. */
  readonly hours: readonly EpochMs[];
  /** See `ComputeUse`. */
  readonly overlapping: boolean;
}

/** The uses of a bucket, one a shape: a day's row of a shape is the sum of that shape's hours. */
function computeUses(machine: Machine, start: EpochMs, length: number, now: EpochMs): Iterable<BucketUse> {
  const byShape = new Map<string, BucketUse>();
  for (let hour = start; hour < start + length && hour < now; hour += HOUR) {
    for (const use of machine.compute(hour, now)) {
      const row = use.overlapping ? `${use.shape.fingerprint} overlapping` : use.shape.fingerprint;
      const sum = byShape.get(row);
      byShape.set(row, {
        use: sum === undefined ? use : addUses(sum.use, use),
        hours: [...(sum?.hours ?? []), hour],
        overlapping: use.overlapping ?? false,
      });
    }
  }
  return byShape.values();
}

function addUses(a: ComputeUse, b: ComputeUse): ComputeUse {
  return {
    shape: a.shape,
    awakeSeconds: a.awakeSeconds + b.awakeSeconds,
    cpuMillicoreSeconds: a.cpuMillicoreSeconds + b.cpuMillicoreSeconds,
    memoryMibSeconds: a.memoryMibSeconds + b.memoryMibSeconds,
    windowCount: a.windowCount + b.windowCount,
    lastWindowEnd: Math.max(a.lastWindowEnd, b.lastWindowEnd),
  };
}

function storageUse(machine: Machine, start: EpochMs, length: number, now: EpochMs): StorageUse | undefined {
  let sum: StorageUse | undefined;
  for (let hour = start; hour < start + length && hour < now; hour += HOUR) {
    const use = machine.storage(hour, now);
    // The level is the latest one; only the amount adds up.
    if (use !== undefined) sum = { ...use, mibSeconds: use.mibSeconds + (sum?.mibSeconds ?? 0n) };
  }
  return sum;
}

/**
 * The end of a compute row's JSON: the org buckets that its hours contribute to and what became of them. Go writes
 * a list that was never made as null.
 */
function computeLinks(source: RowSource, hours: readonly EpochMs[]): string {
  const { compute, now } = source;
  const buckets = hours.map((hour) => compute.bucket(hour));
  const assigned = buckets.filter((bucket) => compute.isAssigned(bucket, now));
  const emitted = assigned.filter((bucket) => compute.emittedAt(bucket, now) !== undefined);
  const newest = emitted.map((bucket) => compute.emittedAt(bucket, now) ?? 0);
  const members = [`"org_metering_bucket_ids":${list(assigned.map(({ id }) => id))}`];
  if (source.drift === 'current') {
    members.push(
      `"stripe_cpu_identifiers":${list(identifiers(source, 'cpu', emitted))}`,
      `"stripe_memory_identifiers":${list(identifiers(source, 'memory', emitted))}`,
    );
  }
  if (newest.length > 0) members.push(emittedMember(source.drift, Math.max(...newest)));
  return members.join(',');
}

/** Those of all buckets; one that an earlier bucket has too is named once. */
function identifiers(
  { compute, misbehaviours, now }: RowSource,
  meter: EmittedMeter,
  buckets: readonly OrgBucket[],
): readonly string[] {
  const each = buckets.map((bucket) => compute.identifiers(meter, bucket, now));
  if (misbehaviours.none) return each.flat();
  const named = new Set<string>();
  return each.flatMap((own) => {
    const fresh = own.filter((identifier) => !named.has(identifier));
    for (const identifier of own) named.add(identifier);
    return fresh;
  });
}

function list(texts: readonly string[]): string {
  return texts.length === 0 ? 'null' : JSON.stringify(texts);
}

function emittedMember(drift: Drift, at: EpochMs): string {
  const name = drift === 'current' ? 'latest_stripe_emitted_at' : 'latest_meter_emitted_at';
  return `"${name}":"${rfc3339(at)}"`;
}

/** Written by hand because JSON.stringify cannot write a bigint as the integer literal that the wire needs. */
function computeRow(id: string, start: EpochMs, length: number, use: ComputeUse, links: string): string {
  const { shape } = use;
  return (
    `{"machine_id":${JSON.stringify(id)},"spec_fingerprint":${JSON.stringify(shape.fingerprint)}` +
    `,"requested_vcpu":${shape.vcpu},"requested_memory_mib":${shape.memoryMib}` +
    `,"requested_storage_gib":${shape.storageGib}` +
    `,"bucket_start":"${rfc3339(start)}","bucket_end":"${rfc3339(start + length)}"` +
    `,"awake_seconds":${String(use.awakeSeconds)},"cpu_millicore_seconds":${String(use.cpuMillicoreSeconds)}` +
    `,"memory_mib_seconds":${String(use.memoryMibSeconds)},"window_count":${use.windowCount}` +
    `,"last_window_end":"${rfc3339(use.lastWindowEnd)}",${links}}`
  );
}

/**
 * The bucket id and the Stripe identifier are required texts, so what is not known yet is an empty text.
 * @param index of the machine: of several identifiers, machines name one in turn.
 */
function storageRow(
  machineId: string,
  bucket: OrgBucket,
  use: StorageUse,
  source: RowSource,
  index: number,
): string {
  const { storage, drift, now } = source;
  const late = offset(source, machineId, bucket.start);
  const emittedAt = storage.emittedAt(bucket, now);
  const identifiers = storage.identifiers('storage', bucket, now);
  const stripe =
    drift === 'newer'
      ? []
      : [`"stripe_storage_identifier":"${identifiers[index % identifiers.length] ?? ''}"`];
  return (
    '{' +
    [
      `"machine_id":${JSON.stringify(machineId)}`,
      `"bucket_start":"${rfc3339(bucket.start + late)}"`,
      `"bucket_end":"${rfc3339(bucket.end + late)}"`,
      `"logical_storage_bytes":${String(use.logicalBytes)}`,
      `"storage_mib_seconds":${String(use.mibSeconds)}`,
      `"org_metering_bucket_id":"${storage.isAssigned(bucket, now) ? bucket.id : ''}"`,
      ...stripe,
      ...(emittedAt === undefined ? [] : [emittedMember(drift, emittedAt)]),
    ].join(',') +
    '}'
  );
}
