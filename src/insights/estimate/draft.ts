import { decimalAmount, decimalText } from '../../usage/decimal';
import {
  INCLUDED_FIELDS,
  type IncludedField,
  RATE_DECIMALS,
  RATE_FIELDS,
  type RateField,
  type RatesSetting,
} from '../../usage/rates';
import type { Typing } from '../../usage/typedNumber';
import type { RatesProblem } from './problems';
import { currencyProblem, readDecimal } from './readRates';

export type DraftField = 'currency' | RateField | IncludedField;

/** The questions of the editor, in order. */
export const DRAFT_FIELDS: readonly DraftField[] = ['currency', ...RATE_FIELDS, ...INCLUDED_FIELDS];

/** What was typed, field by field; empty where nothing was. */
export type RatesDraft = Readonly<Record<DraftField, string>>;

const EMPTY: RatesDraft = {
  currency: '',
  perVcpuHour: '',
  perMemoryGibHour: '',
  perStorageGibHour: '',
  storageGib: '',
  vcpuHours: '',
  memoryGibHours: '',
  money: '',
};

/** What the settings hold, right or wrong, as a draft to continue typing. */
export function draftOf(value: unknown): RatesDraft {
  const { included, ...rest } = fieldsOf(value);
  const all = { ...fieldsOf(included), ...rest };
  const texts = DRAFT_FIELDS.map((field) => [field, textOf(all[field])]);
  return { ...EMPTY, ...(Object.fromEntries(texts) as RatesDraft) };
}

/** The same draft in the notation of a language, for further typing. */
export function typedDraft(draft: RatesDraft, { write }: Pick<Typing, 'write'>): RatesDraft {
  return withTexts(draft, write);
}

/** What was typed in a language, in the notation of the settings. A text that is no number, or is ambiguous, stays. */
export function plainDraft(draft: RatesDraft, { read }: Pick<Typing, 'read'>): RatesDraft {
  return withTexts(draft, (text) => {
    const typed = read(text);
    return typed.kind === 'decimal' ? typed.decimal : text;
  });
}

function withTexts(draft: RatesDraft, change: (text: string) => string): RatesDraft {
  const texts = DRAFT_FIELDS.map((field) => [
    field,
    field === 'currency' ? draft[field] : change(draft[field]),
  ]);
  return Object.fromEntries(texts) as RatesDraft;
}

/** Why a plain text cannot stand in a field; undefined when it can. The last rate may not be empty if all others are. */
export function draftProblem(field: DraftField, text: string, draft: RatesDraft): RatesProblem | undefined {
  if (field === 'currency') {
    return currencyProblem(currencyOf(text));
  }
  if (text === '') {
    return field === RATE_FIELDS.at(-1) && RATE_FIELDS.every((own) => own === field || draft[own] === '')
      ? 'noRate'
      : undefined;
  }
  const reading = readDecimal(text);
  return 'problem' in reading ? reading.problem : undefined;
}

/** What to write into the settings: numbers, or text where a double would not be exact. Every field must be valid. */
export function settingOf(draft: RatesDraft): RatesSetting {
  const included = filled(draft, INCLUDED_FIELDS);
  return {
    currency: currencyOf(draft.currency),
    ...filled(draft, RATE_FIELDS),
    ...(Object.keys(included).length === 0 ? {} : { included }),
  };
}

/** Currency codes are in capitals, but people type them as they like. */
function currencyOf(text: string): string {
  return text.toUpperCase();
}

function filled<Field extends DraftField>(
  draft: RatesDraft,
  fields: readonly Field[],
): Partial<Record<Field, number | string>> {
  const values: Partial<Record<Field, number | string>> = {};
  for (const field of fields.filter((own) => draft[own] !== '')) {
    values[field] = numberOrText(draft[field]);
  }
  return values;
}

function numberOrText(text: string): number | string {
  const [exact, asNumber] = [readDecimal(text), readDecimal(Number(text))];
  return 'amount' in exact && 'amount' in asNumber && exact.amount === asNumber.amount ? Number(text) : text;
}

function textOf(value: unknown): string {
  if (typeof value === 'number' && Number.isFinite(value)) {
    const text = decimalText(decimalAmount(value, RATE_DECIMALS), RATE_DECIMALS);
    return Number(text) === value ? text : String(value);
  }
  return typeof value === 'string' ? value : '';
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
