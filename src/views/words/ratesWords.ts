import type { DraftField } from '../../insights/estimate/draft';
import type { FieldProblem, RatesProblem } from '../../insights/estimate/problems';
import { l10n } from '../../platform/l10n';
import { RATE_OF, type RatedMeter } from '../../usage/rates';
import { displayText } from '../../usage/text';

/** What a field of the rates is, with its unit. */
export function fieldName(field: DraftField): string {
  switch (field) {
    case 'currency':
      return l10n.t('Currency');
    case 'perVcpuHour':
      return l10n.t('per vCPU-hour');
    case 'perMemoryGibHour':
      return l10n.t('per GiB-hour of memory');
    case 'perStorageGibHour':
      return l10n.t('per GiB-hour of storage');
    case 'storageGib':
      return l10n.t('GiB of storage included');
    case 'vcpuHours':
      return l10n.t('vCPU-hours included each month');
    case 'memoryGibHours':
      return l10n.t('GiB-hours of memory included each month');
    case 'money':
      return l10n.t('of compute cost included each month');
  }
}

/** `per vCPU-hour` */
export function rateUnit(meter: RatedMeter): string {
  return fieldName(RATE_OF[meter]);
}

export function ratesProblemWords(problem: RatesProblem): string {
  switch (problem) {
    case 'notAnObject':
      return l10n.t('The rates must be an object.');
    case 'unknownField':
      return l10n.t('There is no rate or included amount with this name.');
    case 'missing':
      return l10n.t('Enter the currency as an ISO 4217 code, such as USD.');
    case 'notACurrency':
      return l10n.t('This is not a currency code (ISO 4217), such as USD.');
    case 'notADecimal':
      return l10n.t('Enter a plain decimal, such as 0.04536.');
    case 'tooLong':
      return l10n.t('It can have at most 100 characters.');
    case 'negative':
      return l10n.t('It cannot be negative.');
    case 'tooLarge':
      return l10n.t('It must be below 1,000,000,000,000.');
    case 'tooFine':
      return l10n.t('It can have at most ten decimals.');
    case 'noRate':
      return l10n.t('Enter at least one of the three rates.');
  }
}

/** The first problem of the rates in the settings, and that all of them are ignored. */
export function ratesTroubleWords([first, ...others]: readonly FieldProblem[]): string | undefined {
  if (first === undefined) {
    return undefined;
  }
  const place = first.field === '' ? '' : `${displayText(first.field, 60)}: `;
  const more = others.length === 0 ? '' : ` ${l10n.t('And {0} more.', others.length)}`;
  return l10n.t(
    'The rates in the settings are ignored. {0}',
    `${place}${ratesProblemWords(first.problem)}${more}`,
  );
}
