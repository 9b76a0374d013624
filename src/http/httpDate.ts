import type { EpochMs } from '../usage/time';

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const SHORT_DAY = `(?<weekday>${DAYS.map((day) => day.slice(0, 3)).join('|')})`;
const LONG_DAY = `(?<weekday>${DAYS.join('|')})`;
const MONTH = `(?<month>${MONTHS.join('|')})`;
const TIME = String.raw`(?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d)`;

/** The three forms of RFC 9110, 5.6.7: the one to send, RFC 850's, and C's `asctime`. */
const FORMS: readonly RegExp[] = [
  String.raw`${SHORT_DAY}, (?<day>\d\d) ${MONTH} (?<year>\d{4}) ${TIME} GMT`,
  String.raw`${LONG_DAY}, (?<day>\d\d)-${MONTH}-(?<year>\d\d) ${TIME} GMT`,
  String.raw`${SHORT_DAY} ${MONTH} (?<day>\d\d| \d) ${TIME} (?<year>\d{4})`,
].map((form) => new RegExp(`^${form}$`));

const FURTHEST_YEARS_AHEAD = 50;

/**
 * Parses an HTTP date; undefined for any other text, and for a day that does not exist.
 *
 * @param now decides the century of a two-digit year: a date more than 50 years ahead is taken as past
 */
export function httpDate(text: string, now: EpochMs): EpochMs | undefined {
  const found = FORMS.map((form) => form.exec(text)?.groups).find((groups) => groups !== undefined);
  if (found === undefined) {
    return undefined;
  }
  const { weekday = '', day, month = '', year = '', hour, minute, second } = found;
  const fields = [MONTHS.indexOf(month), Number(day), Number(hour), Number(minute)] as const;
  // A leap second counts as the next minute's first.
  const [, , hours, minutes] = fields;
  if (hours > 23 || minutes > 59 || Number(second) > 60) {
    return undefined;
  }
  const at = atFields(year.length === 4 ? Number(year) : nearestYear(Number(year), fields, now), fields);
  const date = new Date(at);
  // A day that its month lacks becomes a day of the next or previous month.
  const isThatDay = date.getUTCDate() === fields[1] && DAYS[date.getUTCDay()]?.startsWith(weekday) === true;
  return isThatDay ? at + Number(second) * 1000 : undefined;
}

type Fields = readonly [month: number, day: number, hour: number, minute: number];

function nearestYear(lastTwoDigits: number, fields: Fields, now: EpochMs): number {
  const thisYear = new Date(now).getUTCFullYear();
  const year = thisYear - (thisYear % 100) + lastTwoDigits;
  const limit = new Date(now).setUTCFullYear(thisYear + FURTHEST_YEARS_AHEAD);
  const candidates = [year + 100, year, year - 100];
  return candidates.find((own) => atFields(own, fields) <= limit) ?? year;
}

/** Takes years before 100 literally. */
function atFields(year: number, [month, day, hour, minute]: Fields): EpochMs {
  return new Date(Date.UTC(2000, month, day, hour, minute)).setUTCFullYear(year, month, day);
}
