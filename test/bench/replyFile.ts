import { once } from 'node:events';
import { createWriteStream, existsSync, mkdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { CHECKOUT } from '../../scripts/checkout';
import { DAY, HOUR, MINUTE } from '../../src/usage/time';
import { mulberry32, uuid } from '../simulator/random';

/** Replies of `GET /v1/usage/machines/compute?granularity=hour` for 2,000 machines, as files. */

export const MACHINES = 2000;
export const START = Date.UTC(2026, 9, 1);

const SEED = 20_261_128;
const FOLDER = path.join(CHECKOUT, 'node_modules', '.cache', 'usage-explorer-bench');

/** So many of the rows have texts that look like the ends of rows, and so many have no identifiers yet. */
const NASTY = 0.001;
const UNASSIGNED = 0.001;
const NASTY_TEXT = JSON.stringify('},{"machine_id":"]}\\"');

const SIZES = [
  [1, 2048],
  [2, 4096],
  [4, 8192],
  [8, 16_384],
] as const;

/** Writes such a reply, unless it is there from an earlier run, an hour at a time. Returns its path. */
export async function replyFile(hours: number): Promise<string> {
  const file = path.join(FOLDER, `compute-${MACHINES}x${hours}-${SEED}.json`);
  if (existsSync(file)) {
    return file;
  }
  mkdirSync(FOLDER, { recursive: true });
  const stream = createWriteStream(`${file}.part`);
  const random = mulberry32(SEED);
  stream.write(`{"granularity":"hour",${period(hours)},"rows":[`);
  for (let hour = 0; hour < hours; hour += 1) {
    const rows = hourOfRows(hour, hour < hours - 2, random);
    if (!stream.write((hour === 0 ? '' : ',') + rows.join(','))) {
      await once(stream, 'drain');
    }
  }
  stream.end(']}\n');
  await once(stream, 'close');
  renameSync(`${file}.part`, file);
  return file;
}

/** Whole days, as they are asked for. */
function period(hours: number): string {
  const end = START + Math.ceil((hours * HOUR) / DAY) * DAY;
  return `"period_start":"${rfc3339(START)}","period_end":"${rfc3339(end)}"`;
}

/** Machines of an hour share its metering bucket, and what was emitted for it. */
function hourOfRows(hour: number, emitted: boolean, random: () => number): string[] {
  const start = START + hour * HOUR;
  const bucket = uuid(SEED, 2, hour);
  return Array.from({ length: MACHINES }, (_, machine) => {
    const size = Math.floor(machine / 7) % SIZES.length;
    const [vcpu, memoryMib] = SIZES[size] ?? SIZES[0];
    const awake = Math.floor(random() * 3601);
    const assigned = random() >= UNASSIGNED;
    const cpuId = random() < NASTY ? NASTY_TEXT : `"dcs-cpu-${bucket}"`;
    return (
      `{"machine_id":"${uuid(SEED, 1, machine)}","spec_fingerprint":"${uuid(SEED, 3, size).slice(0, 16)}"` +
      `,"requested_vcpu":${vcpu},"requested_memory_mib":${memoryMib},"requested_storage_gib":${20 * vcpu}` +
      `,"bucket_start":"${rfc3339(start)}","bucket_end":"${rfc3339(start + HOUR)}","awake_seconds":${awake}` +
      `,"cpu_millicore_seconds":${Math.floor(awake * vcpu * 1000 * random())},"memory_mib_seconds":${awake * memoryMib}` +
      `,"window_count":12,"last_window_end":"${rfc3339(start + Math.ceil(awake / 300) * 5 * MINUTE)}"` +
      (assigned
        ? `,"org_metering_bucket_ids":["${bucket}"],"stripe_cpu_identifiers":[${cpuId}]` +
          `,"stripe_memory_identifiers":["dcs-memory-${bucket}"]`
        : ',"org_metering_bucket_ids":null,"stripe_cpu_identifiers":null,"stripe_memory_identifiers":null') +
      `${emitted ? `,"latest_stripe_emitted_at":"${rfc3339(start + HOUR + 40 * MINUTE)}"` : ''}}`
    );
  });
}

function rfc3339(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
