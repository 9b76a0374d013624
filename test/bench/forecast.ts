import { monthForecast } from '../../src/insights/forecast/monthForecast';
import { DAY, daysOf, monthOf, utcDay } from '../../src/usage/time';
import { type Shape, type ShapedSeries, shapedSeries, SHAPES } from './forecastShapes';

const SERIES = 150;
/** The days of the month on which a forecast is made: so many of its days are whole. */
const CUTS = [4, 7, 10, 13, 16, 19, 22, 25, 28];
/** Days that are known before the month: from none on. */
const MOST_BEFORE = 150;
/** Their first instants, with 31, 29 and 30 days. */
const MONTHS = [Date.UTC(2027, 0, 1), Date.UTC(2028, 1, 1), Date.UTC(2027, 3, 1)];
const SEED = 1;

/** Mean absolute errors as shares of what the months came to, and the share of months that the interval held. */
interface Score {
  forecasts: number;
  ours: number;
  meanRate: number;
  lastDay: number;
  held: number;
}

/** Back-tests the forecast over seeded series of every shape. Ends with 1 when it falls short on one of them. */
function main(): void {
  console.log('                 forecasts  ours     mean rate  last day  80 % interval');
  const missed: string[] = [];
  const judge = (name: string, shape: Shape, counts: Counts, judged: Judged): void => {
    const score = scoreOf(shape, counts);
    const short = failings(name, score, judged);
    console.log(`${line(name, score)}  ${short.length > 0 ? 'MISSED' : 'ok'}`);
    missed.push(...short);
  };
  for (const shape of SHAPES) {
    const mustBeat = shape === 'weekday' || shape === 'growing';
    judge(shape, shape, () => true, { mustBeat, interval: shape !== 'stopped' });
  }
  // Nothing in a series tells of its first stop: before it no interval can hold what comes, whoever makes it.
  const isAfter: Counts = ({ stop = 0 }, known) => known > stop;
  judge('before the stop', 'stopped', (...of) => !isAfter(...of), { mustBeat: false, interval: false });
  judge('after the stop', 'stopped', isAfter, { mustBeat: false, interval: true });
  missed.forEach((failing) => {
    console.error(failing);
  });
  process.exitCode = missed.length > 0 ? 1 : 0;
}

/** Whether a forecast counts, by its series and how many days of it are known. */
type Counts = (series: ShapedSeries, known: number) => boolean;

/** What is asked of the forecast: to be better than both plain ways, or no more than a tenth worse; and an interval that holds. */
interface Judged {
  readonly mustBeat: boolean;
  readonly interval: boolean;
}

function scoreOf(shape: Shape, counts: Counts): Score {
  const score: Score = { forecasts: 0, ours: 0, meanRate: 0, lastDay: 0, held: 0 };
  for (let seed = 0; seed < SERIES; seed += 1) {
    const start = MONTHS[seed % MONTHS.length] ?? 0;
    const month = daysOf(monthOf(start)).length;
    const before = Math.floor((MOST_BEFORE * seed) / SERIES);
    const series = shapedSeries(shape, SEED + seed, before, month);
    for (const cut of CUTS) {
      if (cut < month && counts(series, before + cut)) {
        addForecast(score, series, { start, before, cut, month });
      }
    }
  }
  return score;
}

function addForecast(
  score: Score,
  { values }: ShapedSeries,
  { start, before, cut, month }: { start: number; before: number; cut: number; month: number },
): void {
  const known = values.slice(0, before + cut);
  const soFar = sum(known.slice(before));
  const came = sum(values.slice(before));
  const days = new Map(known.map((value, day) => [utcDay(start + (day - before) * DAY), value]));
  const forecast = monthForecast({ days }, start + cut * DAY + DAY / 2);
  if (!forecast) {
    throw new Error('no forecast where there are enough days');
  }
  score.forecasts += 1;
  score.ours += Math.abs(forecast.total - came) / came;
  score.meanRate += Math.abs((soFar / cut) * month - came) / came;
  score.lastDay += Math.abs(soFar + (known.at(-1) ?? 0) * (month - cut) - came) / came;
  score.held += forecast.low <= came && came <= forecast.high ? 1 : 0;
}

function failings(
  name: string,
  { forecasts, ours, meanRate, lastDay, held }: Score,
  { mustBeat, interval }: Judged,
): string[] {
  const most = Math.min(meanRate, lastDay) * (mustBeat ? 1 : 1.1);
  const failings: string[] = [];
  if (!(mustBeat ? ours < most : ours <= most)) {
    failings.push(`${name}: the forecast errs by more than it may beside the two plain ways`);
  }
  if (interval && !(held >= 0.7 * forecasts && held <= 0.9 * forecasts)) {
    failings.push(`${name}: the interval holds too few outcomes, or too many`);
  }
  return failings;
}

function line(name: string, { forecasts, ours, meanRate, lastDay, held }: Score): string {
  const percent = (part: number): string => `${((100 * part) / forecasts).toFixed(1)} %`;
  const cells = [String(forecasts).padStart(9), percent(ours).padEnd(7), percent(meanRate).padEnd(9)];
  return [name.padEnd(15), cells.join('  '), percent(lastDay).padEnd(8), percent(held)].join('  ');
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

main();
