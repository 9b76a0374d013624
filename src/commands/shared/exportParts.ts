import type { ExportInput } from '../../insights/export/rows';
import type { ChartPlan, ProviderCapabilities } from '../../providers/capabilities';
import type { Grouping } from '../../usage/account';
import { askedPart, type BreakdownId, type FetchedBreakdown } from '../../usage/breakdownId';
import type { Granularity } from '../../usage/range';

/** The parts of an account's usage that go into a file. */
export interface ExportParts extends Pick<ExportInput, 'subject' | 'grouping' | 'meters' | 'money'> {
  /** As the vendor gives them, each once. */
  readonly parts: readonly FetchedBreakdown[];
  /** Of the first chart's rows; the requested one is not always available. */
  readonly granularity: Granularity;
}

/**
 * What the charts are drawn from, by hour if requested and available. If usage can be grouped in several ways, takes the
 * account's own grouping, or else the vendor's first.
 */
export function exportParts(
  { subject, groupings, charts }: ProviderCapabilities,
  own: Grouping | undefined,
  asked: Granularity,
): ExportParts {
  const grouping = own ?? groupings[0];
  const parts = charts.flatMap((chart) => {
    const part = asked === 'hour' && chart.hours !== undefined ? chart.hours : daysOf(chart, grouping);
    return part === undefined ? [] : [askedPart(part)];
  });
  return {
    subject,
    ...(subject === 'group' && grouping !== undefined ? { grouping } : {}),
    meters: [...new Set(charts.flatMap(({ meters }) => (typeof meters === 'string' ? [] : meters)))],
    money: [
      ...new Set(
        charts.flatMap(({ meters, orMoney }) => (typeof meters === 'string' ? meters : (orMoney ?? []))),
      ),
    ],
    parts: [...new Set(parts)],
    granularity: parts[0] !== undefined && parts[0] === charts[0]?.hours ? 'hour' : 'day',
  };
}

function daysOf({ days }: ChartPlan, grouping: Grouping | undefined): BreakdownId | undefined {
  if (typeof days === 'string') {
    return days;
  }
  return grouping === undefined ? undefined : days[grouping];
}
