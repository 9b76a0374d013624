import { bucketTrails } from '../../../insights/trail/bucketTrails';
import { type MeteringBucket, meteringBuckets } from '../../../insights/trail/meteringBuckets';
import { type Found, type FoundRow, searchTrail } from '../../../insights/trail/searchTrail';
import {
  breakdownsAtHand,
  bucketsOfMonth,
  daysWithUsage,
  flaggedBuckets,
  type TrailDays,
  trailDays,
  trailWants,
} from '../../../insights/trail/trailDays';
import { l10n } from '../../../platform/l10n';
import type { ChartTarget, ReportBody, ReportCell, ReportRow, ReportTable } from '../../../protocol/report';
import { type AccountUsage, isKnown } from '../../../store/accountUsage';
import type { MeterEventId, Quantities, UsageBucket } from '../../../usage/bucket';
import type { Breakdown } from '../../../usage/columns/breakdown';
import { bucketAt } from '../../../usage/columns/columns';
import type { Formats } from '../../../usage/format';
import { displayText } from '../../../usage/text';
import { type EpochMs, type Period, type UtcDay, utcDay } from '../../../usage/time';
import { failureWords } from '../../words/failureWords';
import { provenanceText } from '../../words/provenance';
import { subjectLabel } from '../../words/subjectWords';
import {
  durationWords,
  emissionSentence,
  emittedWords,
  flagLabels,
  flagSentence,
  identifierRows,
  kindWords,
  usualLagSentence,
} from '../../words/trailWords';
import { shapeWords, usageLine, usageRows } from '../../words/usageWords';
import { column } from './figures';
import type { ReportHead, ReportInput, ReportMaker } from './report';

/** Maximum rows per table. */
const MOST_ROWS = 200;

/** From machine buckets to the organisation's metering buckets and their meter events. */
export function trailReport(formats: Formats): ReportMaker {
  return {
    id: 'trail',
    applies: ({ subject }) => subject === 'machine',
    wants: (input, open) => (open ? daysOfReport(input).days.flatMap(trailWants) : []),
    head: (input) => head(input, formats),
    body: (input) => new TrailBody(input, formats).body(),
  };
}

function daysOfReport({ usage, choices, account, now }: ReportInput): TrailDays {
  return trailDays(usage, choices.trailSearch, account, now);
}

function head({ usage, dayCache, now }: ReportInput, formats: Formats): ReportHead {
  const title = l10n.t('Metering trail');
  const days = daysWithUsage(usage, now);
  const [newest] = days;
  if (newest === undefined) {
    const summary = notKnownWords(usage) ?? l10n.t('No metering buckets this month');
    return { title, short: l10n.t('Trail'), summary, tone: 'neutral' };
  }
  const flagged = days.reduce((sum, day) => sum + (flaggedBuckets(dayCache, day) ?? 0), 0);
  const summary = countWords(bucketsOfMonth(usage), isKnown(usage), newest, formats);
  return flagged === 0
    ? { title, short: l10n.t('Trail'), summary, tone: 'neutral' }
    : {
        title,
        short: l10n.t('Trail: {0} to review', formats.count(flagged)),
        summary: `${summary}; ${l10n.t('{0} to review', formats.count(flagged))}`,
        tone: 'attention',
      };
}

function countWords(count: number, isAll: boolean, newest: UtcDay, formats: Formats): string {
  const day = formats.day(newest);
  if (!isAll) {
    return l10n.t(
      'Metering buckets in the loaded part of this month: {0}, newest day {1}',
      formats.count(count),
      day,
    );
  }
  return count === 1
    ? l10n.t('1 metering bucket this month, newest day {0}', day)
    : l10n.t('{0} metering buckets this month, newest day {1}', formats.count(count), day);
}

/** Why it is not known that there are no buckets: that takes every day of the month. Undefined if it is known. */
function notKnownWords(usage: AccountUsage): string | undefined {
  if (isKnown(usage)) {
    return undefined;
  }
  return usage.compute.value === undefined && usage.storage.value === undefined
    ? l10n.t('Not loaded yet.')
    : l10n.t('Not everything is loaded, so there may be some');
}

/** The tables and notes of the open report. */
class TrailBody {
  readonly #input: ReportInput;
  readonly #formats: Formats;
  readonly #days: TrailDays;
  /** The cached ones, by day, newest first. */
  readonly #breakdowns: readonly Breakdown[];
  readonly #text: string;

  constructor(input: ReportInput, formats: Formats) {
    this.#input = input;
    this.#formats = formats;
    this.#days = daysOfReport(input);
    this.#breakdowns = this.#days.days.flatMap((day) => breakdownsAtHand(input.dayCache, day));
    this.#text = input.choices.trailSearch;
  }

