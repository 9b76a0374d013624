import type { Choices } from '../../../protocol/choices';
import type { Figure } from '../../../protocol/messages';
import type { Report, ReportBody, ReportId, Tone } from '../../../protocol/report';
import type { ProviderCapabilities } from '../../../providers/capabilities';
import type { AccountUsage } from '../../../store/accountUsage';
import type { DayKey } from '../../../store/dayBlock';
import type { DayCache } from '../../../store/dayCache';
import type { Account } from '../../../usage/account';
import type { EpochMs } from '../../../usage/time';

/** The input of reports. */
export interface ReportInput {
  readonly account: Account;
  readonly capabilities: ProviderCapabilities;
  readonly usage: AccountUsage;
  readonly dayCache: DayCache;
  readonly choices: Choices;
  readonly now: EpochMs;
  /** The figures of the shown period. */
  readonly figures: readonly Figure[];
}

/** The answer, in a few words and in one line. */
export interface ReportHead {
  readonly title: string;
  readonly short: string;
  readonly summary: string;
  readonly tone: Tone;
}

/** Makes one of the dashboard's reports. */
export interface ReportMaker {
  readonly id: ReportId;
  /** Whether the account's vendor supports the report. */
  readonly applies: (capabilities: ProviderCapabilities) => boolean;
  /** The days that it needs, loaded while the dashboard shows it. @param open whether a person has opened it */
  readonly wants: (input: ReportInput, open: boolean) => readonly DayKey[];
  /** Made with every view, so it must be cheap and use only cached data. Undefined if there is no such report yet. */
  readonly head: (input: ReportInput) => ReportHead | undefined;
  /** Made while the report is open. */
  readonly body: (input: ReportInput) => ReportBody;
}

export interface MadeReports {
  readonly reports: readonly Report[];
  readonly wants: readonly DayKey[];
}

/** The reports of an account; opened ones include their tables. */
export function makeReports(makers: readonly ReportMaker[], input: ReportInput): MadeReports {
  const own = makers.filter(({ applies }) => applies(input.capabilities));
  const isOpen = ({ id }: ReportMaker): boolean => input.choices.reports.includes(id);
  return {
    reports: own.flatMap((maker): Report[] => {
      const head = maker.head(input);
      return head === undefined
        ? []
        : [{ id: maker.id, ...head, ...(isOpen(maker) ? { body: maker.body(input) } : {}) }];
    }),
    wants: own.flatMap((maker) => maker.wants(input, isOpen(maker))),
  };
}
