import type { Account } from '../../usage/account';
import type { Amount } from '../../usage/amount';
import { BASES, type Basis } from '../../usage/budgetBasis';
import { decimalAmount, decimalText } from '../../usage/decimal';
import { isMeterId, type MeterId, meterOf } from '../../usage/meter';
import type { Typing } from '../../usage/typedNumber';
import { type Budget, LIMIT_DECIMALS, OFFERED_THRESHOLDS } from './budget';

/** Budgets as they stand in the settings: a list of objects that a person may have written by hand. */

export type BudgetField = 'account' | 'meter' | 'limit' | 'thresholds' | 'on';

/** What is wrong with an entry, which then is no budget, or with the setting as a whole. */
export interface BudgetTrouble {
  /** Which entry, from 0; undefined when the setting is no list. */
  readonly index: number | undefined;
  /** Undefined when the entry as a whole is wrong. For `unknownField`, the name as it was written. */
  readonly field: string | undefined;
  readonly problem:
    | 'notAList'
    | 'notAnObject'
    | 'unknownField'
    | 'missing'
    | 'notAName'
    | 'notAMeter'
    | 'isALevel'
    | 'notAnAmount'
    | 'tooFine'
    | 'notPercents'
    | 'notBases'
    | 'noSuchAccount';
}

export interface BudgetSetting {
  readonly budgets: readonly { readonly index: number; readonly budget: Budget }[];
  readonly troubles: readonly BudgetTrouble[];
}

/** A budget as it is written into the settings. */
export interface BudgetRecord {
  readonly account: string;
  readonly meter: MeterId;
  /** In the meter's unit for people. */
  readonly limit: number;
  readonly thresholds: readonly number[];
  readonly on: readonly Basis[];
}

type Problem = BudgetTrouble['problem'];

/** Reads what the setting holds, which may be anything. */
export function readBudgets(value: unknown): BudgetSetting {
  if (!Array.isArray(value)) {
    return { budgets: [], troubles: [{ index: undefined, field: undefined, problem: 'notAList' }] };
  }
  const budgets: { index: number; budget: Budget }[] = [];
  const troubles: BudgetTrouble[] = [];
  value.forEach((entry: unknown, index) => {
    const found: BudgetTrouble[] = [];
    const budget = readEntry(entry, (field, problem) => found.push({ index, field, problem }));
    if (found.length === 0 && budget !== undefined) {
      budgets.push({ index, budget });
    }
    troubles.push(...found);
  });
  return { budgets, troubles };
}

/** What is wrong with the setting, including budgets of no account: they are compared with nothing. */
export function budgetTroubles(
  { budgets, troubles }: BudgetSetting,
  accounts: readonly Pick<Account, 'label'>[],
): BudgetTrouble[] {
  const labels = new Set(accounts.map(({ label }) => label));
  const stray = budgets.filter(({ budget }) => !labels.has(budget.account));
  return [
    ...troubles,
    ...stray.map(({ index }): BudgetTrouble => ({ index, field: 'account', problem: 'noSuchAccount' })),
  ];
}

/** The inverse of {@link readBudgets} for one budget. */
export function budgetRecord({ account, meter, limit, thresholds, on }: Budget): BudgetRecord {
  return { account, meter, limit: Number(decimalText(limit, LIMIT_DECIMALS)), thresholds, on };
}

/** Reads a limit in a meter's unit for people, or tells why it is none. */
export function readLimit(value: unknown): Amount | Extract<Problem, 'notAnAmount' | 'tooFine'> {
  if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0) {
    return 'notAnAmount';
  }
  const limit = decimalAmount(value, LIMIT_DECIMALS);
  return Number(decimalText(limit, LIMIT_DECIMALS)) === value ? limit : 'tooFine';
}

/** The same for a text: digits, with a point. */
export function readLimitText(text: string): ReturnType<typeof readLimit> {
  return readLimit(/^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined);
}

/**
 * Reads typed thresholds: whole numbers separated by commas or spaces. In a language with a decimal comma, `12,5` is not
 * 12 and 5.
 */
export function readThresholdsText(
  text: string,
  { decimalComma, plainDigits }: Pick<Typing, 'decimalComma' | 'plainDigits'>,
): readonly number[] | undefined {
  const words = plainDigits(text).split(/[\s;%]+/);
  const items = words.flatMap((word) =>
    decimalComma && /^\d+,\d+$/.test(word) ? [word] : word.split(',').filter((item) => item !== ''),
  );
  return readThresholds(items.map((item) => (/^\d+$/.test(item) ? Number(item) : undefined)));
}

/** Percents, ascending, each once; undefined if there is none, or one is not a whole number above zero. */
export function readThresholds(value: unknown): readonly number[] | undefined {
  const isPercent = (item: unknown): item is number => Number.isSafeInteger(item) && Number(item) > 0;
  return Array.isArray(value) && value.length > 0 && value.every(isPercent)
    ? [...new Set(value)].sort((a, b) => a - b)
    : undefined;
}

function readEntry(
  entry: unknown,
  tell: (field: string | undefined, problem: Problem) => void,
): Budget | undefined {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    tell(undefined, 'notAnObject');
    return undefined;
  }
  const fields = new Map<string, unknown>(Object.entries(entry));
  for (const name of [...fields.keys()].filter((name) => !isField(name))) {
    tell(name, 'unknownField');
  }
  const field = <T>(
    name: BudgetField,
    fallback: unknown,
    read: (value: unknown) => T | Problem,
  ): T | undefined => {
    const value = fields.get(name) ?? fallback;
    const result = value === undefined ? 'missing' : read(value);
    if (isProblem(result)) {
      tell(name, result);
      return undefined;
    }
    return result;
  };
  const account = field('account', undefined, (value) =>
    typeof value === 'string' && value !== '' ? { label: value } : 'notAName',
  );
  const meter = field('meter', undefined, readMeter);
  const limit = field('limit', undefined, readLimit);
  const thresholds = field(
    'thresholds',
    OFFERED_THRESHOLDS,
    (value) => readThresholds(value) ?? 'notPercents',
  );
  const on = field('on', ['actual'], (value) => readBases(value) ?? 'notBases');
  return account && meter && limit !== undefined && thresholds && on
    ? { account: account.label, meter: meter.id, limit, thresholds, on }
    : undefined;
}

function readMeter(value: unknown): { readonly id: MeterId } | Problem {
  if (typeof value !== 'string' || !isMeterId(value)) {
    return 'notAMeter';
  }
  return meterOf(value).kind === 'level' ? 'isALevel' : { id: value };
}

function readBases(value: unknown): readonly Basis[] | undefined {
  const known: readonly unknown[] = BASES;
  return Array.isArray(value) && value.length > 0 && value.every((item) => known.includes(item))
    ? BASES.filter((basis) => value.includes(basis))
    : undefined;
}

const FIELDS: readonly string[] = ['account', 'meter', 'limit', 'thresholds', 'on'] satisfies BudgetField[];

function isField(name: string): name is BudgetField {
  return FIELDS.includes(name);
}

function isProblem(result: unknown): result is Problem {
  return typeof result === 'string';
}
