import { forecastEstimate } from '../../../insights/estimate/forecastEstimate';
import { monthEstimate } from '../../../insights/estimate/monthEstimate';
import {
  forecastMeters,
  forecastWants,
  type MeterForecast,
  meterForecast,
} from '../../../insights/forecast/meterForecast';
import { monthFigure } from '../../../insights/month/monthFigure';
import { l10n } from '../../../platform/l10n';
import type { Gauge, ReportBody, ReportRow } from '../../../protocol/report';
import { asOf } from '../../../store/accountUsage';
import type { Account } from '../../../usage/account';
import { toApproximateNumber } from '../../../usage/amount';
import type { Formats } from '../../../usage/format';
import type { Rates } from '../../../usage/rates';
import { utcDay } from '../../../usage/time';
import {
  expectedText,
  methodText,
  nearestAmount,
  newestPastText,
  rangeText,
} from '../../words/forecastWords';
import { exactSumWords, missingWords, sumWords } from '../../words/knownSumWords';
import { provenanceText } from '../../words/provenance';
import { meterName } from '../../words/usageWords';
import { chartOf, column } from './figures';
import type { ReportHead, ReportInput, ReportMaker } from './report';

/** Where the month will end: hidden until three whole days are known. */
export function forecastReport(
  formats: Formats,
  ratesOf: (account: Account) => Rates | undefined,
): ReportMaker {
  return {
    id: 'monthEnd',
    applies: () => true,
    wants: ({ capabilities, account, usage, now }, open) => {
      // If a vendor gives only one sum per request, only the charts load earlier months.
      const isCheap = capabilities.overview.length > 0;
      const wants =
        isCheap || open ? forecastWants(capabilities, account, forecastMeters(usage, capabilities), now) : [];
      return isCheap ? wants : wants.filter(({ day }) => day >= utcDay(usage.period.start));
    },
    // The forecast is of this month; charts of another period stand without it.
    head: (input) => (input.choices.range.kind === 'thisMonth' ? head(endsOf(input), formats) : undefined),
    body: (input) => body(endsOf(input), input, ratesOf(input.account), formats),
  };
}

function endsOf(input: ReportInput): MeterForecast[] {
  return forecastMeters(input.usage, input.capabilities).flatMap(
    (meter) => meterForecast(input, meter) ?? [],
  );
}

function head(ends: readonly MeterForecast[], formats: Formats): ReportHead | undefined {
  const [first, ...others] = ends;
  if (first === undefined) {
    return undefined;
  }
  const figures = [first, ...others]
    .slice(0, NAMED)
    .map(({ meter, forecast }) =>
      l10n.t('{0} {1}', meterName(meter), expectedText(forecast, meter, formats)),
    );
  return {
    title: l10n.t('Where will the month end?'),
    short: l10n.t('Month end ≈ {0}', formats.rounded(nearestAmount(first.forecast.total), first.meter)),
    summary: figures.join(' · '),
    tone: 'neutral',
  };
}

const NAMED = 2;

function body(
  ends: readonly MeterForecast[],
  input: ReportInput,
  rates: Rates | undefined,
  formats: Formats,
): ReportBody {
  const [first] = ends;
  return {
    tables: [
      {
        caption: first === undefined ? '' : l10n.t('End of {0}', formats.month(first.forecast.month.start)),
        columns: [
          column(l10n.t('Meter')),
          column(l10n.t('So far'), 'number'),
          column(l10n.t('Month end'), 'number'),
          column(l10n.t('Method')),
          column(l10n.t('Past forecast')),
        ],
        rows: [...ends.map((end) => rowOf(end, input, formats)), ...estimateRows(input, rates, formats)],
        more: 0,
        empty: l10n.t('A forecast needs three whole days.'),
      },
    ],
    notes: [
      l10n.t(
        'Estimated from whole UTC days, as metered by the vendor. The day that is still open is left out of the pattern. In four months of five, the month should end within the range in brackets. Its width is how far off the same method was on your own days.',
      ),
    ],
    actions: [],
  };
}

function rowOf(end: MeterForecast, { account, usage }: ReportInput, formats: Formats): ReportRow {
  const { meter, forecast } = end;
  const { meteredSum, missing } = monthFigure(usage, meter);
  return {
    cells: [
      { text: meterName(meter) },
      {
        text: sumWords(meteredSum, meter, formats),
        detail: [
          exactSumWords(meteredSum, meter, formats),
          provenanceText({ kind: 'metered', account, askedAt: asOf(usage) }, formats),
          missingWords(missing, formats),
        ]
          .filter((part) => part !== undefined)
          .join(' · '),
      },
      {
        text: expectedText(forecast, meter, formats),
        detail: [
          l10n.t(
            'Days to come: {0}. In four cases of five, the month should end within this range.',
            forecast.daysToCome,
          ),
          ...(daysMissing(forecast) > 0
            ? [
                l10n.t(
                  'Days that are not known, and so estimated: {0}.',
                  formats.count(daysMissing(forecast)),
                ),
              ]
            : []),
          provenanceText({ kind: 'estimated', account, askedAt: asOf(usage) }, formats),
        ].join(' · '),
        gauge: gaugeOf(forecast),
      },
      { text: methodText(forecast) },
      { text: newestPastText(end, formats) },
    ],
    tone: 'neutral',
    opens: { chart: chartOf(meter), meter },
  };
}

/** Money by the person's own rates, where there are some. */
function estimateRows(input: ReportInput, rates: Rates | undefined, formats: Formats): ReportRow[] {
  const { account, usage, now } = input;
  const made = rates && monthEstimate(usage, rates, now);
  const end = made && forecastEstimate(input, made, rates);
  if (made === undefined || end === undefined) {
    return [];
  }
  const { meter } = made;
  const provenance = provenanceText({ kind: 'estimated', account, askedAt: made.asOf }, formats);
  const range = { total: end.total.amount, low: end.low.amount, high: end.high.amount };
  return [
    {
      cells: [
        { text: meterName(meter) },
        {
          text: formats.rounded(made.amount, meter),
          detail: `${formats.exact(made.amount, meter)} · ${provenance}`,
        },
        {
          text: rangeText(range, meter, formats),
          detail: `${l10n.t('The forecasts of all meters, at your own rates.')} · ${provenance}`,
          gauge: gaugeOf({
            metered: toApproximateNumber(made.amount),
            total: toApproximateNumber(range.total),
            low: toApproximateNumber(range.low),
            high: toApproximateNumber(range.high),
          }),
        },
        { text: l10n.t('your own rates; not the vendor’s bill') },
        { text: '' },
      ],
      tone: 'neutral',
    },
  ];
}

/** Days of the month that are over and not known. */
function daysMissing({ daysForecast, daysToCome }: MeterForecast['forecast']): number {
  return Math.max(0, daysForecast - daysToCome);
}

type Bounds = Pick<MeterForecast['forecast'], 'metered' | 'low' | 'total' | 'high'>;

/** Its full length is the highest forecast. */
function gaugeOf({ metered, low, total, high }: Bounds): Gauge {
  const share = (value: number): number => (high > 0 ? Math.min(1, Math.max(0, value / high)) : 0);
  return { done: share(metered), expected: { low: share(low), total: share(total), high: share(high) } };
}
