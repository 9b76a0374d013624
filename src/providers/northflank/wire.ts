import type { Amount } from '../../usage/amount';
import type { Price, SpendNode } from '../../usage/bucket';
import { UsageError } from '../../usage/failure';
import { meterOf, moneyMeter, type MoneyMeterId, type MoneyRule } from '../../usage/meter';
import { type EpochMs, SECOND } from '../../usage/time';
import { contradicts } from '../coverage';
import type { Page } from '../pages';
import { JsonReader } from '../reader';
import { MONEY_KEYS, moneyUnit, type OwnMoneyKind } from './money';

/*
 * Northflank's JSON, checked and typed, in the vendor's own terms. Source: the reference pages "List usage" and "Get usage"
 * (test/fixtures/api/northflank.openapi.yaml), and the guide "Billing API", which describes the same replies with other keys
 * (`money.ts`). The documented sample replies have no `data` at all: such a reply is empty if it counts zero entries, and
 * refused otherwise. An optional field that is absent is unknown, not zero.
 */

/** An entry of the list. Prices are in the smallest unit of their meter (`meterOf`). */
export interface WireEntry {
  readonly start: EpochMs;
  readonly paas: Price | undefined;
  readonly byoc: Price | undefined;
  /** Whether it names usage of either kind without any price. */
  readonly unpriced: boolean;
}

export interface WireHour {
  /** Undefined where the reply has no data. */
  readonly start: EpochMs | undefined;
  readonly paas: Price | undefined;
  readonly byoc: Price | undefined;
  readonly teams: readonly WireNode[];
}

/** A team, project, resource type or resource; `name` is the id if the vendor gives no name. */
export interface WireNode {
  readonly kind: SpendNode['kind'];
  readonly id: string;
  readonly name: string;
  readonly price: Price | undefined;
  /** Undefined where the reply does not go deeper. */
  readonly children: readonly WireNode[] | undefined;
}

/** The vendor's `total` is not a category. */
const CATEGORIES: Readonly<Record<OwnMoneyKind, readonly string[]>> = {
  paas: ['cpu', 'memory', 'storage', 'gpu'],
  byoc: ['vcpu', 'memory', 'gpuMemory', 'cluster'],
};

/** Where a page has the cursor of the next one. */
export const CURSOR = 'reply.pagination.cursor';

/** Where a reply may tell its currency. */
interface Place {
  readonly path: string;
  readonly reader: JsonReader;
}

/** Usage of one kind, and the meter of its prices. */
interface Usage {
  readonly reader: JsonReader;
  readonly kind: OwnMoneyKind;
  readonly meter: MoneyMeterId;
}

/** `GET /billing/usage`, one page of at most `perPage` entries. Throws UsageError `malformed`. */
export function readUsageList(value: unknown, rule: MoneyRule, perPage: number): Page<WireEntry> {
  const reply = new JsonReader(value);
  const count = readCount(reply);
  const data = reply.field('data').optional((reader) => reader);
  const around = placesAround(reply, data);
  const entries = data?.field('usage').optional((usage) => usage.list((entry) => entry));
  if (entries === undefined && count !== 0) {
    contradicts('reply.data.usage', 'list');
  }
  if (count !== undefined && count !== (entries ?? []).length) {
    contradicts('reply.pagination.count', 'entryCount');
  }
  return {
    items: (entries ?? []).map((reader, index) =>
      readEntry(rule, { path: `reply.data.usage[${index}]`, reader }, around),
    ),
    next: readNext(reply, (entries ?? []).length >= perPage),
  };
}

/** `GET /billing/usage/{timestamp}`, one page. Throws UsageError `malformed`. */
export function readUsageHour(value: unknown, rule: MoneyRule): Page<WireHour> {
  const reply = new JsonReader(value);
  const data = reply.field('data').optional((reader) => reader);
  if (data === undefined && readCount(reply) !== 0) {
    contradicts('reply.data', 'object');
  }
  const places = placesAround(reply, data);
  const paas = data && usageOf('paas', rule, places);
  const hour: WireHour = {
    start: data && readSeconds(data.field('timestamp')),
    paas: readPrice(paas),
    byoc: readPrice(data && usageOf('byoc', rule, places)),
    teams: paas?.reader.field('teams').list((team) => readTeam(team, paas)) ?? [],
  };
  return { items: [hour], next: readNext(reply, false) };
}

function readEntry(rule: MoneyRule, entry: Place, around: readonly Place[]): WireEntry {
  const places = [entry, ...around];
  const paas = usageOf('paas', rule, places);
  const byoc = usageOf('byoc', rule, places);
  const [paasPrice, byocPrice] = [readPrice(paas), readPrice(byoc)];
  const isUnpriced = (usage: Usage | undefined, price: Price | undefined): boolean =>
    usage !== undefined && price === undefined;
  return {
    start: readSeconds(entry.reader.field('timestamp')),
    paas: paasPrice,
    byoc: byocPrice,
    unpriced: isUnpriced(paas, paasPrice) || isUnpriced(byoc, byocPrice),
  };
}

