import { gunzipSync, gzipSync } from 'node:zlib';
import type { MachineShape } from '../../usage/bucket';
import type { Trail, UsageColumns } from '../../usage/columns';
import type { MeterId } from '../../usage/meter';
import { undamaged } from './trouble';

const VERSION = 1;

/** Level 1 is twice as fast as level 6 and 2 % larger. What repeats lies within 2 KiB; looking no further saves a quarter. */
const GZIP = { level: 1, windowBits: 11 };

/** How the numbers of a column lie in the bytes. */
type Form =
  /** All are NaN: no bytes. */
  | readonly []
  /** The double itself. */
  | readonly [width: 8]
  /** `base + offset * step`, with the offset in so many bytes; the largest offset stands for NaN. */
  | readonly [width: 1 | 2 | 4, base: number, step: number];

interface Packed {
  readonly form: Form;
  readonly bytes: Uint8Array;
}

interface Header {
  readonly version: number;
  readonly label: string;
  readonly length: number;
  readonly shapes: readonly MachineShape[];
  readonly trails: readonly Trail[];
  readonly meters: readonly MeterId[];
  readonly beyond: readonly (readonly [MeterId, readonly (readonly [row: number, exact: string])[]])[];
  /** In the order of {@link numbersOf}. */
  readonly forms: readonly Form[];
}

type Numbers = Uint32Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

/**
 * Columns as bytes, without the names of the machines, which blocks share: a header, then each column in the smallest form
 * that gives every number back exactly. The checksum of gzip finds damage.
 *
 * @param label what the columns are of
 */
export function encodeColumns(columns: Omit<UsageColumns, 'machineIds'>, label: string): Uint8Array {
  const packed = numbersOf(columns).map(pack);
  const header: Header = {
    version: VERSION,
    label,
    length: columns.length,
    shapes: columns.shapes,
    trails: columns.trails,
    meters: [...columns.amounts.keys()],
    beyond: [...columns.beyond].map(([meter, rows]) => [
      meter,
      [...rows].map(([row, exact]) => [row, String(exact)]),
    ]),
    forms: packed.map(({ form }) => form),
  };
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  return gzipSync(Buffer.concat([length, text, ...packed.map(({ bytes }) => bytes)]), GZIP);
}

/** Throws DamagedValueError when the bytes are not as {@link encodeColumns} made them, with that label. */
export function decodeColumns(bytes: Uint8Array, label: string, machineIds: readonly string[]): UsageColumns {
  return undamaged(() => ({ ...unpackAll(gunzipSync(bytes), label), machineIds }));
}

function unpackAll(plain: Buffer, label: string): Omit<UsageColumns, 'machineIds'> {
  let at = 4 + plain.readUInt32LE(0);
  const header = JSON.parse(plain.toString('utf8', 4, at)) as Header;
  const { version, length, shapes, trails, meters, beyond, forms } = header;
  if (version !== VERSION || header.label !== label) {
    throw new RangeError(`columns of version ${version}, of ${header.label} instead of ${label}`);
  }
  let column = 0;
  const next = <T extends Numbers>(into: T): T => {
    const form = forms[column] ?? [];
    const size = (form[0] ?? 0) * length;
    unpack(form, plain.subarray(at, at + size), into);
    column += 1;
    at += size;
    return into;
  };
  return {
    ...{ length, shapes, trails },
    machine: next(new Uint32Array(length)),
    shape: next(new Int32Array(length)),
    trail: next(new Uint32Array(length)),
    start: next(new Float64Array(length)),
    end: next(new Float64Array(length)),
    dataThrough: next(new Float64Array(length)),
    emittedAt: next(new Float64Array(length)),
    amounts: new Map(meters.map((meter) => [meter, next(new Float64Array(length))])),
    beyond: new Map(
      beyond.map(([meter, rows]) => [meter, new Map(rows.map(([row, exact]) => [row, BigInt(exact)]))]),
    ),
  };
}

function numbersOf(columns: Omit<UsageColumns, 'machineIds'>): Float64Array[] {
  const { machine, shape, trail, start, end, dataThrough, emittedAt, amounts } = columns;
  const indexes = [machine, shape, trail].map((numbers) => new Float64Array(numbers));
  return [...indexes, start, end, dataThrough, emittedAt, ...amounts.values()];
}

function pack(values: Float64Array): Packed {
  const grid = gridOf(values);
  if (grid === undefined) {
    return { form: [], bytes: new Uint8Array(0) };
  }
  const { base, step, most } = grid;
  const width = ([1, 2, 4] as const).find((bytes) => most < unknownOffset(bytes));
  const bytes = width === undefined ? undefined : packOffsets(values, { base, step, width });
  return width === undefined || bytes === undefined
    ? { form: [8], bytes: new Uint8Array(values.slice().buffer) }
    : { form: [width, base, step], bytes };
}

/** The offset that stands for NaN. */
function unknownOffset(width: number): number {
  return 2 ** (8 * width) - 1;
}

/** The least value, the longest step on which all others lie, and how many steps off the last is; undefined when all are NaN. */
function gridOf(values: Float64Array): { base: number; step: number; most: number } | undefined {
  const { length } = values;
  let base = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  // By index: with `for … of` packing a month takes a tenth longer.
  for (let row = 0; row < length; row += 1) {
    const value = values[row] ?? Number.NaN;
    if (value < base) {
      base = value;
    }
    if (value > last) {
      last = value;
    }
  }
  if (base > last) {
    return undefined;
  }
  let step = last - base;
  for (let row = 0; row < length && step > 1; row += 1) {
    const distance = (values[row] ?? Number.NaN) - base;
    if (!Number.isInteger(distance / step)) {
      step = commonDivisor(distance, step);
    }
  }
  return step === 0 ? { base, step: 1, most: 0 } : { base, step, most: (last - base) / step };
}

function commonDivisor(a: number, b: number): number {
  while (b > 0) {
    [a, b] = [b, a % b];
  }
  return a;
}

/**
 * The first byte of every offset, then the second and so on, which compresses better than whole offsets. Undefined when a
 * number would not come back exactly.
 */
function packOffsets(
  values: Float64Array,
  { base, step, width }: { base: number; step: number; width: number },
): Uint8Array | undefined {
  const { length } = values;
  const unknown = unknownOffset(width);
  const bytes = new Uint8Array(length * width);
  for (let row = 0; row < length; row += 1) {
    const value = values[row] ?? Number.NaN;
    let offset = unknown;
    if (!Number.isNaN(value)) {
      offset = ((value - base) / step) >>> 0;
      if (!Object.is(base + offset * step, value)) {
        return undefined;
      }
    }
    for (let at = row; at < bytes.length; at += length) {
      bytes[at] = offset;
      offset >>>= 8;
    }
  }
  return bytes;
}

/** Writes a column from its bytes. Throws RangeError when they are too few. */
function unpack(form: Form, bytes: Uint8Array, into: Numbers): void {
  const [width = 0, base = 0, step = 1] = form;
  const { length } = into;
  if (bytes.length !== width * length) {
    throw new RangeError(`a column of ${length} rows in ${bytes.length} bytes`);
  }
  if (width === 0) {
    into.fill(Number.NaN);
  } else if (width === 8) {
    into.set(new Float64Array(new Uint8Array(bytes).buffer));
  } else {
    const unknown = unknownOffset(width);
    for (let row = 0; row < length; row += 1) {
      let offset = 0;
      for (let byte = width - 1; byte >= 0; byte -= 1) {
        offset = offset * 256 + (bytes[byte * length + row] ?? 0);
      }
      into[row] = offset === unknown ? Number.NaN : base + offset * step;
    }
  }
}
