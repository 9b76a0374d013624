import { type EpochMs, HOUR, hourOf, SECOND } from '../clock';
import { BEGINNING, type Book, type Spent } from './book';
import { drillDown, pageOf } from './drillDown';
import { cursorOf, type HourQuery, type ListQuery, positionOf } from './query';
import { addSums, type Sums, totalOf } from './sums';

/** `cents` is the form of the reference pages, `major` that of the newer guide: other keys, and a currency. */
export type Form = 'cents' | 'major';

/** How money is written. */
export interface Style {
  readonly form: Form;
  readonly withoutTotals: boolean;
}

type Json = Readonly<Record<string, unknown>>;

/** One page of the list; `teamId` is that of the path. */
export function listReply(
  source: { readonly book: Book; readonly style: Style; readonly now: EpochMs },
  { start, end, perPage, cursor }: ListQuery,
  teamId: string | undefined,
): Json {
  const { book, style, now } = source;
  const first = Math.max(start, BEGINNING);
  const last = Math.min(now + 1, end, cursor === undefined ? Infinity : positionOf(cursor));
  const usage: Json[] = [];
  let hour = hourOf(last - 1); // newest first
  for (; hour >= first && usage.length < perPage; hour -= HOUR) {
    usage.push({
      timestamp: hour / SECOND,
      ...money(style, { price: platformPrice(book, hour, now, teamId) }, book.byoc(hour, now)),
    });
  }
  // A cursor is the hour before which the next page ends: an hour that begins in between does not move it.
  const pagination = { hasNextPage: hour >= first, count: usage.length };
  return {
    data: { usage, ...currency(style) },
    pagination: hour >= first ? { ...pagination, cursor: cursorOf(hour + HOUR) } : pagination,
  };
}

/**
 * An hour, or a page of one. What the price beside the teams is of when there are filters is not documented: here it is of
 * all that the path covers.
 */
export function hourReply(
  source: { readonly book: Book; readonly style: Style; readonly now: EpochMs },
  hour: EpochMs,
  query: HourQuery,
  more: { readonly teamId: string | undefined; readonly pageSize: number | undefined },
): Json {
  const { book, style, now } = source;
  const drilled = drillDown(teamsOf(book, hour, now, more.teamId), query);
  const page = more.pageSize === undefined ? undefined : pageOf(drilled, query, more.pageSize);
  const { teams, depth } = page ?? drilled;
  const paas = {
    price: platformPrice(book, hour, now, more.teamId),
    teams: teams.map((team) => node(team, depth, style)),
  };
  const data = { timestamp: hour / SECOND, ...money(style, paas, book.byoc(hour, now)), ...currency(style) };
  if (page === undefined) return { data };
  const { count, next } = page;
  const pagination = {
    hasNextPage: next !== undefined,
    count,
    ...(next === undefined ? {} : { cursor: next }),
  };
  return { data, pagination };
}

export function teamsOf(
  book: Book,
  hour: EpochMs,
  now: EpochMs,
  teamId: string | undefined,
): readonly Spent[] {
  return book.teams(hour, now).filter(({ id }) => (teamId ?? id) === id);
}

function platformPrice(book: Book, hour: EpochMs, now: EpochMs, teamId: string | undefined): Sums {
  return addSums(...teamsOf(book, hour, now, teamId).map(({ price }) => price));
}

function money(style: Style, paas: { readonly price: Sums }, byoc: Sums | undefined): Json {
  const own = byoc === undefined ? undefined : { price: price(byoc, style) };
  const platform = { ...paas, price: price(paas.price, style) };
  return style.form === 'cents'
    ? { paasUsage: platform, ...(own === undefined ? {} : { byocUsage: own }) }
    : { paas: platform, ...(own === undefined ? {} : { byoc: own }) };
}

function currency({ form }: Style): Json {
  return form === 'major' ? { currency: 'usd' } : {};
}

function node({ kind, id, name, price: spent, children }: Spent, depth: number, style: Style): Json {
  const own = { price: price(spent, style) };
  const below = children.map((child) => node(child, depth - 1, style));
  switch (kind) {
    case 'team':
      return { id, name, ...own, ...(depth > 1 ? { projects: below } : {}) };
    case 'project':
      return { id, name, ...own, ...(depth > 1 ? { resourceTypes: below } : {}) };
    case 'resourceType':
      return { resourceType: id, ...own, resources: below };
    case 'resource':
      return { id, name, ...own };
  }
}

/** `other` has no field of its own: it is in the total alone. */
function price(sums: Sums, { form, withoutTotals }: Style): Json {
  const decimals = form === 'cents' ? 8 : 10;
  const categories = [...sums].filter(([category]) => category !== 'other');
  const fields = withoutTotals ? categories : [['total', totalOf(sums)] as const, ...categories];
  return Object.fromEntries(fields.map(([category, amount]) => [category, decimal(amount, decimals)]));
}

/** The double that is written as this very decimal: fifteen digits always come back. */
function decimal(amount: bigint, decimals: number): number {
  const digits = String(amount).padStart(decimals + 1, '0');
  if (digits.length > 15) throw new RangeError(`${digits} is more than a double holds`);
  return Number(`${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`);
}
