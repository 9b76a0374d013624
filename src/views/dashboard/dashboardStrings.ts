import { l10n } from '../../platform/l10n';
import { TOPS } from '../../protocol/choices';
import type { DashboardStrings, SubjectStrings } from '../../protocol/strings';
import type { Subject } from '../../protocol/subject';
import { MOST_DAYS, MOST_DAYS_OF_HOURS } from '../../usage/range';
import { subjectNoun } from '../words/subjectWords';

/** The page's words in the reader's language. */
export function dashboardStrings(): DashboardStrings {
  return { ...shared(), ...controls(), ...tables(), ...reports(), subjects: subjects() };
}

function shared() {
  return {
    refresh: l10n.t('Refresh'),
    refreshing: l10n.t('Refreshing…'),
    account: l10n.t('Account'),
    allAccounts: l10n.t('All accounts'),
    refreshAll: l10n.t('Refresh All Accounts'),
    sample: l10n.t('Sample data'),
    others: l10n.t('Others'),
    total: l10n.t('Total'),
    showTable: l10n.t('Show as table'),
    asOf: l10n.t('as of'),
    dataThrough: l10n.t('data through'),
    closedThrough: l10n.t('closed through'),
    closedThroughMeaning: l10n.t(
      'Calculated: usage metered up to this hour adds up to exactly the billed figure.',
    ),
    closedThroughUnknown: l10n.t(
      'unknown: there is no hour up to which metered usage adds up to the billed figure',
    ),
    open: l10n.t('not over yet'),
    noUsage: l10n.t('No usage in this period.'),
    unknown: l10n.t('unknown'),
    perDay: l10n.t('per UTC day'),
    perHour: l10n.t('per UTC hour'),
    latest: l10n.t('Latest'),
    average: l10n.t('Average'),
    largest: l10n.t('Largest'),
    peak: l10n.t('Peak'),
    chartKeys: l10n.t(
      'Move through the chart with the left and right arrow keys. Hold Shift to mark a part, and press Enter to zoom in on it. Press Escape to leave it, and again to zoom out.',
    ),
    dutyKeys: l10n.t('Move through days and hours with the four arrow keys.'),
    nothingYet: l10n.t('Nothing is loaded yet.'),
    noAccount: l10n.t('Add an account to see its usage, or look around with sample data first.'),
    addAccount: l10n.t('Add Account'),
    openSample: l10n.t('Try with Sample Data'),
    selected: l10n.t('Selected'),
    reveal: l10n.t('Reveal in Sidebar'),
    clearSelection: l10n.t('Clear Selection'),
  };
}

function controls() {
  return {
    period: l10n.t('Period'),
    thisMonth: l10n.t('This month'),
    lastMonth: l10n.t('Last month'),
    last7Days: l10n.t('Last 7 days'),
    last30Days: l10n.t('Last 30 days'),
    dates: l10n.t('Dates…'),
    firstDay: l10n.t('First day (UTC)'),
    lastDay: l10n.t('Last day (UTC)'),
    apply: l10n.t('Apply'),
    notADate: l10n.t('Enter both dates.'),
    reversed: l10n.t('The first day is after the last one.'),
    future: l10n.t('The last day is in the future.'),
    tooLong: l10n.t('The period is longer than {0} days.', MOST_DAYS),
    per: l10n.t('Per'),
    hour: l10n.t('Hour'),
    day: l10n.t('Day'),
    hoursNotAllowed: l10n.t('Hours can be shown for at most {0} days.', MOST_DAYS_OF_HOURS),
    hoursNotGiven: l10n.t('This vendor gives no hourly figures.'),
    stackBy: l10n.t('Stack by'),
    byMachine: l10n.t('By machine'),
    byShape: l10n.t('By shape'),
    shape: l10n.t('Shape'),
    form: l10n.t('Draw'),
    bars: l10n.t('Bars'),
    area: l10n.t('Area'),
    top: l10n.t('Show the largest'),
    tops: TOPS.map((top) => l10n.t('Top {0}', top)),
    previous: l10n.t('Compare'),
    previousMeaning: l10n.t('Draws the previous period as a dashed line.'),
    show: l10n.t('What to show'),
    meter: l10n.t('Meter'),
    zoomOut: l10n.t('Zoom Out'),
    zoomHint: l10n.t('Drag to zoom in, double-click to go back.'),
    exportRows: l10n.t('Export'),
    csv: l10n.t('All rows as CSV'),
    json: l10n.t('All rows as JSON'),
    savePicture: l10n.t('Save as Picture'),
    cancel: l10n.t('Cancel'),
    loading: l10n.t('Loading usage'),
    loaded: l10n.t('Loading has finished'),
    nextRequest: l10n.t('next request in'),
    requestsPerMinute: l10n.t('requests per minute'),
  };
}

function tables() {
  return {
    time: l10n.t('Time (UTC)'),
    value: l10n.t('Value'),
    unit: l10n.t('Unit'),
    exactValue: l10n.t('Exact'),
    note: l10n.t('Note'),
    filter: l10n.t('Filter'),
    filterHint: l10n.t('Part of a name or a time'),
    copyTable: l10n.t('Copy'),
    copied: l10n.t('Copied'),
    notCopied: l10n.t('Could not copy'),
    rows: l10n.t('Rows'),
    noRows: l10n.t('No row matches.'),
    sumOfRows: l10n.t('Sum of these rows'),
    awakeTime: l10n.t('Awake time'),
    duty: l10n.t('Duty'),
    showDuty: l10n.t('Show Duty by Hour'),
    dutyMeaning: l10n.t(
      'How much of their vCPUs machines used while awake, hour by hour. The hours of a day take one request, made only once.',
    ),
    hideDuty: l10n.t('Hide'),
    asleep: l10n.t('asleep'),
    usedTime: l10n.t('Used'),
    capacityTime: l10n.t('Available'),
    hourOfDay: l10n.t('Hour of day (UTC)'),
    busiestHour: l10n.t('Busiest hour of day (UTC)'),
  };
}

function reports() {
  return {
    answers: l10n.t('Answers'),
    skipToChart: l10n.t('Skip to Chart'),
    tones: {
      good: l10n.t('All well'),
      attention: l10n.t('Needs attention'),
      trouble: l10n.t('Trouble'),
    },
    showInChart: l10n.t('Show in the chart'),
    dismiss: l10n.t('Dismiss'),
    notShown: l10n.t('More rows, not shown'),
    overviewColumns: {
      account: l10n.t('Account'),
      vendor: l10n.t('Vendor'),
      figure: l10n.t('Month to date'),
      days: l10n.t('By day'),
      monthEnd: l10n.t('Month end'),
      budget: l10n.t('Fullest budget'),
      state: l10n.t('State'),
    },
    openAccount: l10n.t('Opens this account'),
  };
}

function subjects(): Readonly<Record<Subject, SubjectStrings>> {
  return {
    machine: {
      one: subjectNoun({ subject: 'machine' }),
      all: l10n.t('All machines'),
      selectHint: l10n.t('Click a machine in a chart, legend or table to highlight it everywhere.'),
    },
    group: {
      one: subjectNoun({ subject: 'group' }),
      all: l10n.t('All groups'),
      selectHint: l10n.t('Click a group in a chart, legend or table to highlight it everywhere.'),
    },
    category: {
      one: subjectNoun({ subject: 'category' }),
      all: l10n.t('All categories'),
      selectHint: l10n.t('Click a category in a chart, legend or table to highlight it everywhere.'),
    },
  };
}