/** How many entries the page says it has; undefined if it does not say. */
function readCount(reply: JsonReader): number | undefined {
  return reply
    .field('pagination')
    .optional((pagination) => pagination.field('count').optional((count) => count.count()));
}

/**
 * The cursor of the next page; undefined on the last one. A reply without pagination is the last page. If it is full,
 * there may be more: throws UsageError `malformed`.
 */
function readNext(reply: JsonReader, isFull: boolean): string | undefined {
  const pagination = reply.field('pagination').optional((reader) => reader);
  const hasNext = pagination?.field('hasNextPage').optional((flag) => flag.flag());
  const cursor = pagination?.field('cursor');
  if (hasNext === true) {
    const text = cursor?.text();
    return text === undefined || text === '' ? contradicts(CURSOR, 'text') : text;
  }
  if (isFull && (hasNext === undefined || cursor?.isAbsent === false)) {
    contradicts('reply.pagination.hasNextPage', 'flag');
  }
  return undefined;
}

function readTeam(team: JsonReader, paas: Usage): WireNode {
  const projects = team.field('projects');
  return {
    ...readNamed('team', team, paas),
    children: projects.optional((list) => list.list((project) => readProject(project, paas))),
  };
}

function readProject(project: JsonReader, paas: Usage): WireNode {
  const types = project.field('resourceTypes');
  return {
    ...readNamed('project', project, paas),
    children: types.optional((list) => list.list((type) => readResourceType(type, paas))),
  };
}

/** Its name is free text. */
function readResourceType(type: JsonReader, paas: Usage): WireNode {
  const id = type.field('resourceType').text();
  const resources = type.field('resources');
  return {
    ...{ kind: 'resourceType', id, name: id, price: readPrice({ ...paas, reader: type }) },
    children: resources.optional((list) => list.list((resource) => readResource(resource, paas))),
  };
}

function readResource(resource: JsonReader, paas: Usage): WireNode {
  return { ...readNamed('resource', resource, paas), children: undefined };
}

function readNamed(kind: SpendNode['kind'], reader: JsonReader, paas: Usage): Omit<WireNode, 'children'> {
  const id = reader.field('id').text();
  const name = reader.field('name').optional((field) => field.text()) ?? id;
  return { kind, id, name, price: readPrice({ ...paas, reader }) };
}

/** The start of a billing hour, which the vendor gives as a number of seconds. */
function readSeconds(timestamp: JsonReader): EpochMs {
  return timestamp.count() * SECOND;
}

/** The usage of a kind in the nearest place, under either of its keys. */
function usageOf(kind: OwnMoneyKind, rule: MoneyRule, places: readonly Place[]): Usage | undefined {
  const holder = places[0]?.reader;
  for (const key of MONEY_KEYS[kind]) {
    const reader = holder?.field(key);
    if (reader !== undefined && !reader.isAbsent) {
      const unit = moneyUnit(rule, key, () => readCurrency(places)) ?? failCurrency(places[0]);
      return { reader, kind, meter: moneyMeter(kind, unit) };
    }
  }
  return undefined;
}

/** The price, if there is one; an absent category is unknown. */
function readPrice(usage: Usage | undefined): Price | undefined {
  return usage?.reader.field('price').optional((price) => {
    const { decimals } = meterOf(usage.meter);
    const read = (name: string): Amount | undefined =>
      price.field(name).optional((field) => field.decimal(decimals));
    const total = read('total');
    const categories = new Map<string, Amount>();
    for (const category of CATEGORIES[usage.kind]) {
      const amount = read(category);
      if (amount !== undefined) {
        categories.set(category, amount);
      }
    }
    return { meter: usage.meter, ...(total === undefined ? {} : { total }), categories };
  });
}

/** The nearest first. */
function placesAround(reply: JsonReader, data: JsonReader | undefined): Place[] {
  const outermost = { path: 'reply', reader: reply };
  return data === undefined ? [outermost] : [{ path: 'reply.data', reader: data }, outermost];
}

/** The ISO 4217 code in the nearest place that has one; undefined where none has. */
function readCurrency(places: readonly Place[]): string | undefined {
  const place = places.find(({ reader }) => !reader.field('currency').isAbsent);
  const code = place?.reader.field('currency').text();
  return code === undefined || /^[A-Za-z]{3}$/.test(code) ? code?.toUpperCase() : failCurrency(place);
}

function failCurrency(place: Place | undefined): never {
  throw new UsageError({
    kind: 'malformed',
    path: `${place?.path ?? 'reply'}.currency`,
    expected: 'text',
  });
}