  body(): ReportBody {
    const { buckets, unassigned } = meteringBuckets(this.#breakdowns);
    const tables =
      this.#text.trim() === '' ? [this.#bucketTable(buckets, unassigned)] : this.#foundTables(buckets);
    return {
      tables,
      notes: [...this.#missing(), ...this.#explanations()],
      search: {
        text: this.#text,
        hint: l10n.t('Part of a machine’s ID or name, a bucket’s ID or an identifier'),
      },
      actions: [],
    };
  }

  #foundTables(buckets: readonly MeteringBucket[]): ReportTable[] {
    const found = searchTrail(this.#text, this.#breakdowns, buckets, this.#input.account, MOST_ROWS);
    return [this.#bucketTable(found.buckets, undefined), this.#machineTable(found)];
  }

  /** Newest first; usage that is in no bucket yet comes above them. */
  #bucketTable(buckets: readonly MeteringBucket[], unassigned: Quantities | undefined): ReportTable {
    const first = unassigned === undefined ? [] : [this.#unassignedRow(unassigned)];
    const rows = buckets.slice(0, MOST_ROWS - first.length).map((bucket) => this.#bucketRow(bucket));
    return {
      caption: l10n.t('Metering buckets'),
      columns: [
        column(l10n.t('Metering bucket')),
        column(l10n.t('Usage')),
        column(l10n.t('Machines'), 'number'),
        column(l10n.t('Emitted')),
        column(l10n.t('To review')),
        column(l10n.t('Identifiers')),
      ],
      rows: [...first, ...rows],
      more: buckets.length - rows.length,
      empty: this.#empty(),
    };
  }

  #bucketRow(bucket: MeteringBucket): ReportRow {
    const { flags, machineCount, emitted, emittedAt, lag } = bucket;
    const when =
      emittedAt === undefined || lag === undefined
        ? emittedWords({ emitted })
        : lag < 0
          ? this.#formats.instant(emittedAt)
          : `${this.#formats.instant(emittedAt)}, +${durationWords(lag)}`;
    return {
      cells: [
        {
          text: `${this.#span(bucket.period)} · ${kindWords(bucket.kind)}`,
          detail: lines(
            l10n.t('Metering bucket {0}', displayText(bucket.id)),
            this.#edges(bucket.period),
            bucket.shared ? sharedSentence() : undefined,
          ),
        },
        this.#usageCell(bucket.quantities, bucket.asOf),
        { text: this.#formats.count(machineCount), detail: this.#metered(bucket.asOf) },
        { text: when, detail: emissionSentence(bucket, this.#formats) },
        {
          text: flagLabels(bucket).join(', '),
          ...(flags.length === 0
            ? {}
            : { detail: lines(...flags.map((flag) => displayText(flagSentence(flag, bucket), 400))) }),
        },
        identifierCell(bucket.meterEvents),
      ],
      tone: flags.length > 0 ? 'attention' : 'neutral',
    };
  }

  #unassignedRow(quantities: Quantities): ReportRow {
    const asOf = this.#breakdowns.reduce(
      (oldest, own) => Math.min(oldest, own.asOf),
      Number.POSITIVE_INFINITY,
    );
    const none: ReportCell = { text: '' };
    return {
      cells: [
        {
          text: l10n.t('Not in a bucket yet'),
          detail: l10n.t('Usage that the vendor has not put into a metering bucket yet'),
        },
        this.#usageCell(quantities, asOf),
        ...[none, none, none, none],
      ],
      tone: 'neutral',
    };
  }

  #machineTable(found: Found): ReportTable {
    const rows = found.rows.map((one) => this.#machineRow(one));
    return {
      caption: l10n.t('Machine buckets that match'),
      columns: [
        column(l10n.t('Machine')),
        column(l10n.t('Time (UTC)')),
        column(l10n.t('Usage')),
        column(l10n.t('Metering bucket')),
        column(l10n.t('Emitted')),
        column(l10n.t('Identifiers')),
      ],
      rows,
      more: found.rowCount - rows.length,
      empty: this.#empty(),
    };
  }

  #machineRow({ breakdown, row }: FoundRow): ReportRow {
    const { account, capabilities } = this.#input;
    const usage = bucketAt(breakdown.columns, row, breakdown.kind);
    const { subjectId: machineId, shape, meteringBucketIds, meterEvents, emittedAt } = usage;
    const buckets = displayText(meteringBucketIds.join(', '));
    return {
      cells: [
        {
          text: subjectLabel(capabilities, account, machineId),
          detail: lines(
            displayText(machineId),
            shape === undefined ? undefined : shapeWords(shape, this.#formats),
          ),
        },
        { text: `${this.#span(usage)} · ${kindWords(usage.kind)}`, detail: this.#edges(usage) },
        this.#usageCell(usage.quantities, breakdown.asOf),
        {
          text: buckets === '' ? l10n.t('Not in a bucket yet') : buckets,
          ...(meteringBucketIds.length > 1 ? { detail: sharedSentence() } : {}),
        },
        {
          text:
            emittedAt === undefined
              ? emittedWords({ emitted: meterEvents.length > 0 })
              : this.#formats.instant(emittedAt),
        },
        identifierCell(meterEvents),
      ],
      tone: 'neutral',
      opens: chartOf(usage),
    };
  }

  #usageCell(quantities: Quantities, asOf: EpochMs): ReportCell {
    return {
      text: usageLine(quantities, this.#formats),
      detail: lines(
        ...usageRows(quantities, this.#formats).map(([name, exact]) => `${name}: ${exact}`),
        this.#metered(asOf),
      ),
    };
  }

  #metered(askedAt: EpochMs): string {
    const { account } = this.#input;
    return displayText(provenanceText({ kind: 'metered', account, askedAt }, this.#formats));
  }

  /** What could not be shown, and why. */
  #missing(): string[] {
    const { dayCache } = this.#input;
    const { days, more } = this.#days;
    const notRead = days
      .filter((day) => breakdownsAtHand(dayCache, day).length < trailWants(day).length)
      .map((day) => {
        const failure = trailWants(day).flatMap((want) => dayCache.failure(want.part, day) ?? [])[0];
        return failure === undefined
          ? l10n.t('{0}: not loaded yet.', this.#formats.day(day))
          : l10n.t('{0}: {1}', this.#formats.day(day), failureWords(failure, this.#formats).sentence);
      });
    if (!isKnown(this.#input.usage)) {
      notRead.push(l10n.t('Some days of this month are not loaded, so there may be more.'));
    }
    if (more === 0) {
      return notRead;
    }
    return [
      ...notRead,
      more === 1
        ? l10n.t('One more day of the month contains this text; only the newest days are shown.')
        : l10n.t(
            '{0} more days of the month contain this text; only the newest days are shown.',
            this.#formats.count(more),
          ),
    ];
  }

  #explanations(): string[] {
    return [
      l10n.t(
        'Emitted: the vendor sent a meter event with this usage to its payment meter. This does not prove that it was billed, and neither does an identifier.',
      ),
      ...this.#usualLags(),
      l10n.t(
        'The vendor does not give a bucket’s own time, so you see the time of the machine usage in it, in UTC. The lag counts from its end.',
      ),
      l10n.t(
        'The search covers IDs of machines and your names for them, IDs of metering buckets, and identifiers of meter events, all of this month.',
      ),
    ];
  }

  /** One per kind, from the newest day. */
  #usualLags(): string[] {
    const newest = new Map<UsageBucket['kind'], string>();
    for (const breakdown of this.#breakdowns) {
      const [bucket] = bucketTrails(breakdown);
      if (bucket !== undefined && !newest.has(breakdown.kind)) {
        newest.set(breakdown.kind, usualLagSentence(breakdown.kind, bucket.usualLag));
      }
    }
    return [...newest.values()];
  }

  #empty(): string {
    const { days } = this.#days;
    if (days.length > this.#breakdowns.length / 2) {
      return l10n.t('Not loaded yet.');
    }
    const notKnown = notKnownWords(this.#input.usage);
    if (notKnown !== undefined) {
      return notKnown;
    }
    return this.#text.trim() === ''
      ? l10n.t('No metering buckets this month')
      : l10n.t('No ID of this month contains this text.');
  }

  /** `Fri 20 Nov 14:00–15:00`; a span of more than a day has its dates already. */
  #span({ start, end }: Period): string {
    const span = this.#formats.span(start, end);
    return utcDay(start) === utcDay(end - 1) ? `${this.#formats.day(utcDay(start))} ${span}` : span;
  }

  #edges({ start, end }: Period): string {
    return `${this.#formats.instant(start)} – ${this.#formats.instant(end)}`;
  }
}

function identifierCell(meterEvents: readonly MeterEventId[]): ReportCell {
  const rows = identifierRows(meterEvents);
  return rows.length === 0
    ? { text: '' }
    : {
        text: displayText(rows.map(([, id]) => id).join(', ')),
        detail: rows.map(([meter, id]) => `${meter}: ${displayText(id)}`).join(' · '),
      };
}

function sharedSentence(): string {
  return l10n.t(
    'Some of this usage goes into other buckets as well; the vendor does not say how it is split.',
  );
}

/** The chart that shows this machine's usage. */
function chartOf({ kind, subjectId: machineId }: UsageBucket): ChartTarget {
  return kind === 'storage'
    ? { chart: 'storage', meter: 'storage_mib_seconds', subjectId: machineId }
    : { chart: 'compute', meter: 'awake_seconds', subjectId: machineId };
}

function lines(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' · ');
}
