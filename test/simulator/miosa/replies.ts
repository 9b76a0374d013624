import { NO_GROUP } from '../../../src/usage/bucket';
import { dateOf, DAY, rfc3339 } from '../clock';
import { type UsageQuery } from './query';
import { BANDWIDTH, bandwidthPrice, type Form, sandboxPrice, type Sums } from './sums';

type Groups = ReadonlyMap<string, Sums>;

/** `GET /usage` as JSON, in either form; the most costly group first. */
export function usageReply(query: UsageQuery, groups: Groups, form: Form): string {
  return form === 'rollup' ? rollup(query, groups) : lineItems(query, groups);
}

/** Written by hand because JSON.stringify cannot write an exact decimal. */
function rollup({ grouping, start, end }: UsageQuery, groups: Groups): string {
  const rows = ordered(groups, 'credit_cents').map(
    ([id, sums]) =>
      `{"${grouping}":${idText(id)},"sandbox_seconds":${decimal(sums['sandbox_seconds'], 6)}` +
      `,"computer_seconds":${decimal(sums['computer_seconds'], 6)}` +
      `,"storage_gb_hours":${decimal(sums['storage_gb_hours'], 6)}` +
      `,"credit_cents":${decimal(sums['credit_cents'], 8)}}`,
  );
  return `{"period_start":"${rfc3339(start)}","period_end":"${rfc3339(end)}","results":[${rows.join(',')}]}`;
}

/** Dates are whole days; the last one, that of the day after. */
function lineItems({ grouping, start, end }: UsageQuery, groups: Groups): string {
  const nobody = '"external_workspace_id":null,"project_id":null';
  const rows = ordered(groups, 'spend.USD').map(
    ([id, sums]) =>
      `{"${grouping}":${idText(id)},${nobody},"total_usd":${decimal(sums['spend.USD'], 10)}` +
      `,"line_items":[${lines(sums).join(',')}]}`,
  );
  const period = `{"start":"${dateOf(start)}","end":"${dateOf(end + DAY - 1)}"}`;
  return `{"data":[${rows.join(',')}],"period":${period},"currency":"usd"}`;
}

function lines(sums: Sums): string[] {
  const sandbox = sums['line.sandbox_seconds'] ?? 0n;
  const bandwidth = sums[`line.${BANDWIDTH}`] ?? 0n;
  return [
    line('sandbox_seconds', sandbox, sandboxPrice(sandbox)),
    line(BANDWIDTH, bandwidth, bandwidthPrice(bandwidth)),
  ];
}

function line(dimension: string, qty: bigint, usd: bigint): string {
  return `{"dimension":"${dimension}","qty":${decimal(qty, 6)},"usd":${decimal(usd, 10)}}`;
}

function ordered(groups: Groups, meter: string): [string, Sums][] {
  return [...groups].sort(([, a], [, b]) => Number((b[meter] ?? 0n) - (a[meter] ?? 0n)));
}

function idText(id: string): string {
  return id === NO_GROUP ? 'null' : JSON.stringify(id);
}

/** All the digits, as in `0.250000`. */
function decimal(value = 0n, decimals: number): string {
  const digits = String(value).padStart(decimals + 1, '0');
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
