import type { OverviewColumn } from './overview';
import type { Tone } from './report';
import type { Subject } from './subject';

/** Words for a kind of {@link Subject}. */
export interface SubjectStrings {
  /** `Machine` */
  readonly one: string;
  /** Names all of them together: `All machines`. */
  readonly all: string;
  /** How to select one, while none is selected. */
  readonly selectHint: string;
}

/**
 * Words for the page, in the reader's language: the page has no access to VS Code's translations.
 * Words and whole sentences only; the page joins them with figures by colons, commas and line breaks.
 */
export interface DashboardStrings {
  readonly refresh: string;
  readonly refreshing: string;
  readonly account: string;
  /** Chooses all accounts, and names them together. */
  readonly allAccounts: string;
  /** Reads all accounts again. */
  readonly refreshAll: string;
  readonly sample: string;
  readonly others: string;
  readonly total: string;
  readonly showTable: string;
  /** Stands before a time: `as of`. */
  readonly asOf: string;
  /** Stands before a time: `data through`. */
  readonly dataThrough: string;
  /** Stands before a time: `closed through`. */
  readonly closedThrough: string;
  /** Explains what `closed through` is, as its title. */
  readonly closedThroughMeaning: string;
  /** Replaces that time if it is unknown: `closed through: unknown`. */
  readonly closedThroughUnknown: string;
  /** Describes a slot whose figures will still grow: `not over yet`. */
  readonly open: string;
  readonly noUsage: string;
  readonly unknown: string;
  /** Stand after a unit: `per UTC day`, `per UTC hour`. */
  readonly perDay: string;
  readonly perHour: string;
  /** Names the newest figure of a level, which has no total. */
  readonly latest: string;
  /** Names the mean of the closed slots: `Average`. */
  readonly average: string;
  readonly largest: string;
  readonly peak: string;
  /** How to read a chart by keyboard: arrow keys, Shift and arrows to mark, Enter to zoom, Escape to leave. */
  readonly chartKeys: string;
  /** How to read the duty map by keyboard: four arrow keys. */
  readonly dutyKeys: string;
  /** In place of the charts while nothing has been fetched and nothing is being fetched. */
  readonly nothingYet: string;
  /** In place of everything while there is no account, above the two buttons. */
  readonly noAccount: string;
  readonly addAccount: string;
  readonly openSample: string;

  /* The controls. */
  readonly period: string;
  readonly thisMonth: string;
  readonly lastMonth: string;
  readonly last7Days: string;
  readonly last30Days: string;
  /** A custom range. */
  readonly dates: string;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly apply: string;
  /** Why two dates are not a valid range, by `RangeTrouble`. */
  readonly notADate: string;
  readonly reversed: string;
  readonly future: string;
  readonly tooLong: string;
  /** `Per` hour or day. */
  readonly per: string;
  readonly hour: string;
  readonly day: string;
  /** Why hours cannot be chosen: the period is too long, or the vendor has none. */
  readonly hoursNotAllowed: string;
  readonly hoursNotGiven: string;
  readonly stackBy: string;
  /** Choices of it: `By machine`, `By shape`. */
  readonly byMachine: string;
  readonly byShape: string;
  readonly subjects: Readonly<Record<Subject, SubjectStrings>>;
  readonly shape: string;
  readonly form: string;
  readonly bars: string;
  readonly area: string;
  /** How many are shown separately, and a text for each choice: `Top 7`. */
  readonly top: string;
  readonly tops: readonly string[];
  /** Whether the previous period is drawn, and what that means. */
  readonly previous: string;
  readonly previousMeaning: string;
  /** Names the toolbar. */
  readonly show: string;
  readonly meter: string;
  /** A button that ends the zoom. */
  readonly zoomOut: string;
  /** How to zoom, as the title of a chart. */
  readonly zoomHint: string;
  readonly exportRows: string;
  readonly csv: string;
  readonly json: string;
  readonly savePicture: string;
  readonly cancel: string;
  /** Stands before `3 / 21`, the number of requests done and the total. */
  readonly loading: string;
  /** Announces the end of loading: `Reading has ended`. */
  readonly loaded: string;
  /** Stands before a time in seconds: `next request in`. */
  readonly nextRequest: string;
  /** Names how many requests may go within a minute. */
  readonly requestsPerMinute: string;

  /* Selection. */
  readonly selected: string;
  readonly reveal: string;
  readonly clearSelection: string;

  /* The table. */
  readonly time: string;
  readonly value: string;
  readonly unit: string;
  readonly exactValue: string;
  readonly note: string;
  readonly filter: string;
  readonly filterHint: string;
  readonly copyTable: string;
  readonly copied: string;
  /** Shown if the clipboard refused. */
  readonly notCopied: string;
  /** Stands before a count: `Rows`. */
  readonly rows: string;
  readonly noRows: string;
  readonly sumOfRows: string;

  /* The duty map. */
  readonly awakeTime: string;
  readonly duty: string;
  readonly showDuty: string;
  /** What the duty map needs, under its button. */
  readonly dutyMeaning: string;
  readonly hideDuty: string;
  readonly asleep: string;
  readonly usedTime: string;
  readonly capacityTime: string;
  readonly hourOfDay: string;
  readonly busiestHour: string;

  /* The reports. */
  /** Heading of the reports, for screen readers. */
  readonly answers: string;
  /** A link, seen only with the focus, that leads to the first chart. */
  readonly skipToChart: string;
  /** Stand before what they describe, for screen readers: `Needs attention`. */
  readonly tones: Readonly<Record<Exclude<Tone, 'neutral'>, string>>;
  /** What a click on a row does. */
  readonly showInChart: string;
  readonly dismiss: string;
  /** Stands before a count of rows: `Further rows, not shown`. */
  readonly notShown: string;

  /* The overview of all accounts. */
  readonly overviewColumns: Readonly<Record<OverviewColumn, string>>;
  /** What a click on an account does. */
  readonly openAccount: string;
}
