import type { Comparison, MonthComparison } from '../../insights/month/monthComparison';
import { metersFor, monthFigure } from '../../insights/month/monthFigure';
import { l10n } from '../../platform/l10n';
import type { Change, Figure, FigureLine } from '../../protocol/messages';
import { PROVIDERS } from '../../providers/registry';
import { type AccountUsage, asOf } from '../../store/accountUsage';
import type { Account } from '../../usage/account';
import { type Amount, compareAmounts, toApproximateNumber } from '../../usage/amount';
import type { Formats } from '../../usage/format';
import { type KnownSum, knownSum } from '../../usage/knownSum';
import { isMoney, type MeterId, meterOf } from '../../usage/meter';
import type { UtcDay } from '../../usage/time';
import { exactSumWords, missingWords, sumWords } from '../words/knownSumWords';
import { lengthsWords } from '../words/periodWords';
import { provenanceText } from '../words/provenance';
import { meterName } from '../words/usageWords';
import { type MeteredFigure, meteredFigures } from './charts/meteredFigures';
import type { PeriodTotal } from './charts/periodTotals';
import { chartOf } from './reports/figures';

/** The month to date: metered, billed and not yet billed if the vendor tells what it has billed; else only metered. */
export function figures(
  account: Account,
  usage: AccountUsage,
  comparison: MonthComparison | undefined,
  formats: Formats,
): Figure[] {
  const { capabilities } = PROVIDERS[account.provider];
  if (comparison === undefined) {
    return meteredFigures(usage, capabilities).map((figure) =>
      meteredCard(figure, { account, usage }, formats),
    );
  }
  return capabilities.figures
    .flatMap((figure) => metersFor(usage, figure))
    .flatMap((meter): Figure[] => {
      if (meterOf(meter).kind === 'amount') {
        return [amountFigure(meter, { account, usage }, comparison, formats)];
      }
      const provisioned = provisionedFigure({ account, usage }, formats);
      return provisioned === undefined ? [] : [provisioned];
    });
}

/** Another period: what its charts add up to, since vendors tell what they have billed of this month alone. */
export function periodFigures(account: Account, totals: readonly PeriodTotal[], formats: Formats): Figure[] {
  return totals.map(({ chart, meter, sum, asOf: askedAt }) => {
    const kind = sum === undefined ? 'unknown' : 'metered';
    return {
      label: meterName(meter),
      lines: [
        {
          kind: 'metered',
          label: l10n.t('metered'),
          value: sumWords(sum, meter, formats),
          exact: sum === undefined ? '' : exactSumWords(sum, meter, formats),
          provenance: provenanceText({ kind, account, askedAt }, formats),
        },
      ],
      opens: { chart, meter },
    };
  });
}

/** Whose figures they are. */
interface Own {
  readonly account: Account;
  readonly usage: AccountUsage;
}

function meteredCard(
  { meter, sum, missing }: MeteredFigure,
  { account, usage }: Own,
  formats: Formats,
): Figure {
  const kind = sum === undefined ? 'unknown' : 'metered';
  return {
    label: meterName(meter),
    lines: [
      {
        kind: 'metered',
        label: isMoney(meter) ? l10n.t('calendar month to date') : l10n.t('month to date'),
        value: sumWords(sum, meter, formats),
        exact: sum === undefined ? '' : exactSumWords(sum, meter, formats),
        provenance: withMissing(
          provenanceText({ kind, account, askedAt: asOf(usage) }, formats),
          missing,
          formats,
        ),
      },
    ],
    opens: { chart: chartOf(meter), meter },
  };
}

function amountFigure(
  meter: MeterId,
  { account, usage }: Own,
  comparison: MonthComparison,
  formats: Formats,
): Figure {
  const figure = monthFigure(usage, meter);
  const { billed, billedAsOf, meteredSum, meteredAsOf, missing, notYetClosed } = figure;
  const compared = comparison.of(meter);
  const line = (
    kind: FigureLine['kind'],
    label: string,
    sum: KnownSum | undefined,
    against: Comparison | undefined,
  ): FigureLine => ({
    kind,
    label,
    value: sumWords(sum, meter, formats),
    exact: sum === undefined ? '' : exactSumWords(sum, meter, formats),
    provenance: withMissing(
      provenanceText(
        {
          kind: sum === undefined ? 'unknown' : kind === 'billed' ? 'billed' : 'metered',
          ...{ account, askedAt: kind === 'billed' ? billedAsOf : meteredAsOf },
        },
        formats,
      ),
      kind === 'metered' ? missing : [],
      formats,
    ),
    ...(sum === undefined ? {} : { change: change(against, meter, formats) }),
  });
  return {
    label: meterName(meter),
    lines: [
      line('metered', l10n.t('metered'), meteredSum, compared.metered),
      line('billed', l10n.t('billed'), knownSum([billed]), compared.billed),
      line('notYetClosed', l10n.t('used, not billed yet'), knownSum([notYetClosed]), compared.notYetClosed),
    ],
    opens: { chart: chartOf(meter), meter },
  };
}

/** Where a figure comes from, and which days it lacks. */
function withMissing(provenance: string, missing: readonly UtcDay[], formats: Formats): string {
  return [provenance, missingWords(missing, formats)].filter((part) => part !== undefined).join(' ');
}

/** Storage of all machines: a level without comparison, since the vendor gives only its current value. */
function provisionedFigure({ account, usage }: Own, formats: Formats): Figure | undefined {
  const askedAt = usage.summary.asOf;
  const levels = usage.summary.value?.levels;
  const provisioned = levels?.provisioned_storage_gib;
  const included = levels?.included_storage_gib;
  const line = (label: string, amount: Amount, meter: MeterId): FigureLine => {
    const [value, exact] = [formats.rounded(amount, meter), formats.exact(amount, meter)];
    const provenance = provenanceText({ kind: 'metered', account, askedAt }, formats);
    return { kind: 'level', label, value, exact: exact === value ? '' : exact, provenance };
  };
  return provisioned === undefined
    ? undefined
    : {
        label: meterName('provisioned_storage_gib'),
        lines: [
          line(l10n.t('now, all machines'), provisioned, 'provisioned_storage_gib'),
          ...(included === undefined ? [] : [line(l10n.t('included'), included, 'included_storage_gib')]),
        ],
      };
}

function change(comparison: Comparison | undefined, meter: MeterId, formats: Formats): Change {
  if (comparison === undefined) {
    return {
      text: '',
      direction: 'unknown',
      detail: l10n.t('Usage in the same part of the month before is not known.'),
    };
  }
  const { now, nowPeriod, before, beforePeriod } = comparison;
  const order = compareAmounts(now, before);
  const detail = l10n.t(
    '{0} metered in {1}, against {2} in {3}',
    formats.exact(now, meter),
    formats.period(nowPeriod.start, nowPeriod.end),
    formats.exact(before, meter),
    formats.period(beforePeriod.start, beforePeriod.end),
  );
  const share = (toApproximateNumber(now) - toApproximateNumber(before)) / toApproximateNumber(before);
  const text =
    order === 0 || Number.isFinite(share) ? formats.change(order === 0 ? 0 : share) : l10n.t('new');
  const isSame = text === formats.change(0); // also for changes too small to see
  const lengths = lengthsWords(nowPeriod, beforePeriod, formats);
  return {
    text: lengths === undefined ? text : `${text} (${lengths})`,
    direction: isSame ? 'same' : order > 0 ? 'up' : 'down',
    detail,
  };
}
