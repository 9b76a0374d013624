import { quoted } from '../../usage/text';

/** Why something cannot be rates. */
export type RatesProblem =
  | 'notAnObject'
  | 'unknownField'
  | 'missing'
  | 'notACurrency'
  | 'notADecimal'
  | 'tooLong'
  | 'negative'
  | 'tooLarge'
  | 'tooFine'
  | 'noRate';

/** What is wrong with one field, named as in the settings: `included.storageGib`. The name is empty for the whole. */
export interface FieldProblem {
  readonly field: string;
  readonly problem: RatesProblem;
}

/** The same with the label of the account; undefined for the setting as a whole. */
export interface AccountProblem extends FieldProblem {
  readonly label: string | undefined;
}

const SENTENCES: Readonly<Record<RatesProblem, string>> = {
  notAnObject: 'is not an object',
  unknownField: 'is no name of a rate or an included amount',
  missing: 'is missing',
  notACurrency: 'is not the code of a currency (ISO 4217), such as "USD"',
  notADecimal: 'is not a number or a plain decimal, such as "0.04536"',
  tooLong: 'has more than 100 characters',
  negative: 'is negative',
  tooLarge: 'is not below 10^12',
  tooFine: 'has more than 10 decimals',
  noRate: 'has no rate at all',
};

/** For the log, in English. */
export function problemSentence({ label, field, problem }: AccountProblem): string {
  const place = [label === undefined ? undefined : quoted(label), written(field, problem)];
  const name = ['usageExplorer.rates', ...place].filter((part) => part !== undefined).join(' › ');
  return `${name} ${SENTENCES[problem]}`;
}

/** An unknown field is quoted as it was written. */
function written(field: string, problem: RatesProblem): string | undefined {
  if (field === '') {
    return undefined;
  }
  return problem === 'unknownField' ? quoted(field) : field;
}
