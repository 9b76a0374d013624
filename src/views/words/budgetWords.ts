import { approximateLimit, type Budget, LIMIT_DECIMALS } from '../../insights/budgets/budget';
import type { BudgetTrouble } from '../../insights/budgets/budgetSetting';
import type { BudgetStanding } from '../../insights/budgets/budgetStandings';
import { l10n } from '../../platform/l10n';
import type { Basis } from '../../usage/budgetBasis';
import { decimalText } from '../../usage/decimal';
import type { Formats } from '../../usage/format';
import { marked } from '../../usage/knownSum';
import { meterOf } from '../../usage/meter';
import { displayText } from '../../usage/text';
import type { EpochMs } from '../../usage/time';
import { expectedText } from './forecastWords';
import { asOfWords, meterName } from './usageWords';

/** Words for budgets that several views share. */

/** `100 h`, rounded. */
export function limitWords(budget: Budget, formats: Formats): string {
  return formats.rounded(approximateLimit(budget), budget.meter);
}

/** `1,100.25 h`: with every digit. */
export function exactLimitWords({ limit, meter }: Budget, formats: Formats): string {
  return `${formats.decimal(decimalText(limit, LIMIT_DECIMALS))} ${meterOf(meter).display.unit}`.trimEnd();
}

/** `82 %` of the limit, rounded down: 100 % is all of it. */
export function percentWords(
  { standing, budget, isWhole }: BudgetStanding,
  basis: Basis,
  formats: Formats,
): string {
  const [percents, share] = [standing.percents[basis], standing.shares[basis]];
  if (percents === undefined || share === undefined) {
    return l10n.t('unknown');
  }
  const figure = formats.percent(percents === 0 ? Math.min(share, 0.004) : percents / 100);
  return basis === 'actual' ? marked(figure, { whole: isWhole }, budget.meter) : figure;
}

/** `Awake time 82 % of 100 h` */
export function shareOfLimitWords(standing: BudgetStanding, formats: Formats): string {
  const { budget } = standing;
  return l10n.t(
    '{0} {1} of {2}',
    meterName(budget.meter),
    percentWords(standing, 'actual', formats),
    limitWords(budget, formats),
  );
}

/** `82 h`, marked if incomplete, or `unknown`. */
export function usedWords({ actual, isWhole, budget }: BudgetStanding, formats: Formats): string {
  return actual === undefined
    ? l10n.t('unknown')
    : marked(formats.rounded(actual, budget.meter), { whole: isWhole }, budget.meter);
}

/** What the account lacks for the budget; undefined if nothing. */
export function lackWords({ account, budget, lacks }: BudgetStanding): string | undefined {
  const [label, meter] = [displayText(account.label), meterName(budget.meter)];
  switch (lacks) {
    case undefined:
      return undefined;
    case 'meter':
      return l10n.t('{0}: the vendor has reported no {1} ({2}) this month.', label, meter, budget.meter);
    case 'rates':
      return l10n.t('{0}: you have set no rates in the currency of {1}.', label, budget.meter);
  }
}

/** Where the month will end: `about 108 h (101 h – 115 h), estimated`. */
export function forecastWords({ forecast, budget }: BudgetStanding, formats: Formats): string | undefined {
  return forecast === undefined
    ? undefined
    : l10n.t('about {0}, estimated', expectedText(forecast, budget.meter, formats));
}

/** `Budget, Awake time: 82 h of 100 h, 82 % (metered). By the end of November 2026: about 108 h …` */
export function standingWords(own: BudgetStanding, formats: Formats): string {
  const { budget, period } = own;
  const so = l10n.t(
    'Budget, {0}: {1} of {2}, {3} ({4}).',
    meterName(budget.meter),
    usedWords(own, formats),
    limitWords(budget, formats),
    percentWords(own, 'actual', formats),
    originWords(own),
  );
  const forecast = forecastWords(own, formats);
  return [
    so,
    forecast === undefined
      ? undefined
      : l10n.t('By the end of {0}: {1}.', formats.month(period.start), forecast),
    lackWords(own),
  ]
    .filter((sentence) => sentence !== undefined)
    .join(' ');
}

/** The kind of figure compared with the limit. */
export function originWords({ origin }: BudgetStanding): string {
  return origin === 'metered' ? l10n.t('metered') : l10n.t('estimated at your rates');
}

/** A notice's sentence about a passed threshold, one per basis. */
export function passedWords(own: BudgetStanding, basis: Basis, now: EpochMs, formats: Formats): string {
  const { account, budget, period, asOf } = own;
  const label = displayText(account.label);
  const meter = meterName(budget.meter);
  if (basis === 'forecast') {
    return l10n.t(
      '{0}: by the end of {3}, {1} is expected to reach {4} of {5}: {2}.',
      ...[label, meter, forecastWords(own, formats) ?? '', formats.month(period.start)],
      ...[percentWords(own, 'forecast', formats), limitWords(budget, formats)],
    );
  }
  return l10n.t(
    '{0}: {1} of {2} used this month, {3} ({4}).',
    ...[label, percentWords(own, 'actual', formats), limitWords(budget, formats), meter],
    asOf === undefined ? originWords(own) : `${originWords(own)}, ${asOfWords(asOf, now, formats)}`,
  );
}

/** What is wrong with an entry of the setting. */
export function budgetTroubleWords({ index, field, problem }: BudgetTrouble): string {
  const place = `usageExplorer.budgets${index === undefined ? '' : `[${index}]`}${
    field === undefined ? '' : `.${displayText(field)}`
  }`;
  return `${place}: ${problemWords(problem)}`;
}

function problemWords(problem: BudgetTrouble['problem']): string {
  switch (problem) {
    case 'notAList':
      return l10n.t('must be a list.');
    case 'notAnObject':
      return l10n.t('must be an object with account, meter and limit.');
    case 'unknownField':
      return l10n.t('is not a field of a budget.');
    case 'missing':
      return l10n.t('is missing.');
    case 'notAName':
      return l10n.t('must be the name of an account.');
    case 'notAMeter':
      return l10n.t('must be a meter, such as awake_seconds or paas.USD.');
    case 'isALevel':
      return l10n.t('is a level, which does not add up over a month.');
    case 'notAnAmount':
      return l10n.t('must be a number above zero.');
    case 'tooFine':
      return l10n.t('can have at most six decimals.');
    case 'notPercents':
      return l10n.t('must be a list of whole percentages above zero.');
    case 'noSuchAccount':
      return l10n.t('is not the name of an account.');
    case 'notBases':
      return l10n.t('must be a list of “actual”, “forecast” or both.');
  }
}
