import { type Answer, JSON_TYPE, textAnswer } from '../answer';
import { type EpochMs, HOUR, rfc3339 } from '../clock';
import { type Contract } from '../schema';
import { type Fleet } from './fleet';
import { type Ledger } from './ledger';
import { summaryStart, usageQuery } from './query';
import { computeRows, type RowSource, storageRows } from './rows';

const PLAN_SLUG = 'pro';
const INCLUDED_STORAGE_GIB = 20;

const SUMMARY = '/v1/usage';
const COMPUTE = '/v1/usage/machines/compute';
const STORAGE = '/v1/usage/machines/storage';

/** `GET /v1/usage`: `billed_*` counts the closed org buckets from `period_start` until now, and nothing else. */
export function summaryReply(source: RowSource, contract: Contract, query: URLSearchParams): Answer {
  const { now } = source;
  const fleet = source.fleets.summary;
  const start = summaryStart(query, now);
  const billed = { awake: 0n, cpu: 0n, memory: 0n, storage: 0n };
  for (const hour of closedHours(source.compute, start, now)) {
    for (const use of fleet.machines.flatMap((machine) => machine.compute(hour, now))) {
      billed.awake += use.awakeSeconds;
      billed.cpu += use.cpuMillicoreSeconds;
      billed.memory += use.memoryMibSeconds;
    }
  }
  for (const hour of closedHours(source.storage, start, now)) {
    for (const machine of fleet.machines) billed.storage += machine.storage(hour, now)?.mibSeconds ?? 0n;
  }
  const off = source.misbehaviours.summaryOff(now);
  const json =
    `{"plan_slug":"${PLAN_SLUG}","billed_awake_seconds":${String(billed.awake + off.awake_seconds)}` +
    `,"billed_cpu_millicore_seconds":${String(billed.cpu + off.cpu_millicore_seconds)},"billed_memory_mib_seconds":${String(billed.memory + off.memory_mib_seconds)}` +
    `,"provisioned_storage_gib":${provisionedGib(fleet, now)},"included_storage_gib":${INCLUDED_STORAGE_GIB}` +
    `,"billed_logical_storage_mib_seconds":${String(billed.storage + off.storage_mib_seconds)}}`;
  contract.checkReply(SUMMARY, 200, JSON_TYPE, json);
  return textAnswer(200, JSON_TYPE, json);
}

function* closedHours(ledger: Ledger, start: EpochMs, now: EpochMs): Generator<EpochMs> {
  for (let hour = start; hour < now; hour += HOUR) {
    if (ledger.isClosed(ledger.bucket(hour), now)) yield hour;
  }
}

function provisionedGib(fleet: Fleet, now: EpochMs): number {
  return fleet.machines.reduce((sum, machine) => sum + (machine.state(now)?.shape.storageGib ?? 0), 0);
}

/** `GET /v1/usage/machines/compute`. */
export function computeReply(source: RowSource, contract: Contract, query: URLSearchParams): Answer {
  const asked = usageQuery(query, source.now);
  const head =
    `{"granularity":"${asked.granularity}","period_start":"${rfc3339(asked.start)}"` +
    `,"period_end":"${rfc3339(asked.end)}","rows":`;
  contract.checkReply(COMPUTE, 200, JSON_TYPE, `${head}null}`);
  const rows = computeRows(source, asked);
  return rowsAnswer(head, rows, (row) => {
    contract.checkComponent('MachineComputeUsageRowBody', row);
  });
}

/** `GET /v1/usage/machines/storage`. */
export function storageReply(source: RowSource, contract: Contract, query: URLSearchParams): Answer {
  const asked = usageQuery(query, source.now);
  const head = `{"period_start":"${rfc3339(asked.start)}","period_end":"${rfc3339(asked.end)}","rows":`;
  contract.checkReply(STORAGE, 200, JSON_TYPE, `${head}null}`);
  const rows = storageRows(source, asked);
  return rowsAnswer(head, rows, (row) => {
    contract.checkComponent('MachineStorageUsageRowBody', row);
  });
}

/** The body is checked and made row by row: a month of a big organisation would not fit in one string. */
function rowsAnswer(head: string, rows: Iterable<string>, check: (row: string) => void): Answer {
  return { status: 200, headers: { 'content-type': JSON_TYPE }, body: rowsBody(head, rows, check) };
}

function* rowsBody(head: string, rows: Iterable<string>, check: (row: string) => void): Generator<string> {
  yield head;
  let separator = '[';
  for (const row of rows) {
    check(row);
    yield separator + row;
    separator = ',';
  }
  // Go writes a slice that nothing was ever appended to as null.
  yield separator === '[' ? 'null}' : ']}';
}
