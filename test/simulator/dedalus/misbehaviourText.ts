import { type EpochMs } from '../clock';
import { type EmittedMeter, type MeterName, type Misbehaviour, type Span } from './misbehaviour';

/** What `--misbehave` accepts; shown by `--help`. */
export const MISBEHAVIOUR_HELP = `KIND[,OPTION=VALUE]..., where KIND is one of
    lateEmission         buckets are never passed on to Stripe, or delay=MINUTES late; resource=compute|storage
    twoIdentifiers       buckets have two identifiers of a meter; meter=cpu|memory|storage
    sharedIdentifier     buckets have one identifier, that of the first; needs start; meter=cpu|memory|storage
    repeatedIdentifier   an identifier stands twice in a list; meter=cpu|memory
    restatement          closed hours have percent=N of their values; meters=NAME+NAME
    gap                  rows are missing; resource=compute|storage
    lostDay              no rows on date=YYYY-MM-DD
    overlap              a second row half a bucket later
    tooAwake             awake for seconds=N of an hour; 3900 when left out
    tooBusy              percent=N of the ordered vCPU; 150 when left out
    negative             quantities below 0; meters=NAME+NAME
    offTheHour           rows start and end seconds=N late
    unlisted             machine=ID is not in the list of machines
    summaryOff           the summary says more: NAME=N
  start=TIME, end=TIME and every=N choose buckets or hours, machine=ID a machine, since=TIME when it begins;
  summary=stays keeps what the summary says of usage as it was. TIME is RFC 3339, NAME a meter such as awake_seconds.`;

/** Reads a misbehaviour as written on a command line, such as `gap,every=3`. Throws RangeError when it cannot. */
export function misbehaviourFromText(text: string): Misbehaviour {
  const [kind = '', ...rest] = text.split(',');
  const options = new Options(text, rest);
  const misbehaviour = { ...misbehaviourOf(kind, options), ...options.instant('since') };
  options.end();
  return misbehaviour;
}

function misbehaviourOf(kind: string, options: Options): Misbehaviour {
  switch (kind) {
    case 'lateEmission':
      return {
        ...{ kind, ...span(options), ...options.oneOf('resource', RESOURCES) },
        ...entry('delayMinutes', options.whole('delay').delay),
      };
    case 'twoIdentifiers':
      return { kind, ...span(options), ...options.oneOf('meter', EMITTED) };
    case 'sharedIdentifier': {
      const start = options.needed('start', options.instant('start').start);
      return { kind, ...span(options), start, ...options.oneOf('meter', EMITTED) };
    }
    case 'repeatedIdentifier':
      return { kind, ...span(options), ...options.oneOf('meter', ['cpu', 'memory'] as const) };
    case 'offTheHour': {
      const seconds = options.needed('seconds', options.whole('seconds').seconds);
      return { kind, ...span(options), ...options.text('machine'), seconds };
    }
    case 'unlisted':
      return { kind, machine: options.needed('machine', options.text('machine').machine) };
    case 'summaryOff':
      return { kind, by: Object.assign({}, ...METERS.map((meter) => options.exact(meter))) as object };
    default:
      return usageMisbehaviourOf(kind, options);
  }
}

function usageMisbehaviourOf(kind: string, options: Options): Misbehaviour {
  const summary = options.oneOf('summary', ['follows', 'stays']);
  if (kind === 'lostDay')
    return { kind, date: options.needed('date', options.text('date').date), ...summary };
  const which = { ...span(options), ...options.text('machine'), ...summary };
  switch (kind) {
    case 'restatement': {
      const percent = options.needed('percent', options.whole('percent').percent);
      return { kind, ...which, percent, ...options.meters() };
    }
    case 'gap':
      return { kind, ...which, ...options.oneOf('resource', RESOURCES) };
    case 'overlap':
      return { kind, ...which };
    case 'tooAwake':
      return { kind, ...which, ...entry('awakeSeconds', options.whole('seconds').seconds) };
    case 'tooBusy':
      return { kind, ...which, ...options.whole('percent') };
    case 'negative':
      return { kind, ...which, ...options.meters() };
    default:
      throw options.unreadable();
  }
}

const RESOURCES = ['compute', 'storage'] as const;
const EMITTED: readonly EmittedMeter[] = ['cpu', 'memory', 'storage'];
const METERS: readonly MeterName[] = [
  ...(['awake_seconds', 'cpu_millicore_seconds', 'memory_mib_seconds', 'storage_mib_seconds'] as const),
];

function span(options: Options): Span {
  return { ...options.instant('start'), ...options.instant('end'), ...options.whole('every') };
}

function entry<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): Partial<Record<Name, Value>> {
  const one: Partial<Record<Name, Value>> = {};
  if (value !== undefined) one[name] = value;
  return one;
}

/** `name=value` pairs. Each method gives the option under its name, or nothing when it is not there. */
class Options {
  readonly #text: string;
  readonly #values: ReadonlyMap<string, string>;
  readonly #read = new Set<string>();

  constructor(text: string, pairs: readonly string[]) {
    this.#text = text;
    this.#values = new Map(
      pairs.map((pair) => {
        const [, name = '', value = ''] = /^([^=]+)=(.+)$/.exec(pair) ?? [];
        if (name === '') throw this.unreadable();
        return [name, value];
      }),
    );
  }

  text<Name extends string>(name: Name): Partial<Record<Name, string>> {
    this.#read.add(name);
    return entry(name, this.#values.get(name));
  }

  whole<Name extends string>(name: Name): Partial<Record<Name, number>> {
    const exact = this.exact(name)[name];
    return entry(name, exact === undefined ? undefined : Number(exact));
  }

  exact<Name extends string>(name: Name): Partial<Record<Name, bigint>> {
    const text = this.text(name)[name];
    if (text !== undefined && !/^-?\d+$/.test(text)) throw this.unreadable();
    return entry(name, text === undefined ? undefined : BigInt(text));
  }

  instant<Name extends string>(name: Name): Partial<Record<Name, EpochMs>> {
    const text = this.text(name)[name];
    const at = text === undefined ? undefined : Date.parse(text);
    if (text !== undefined && (Number.isNaN(at) || !text.endsWith('Z'))) throw this.unreadable();
    return entry(name, at);
  }

  oneOf<Name extends string, Value extends string>(
    name: Name,
    values: readonly Value[],
  ): Partial<Record<Name, Value>> {
    const text = this.text(name)[name];
    const value = values.find((one) => one === text);
    if (text !== value) throw this.unreadable();
    return entry(name, value);
  }

  /** `meters=NAME+NAME` */
  meters(): { readonly meters?: readonly MeterName[] } {
    const names = this.text('meters').meters?.split('+');
    const meters = METERS.filter((meter) => names?.includes(meter));
    if (meters.length !== (names?.length ?? 0)) throw this.unreadable();
    return names === undefined ? {} : { meters };
  }

  needed<Value>(name: string, value: Value | undefined): Value {
    if (value === undefined) throw new RangeError(`the misbehaviour ${this.#text} needs ${name}=`);
    return value;
  }

  /** Throws RangeError when an option was given that nobody read. */
  end(): void {
    if ([...this.#values.keys()].some((name) => !this.#read.has(name))) throw this.unreadable();
  }

  unreadable(): RangeError {
    return new RangeError(`cannot read the misbehaviour ${JSON.stringify(this.#text)}`);
  }
}
