import type { Chart } from '../../../src/protocol/chart';
import { DAY, type EpochMs, HOUR, utcDay } from '../../../src/usage/time';
import type { Language } from '../parts/speech';

/** A label below the time axis, centred at `x`, in slots from the axis's start. */
export interface AxisLabel {
  readonly x: number;
  /** One line or two. */
  readonly lines: readonly string[];
}

/** A mark on the axis: the middle of a day slot, or the start of an hour slot. */
interface Mark {
  readonly x: number;
  readonly at: EpochMs;
}

/** The width of one label, with the space to the next, in CSS pixels. */
const DAY_ROOM = 20;
const MONTH_ROOM = 36;
const HOUR_ROOM = 46;

const DAY_STEPS = [1, 2, 7, 14];
const HOUR_STEPS = [1, 3, 6, 12];

/** As many labels as fit below an axis of `width` CSS pixels: hours, days or months. */
export function axisLabels(
  { starts, granularity }: Pick<Chart, 'starts' | 'granularity'>,
  width: number,
  language: Language,
): AxisLabel[] {
  const slots = Array.from(starts, (at, x): Mark => ({ x, at }));
  if (granularity === 'day') {
    return dayLabels(
      slots.map(({ x, at }) => ({ x: x + 0.5, at })),
      width,
      language,
    );
  }
  const step = HOUR_STEPS.find((hours) => (slots.length / hours) * HOUR_ROOM <= width);
  return step === undefined
    ? dayLabels(slots.filter(isMidnight), width, language)
    : hourLabels(slots, step, language);
}

/** `14:00`, with the day below midnights or, if there is none, below the first hour. */
function hourLabels(slots: readonly Mark[], step: number, { formats }: Language): AxisLabel[] {
  const shown = slots.filter(({ at }) => (at / HOUR) % step === 0);
  const dated = shown.some(isMidnight) ? shown.filter(isMidnight) : shown.slice(0, 1);
  return shown.map((mark) => {
    const time = formats.clock(mark.at).slice(0, 5);
    return { x: mark.x, lines: dated.includes(mark) ? [time, formats.day(utcDay(mark.at))] : [time] };
  });
}

/** `20`. If there are several months, the first day and each change of month have the month below. */
function dayLabels(days: readonly Mark[], width: number, language: Language): AxisLabel[] {
  const step = DAY_STEPS.find((count) => (days.length / count) * DAY_ROOM <= width);
  if (step === undefined) {
    return monthLabels(days, width, language);
  }
  const shown = days.filter((_, index) => index % step === 0);
  const months = shown.map(({ at }) => language.formats.shortMonth(at));
  const several = new Set(months).size > 1;
  return shown.map(({ x, at }, index) => {
    const day = language.formats.dayOfMonth(utcDay(at));
    const month = months[index];
    return { x, lines: several && month !== undefined && month !== months[index - 1] ? [day, month] : [day] };
  });
}

/** `Nov`, with the year below the first month and each change of year. */
function monthLabels(days: readonly Mark[], width: number, { formats }: Language): AxisLabel[] {
  const firsts = days.filter(({ at }) => new Date(at).getUTCDate() === 1);
  const step = Math.ceil((firsts.length * MONTH_ROOM) / width);
  const shown = firsts.filter((_, index) => index % step === 0);
  const years = shown.map(({ at }) => utcDay(at).slice(0, 4));
  return shown.map(({ x, at }, index) => {
    const year = years[index];
    const month = formats.shortMonth(at);
    return { x, lines: year !== undefined && year !== years[index - 1] ? [month, year] : [month] };
  });
}

function isMidnight({ at }: Mark): boolean {
  return at % DAY === 0;
}
