import type { Amount } from '../../usage/amount';
import { decimalAmount, decimalText } from '../../usage/decimal';
import {
  type Included,
  INCLUDED_FIELDS,
  RATE_DECIMALS,
  RATE_FIELDS,
  type RateField,
  type Rates,
} from '../../usage/rates';
import type { AccountProblem, FieldProblem, RatesProblem } from './problems';

/** Maximum characters: zeros are stripped one by one, and nobody writes longer texts. */
const LONGEST_TEXT = 100;

/** No rate or included amount is as large, so one that is must be a typing error. */
const LIMIT = 10 ** 12;

export type RatesReading = { readonly rates: Rates } | { readonly problems: readonly FieldProblem[] };

/**
 * Rates as written in the settings, or why they are invalid. One wrong part makes them all invalid, because an estimate of
 * the rest would look like one of the whole.
 */
export function readRates(value: unknown): RatesReading {
  if (!isRecord(value)) {
    return { problems: [{ field: '', problem: 'notAnObject' }] };
  }
  const problems: FieldProblem[] = [];
  const { currency, included, ...others } = value;
  const trouble = currencyProblem(currency);
  if (trouble !== undefined) {
    problems.push({ field: 'currency', problem: trouble });
  }
  const rates = readFields<RateField>(others, RATE_FIELDS, '', problems);
  if (problems.length === 0 && Object.keys(rates).length === 0) {
    problems.push({ field: '', problem: 'noRate' });
  }
  const own = included === undefined ? {} : readIncluded(included, problems);
  return problems.length > 0 || typeof currency !== 'string'
    ? { problems }
    : { rates: { currency, ...rates, ...(Object.keys(own).length === 0 ? {} : { included: own }) } };
}

/** The whole setting: rates by the label of an account. What is wrong for one account does not affect another. */
export function readRatesSetting(value: unknown): {
  readonly rates: ReadonlyMap<string, Rates>;
  readonly problems: readonly AccountProblem[];
} {
  if (!isRecord(value)) {
    return { rates: new Map(), problems: [{ label: undefined, field: '', problem: 'notAnObject' }] };
  }
  const rates = new Map<string, Rates>();
  const problems: AccountProblem[] = [];
  for (const [label, own] of Object.entries(value)) {
    const reading = readRates(own);
    if ('rates' in reading) {
      rates.set(label, reading.rates);
    } else {
      problems.push(...reading.problems.map((problem) => ({ label, ...problem })));
    }
  }
  return { rates, problems };
}

/** Why a value is not the code of a currency; undefined when it is one. */
export function currencyProblem(value: unknown): RatesProblem | undefined {
  if (value === undefined || value === '') {
    return 'missing';
  }
  return typeof value === 'string' && Intl.supportedValuesOf('currency').includes(value)
    ? undefined
    : 'notACurrency';
}

/** A number or a plain decimal in units of 10^−{@link RATE_DECIMALS}, exactly, or why it is none. */
export function readDecimal(
  value: unknown,
): { readonly amount: Amount } | { readonly problem: RatesProblem } {
  if (typeof value === 'number' && Number.isFinite(value)) {
    return readNumber(value);
  }
  return typeof value === 'string' ? readText(value) : { problem: 'notADecimal' };
}

function readNumber(value: number): ReturnType<typeof readDecimal> {
  if (value < 0) {
    return { problem: 'negative' };
  }
  if (value >= LIMIT) {
    return { problem: 'tooLarge' };
  }
  const amount = decimalAmount(value, RATE_DECIMALS);
  // A double prints with the fewest digits that identify it: if the text reads as the same double, nothing was rounded.
  return Number(decimalText(amount, RATE_DECIMALS)) === value ? { amount } : { problem: 'tooFine' };
}

function readText(text: string): ReturnType<typeof readDecimal> {
  if (text.length > LONGEST_TEXT) {
    return { problem: 'tooLong' };
  }
  const [, sign, whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (sign === undefined) {
    return { problem: 'notADecimal' };
  }
  if (sign === '-') {
    return { problem: 'negative' };
  }
  const digits = fraction.replace(/0+$/, '');
  if (digits.length > RATE_DECIMALS) {
    return { problem: 'tooFine' };
  }
  const units = whole.replace(/^0+(?=\d)/, '');
  return units.length > String(LIMIT).length - 1
    ? { problem: 'tooLarge' }
    : { amount: toUnits(units + digits.padEnd(RATE_DECIMALS, '0')) };
}

function toUnits(digits: string): Amount {
  return decimalAmount(BigInt(digits), 0);
}

function readIncluded(value: unknown, problems: FieldProblem[]): Included {
  if (!isRecord(value)) {
    problems.push({ field: 'included', problem: 'notAnObject' });
    return {};
  }
  return readFields(value, INCLUDED_FIELDS, 'included.', problems);
}

function readFields<Field extends string>(
  from: Readonly<Record<string, unknown>>,
  known: readonly Field[],
  path: string,
  problems: FieldProblem[],
): Partial<Record<Field, Amount>> {
  const amounts: Partial<Record<Field, Amount>> = {};
  for (const [name, value] of Object.entries(from)) {
    const field = known.find((own) => own === name);
    const reading = field === undefined ? { problem: 'unknownField' as const } : readDecimal(value);
    if (field !== undefined && 'amount' in reading) {
      amounts[field] = reading.amount;
    } else if ('problem' in reading) {
      problems.push({ field: `${path}${name}`, problem: reading.problem });
    }
  }
  return amounts;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
