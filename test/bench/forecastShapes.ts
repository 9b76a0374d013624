import { mulberry32 } from '../simulator/random';

/** What a series of days looks like. Values are in no unit in particular. */
export type Shape = 'steady' | 'weekday' | 'growing' | 'bursty' | 'stopped';

export const SHAPES: readonly Shape[] = ['steady', 'weekday', 'growing', 'bursty', 'stopped'];

/** A series that ends with the month in question. */
export interface ShapedSeries {
  readonly values: readonly number[];
  /** Of `stopped`: the index of the first quiet day, in the middle of the month. One in four starts again. */
  readonly stop?: number;
}

interface Chance {
  /** In [from, to). */
  between: (from: number, to: number) => number;
  /** Of mean 0 and variance 1. */
  normal: () => number;
}

/** The days of `before` days and of one month of `month` days; the same arguments give the same series. */
export function shapedSeries(shape: Shape, seed: number, before: number, month: number): ShapedSeries {
  const chance = chanceOf(seed);
  const days = Array.from({ length: before + month }, (_, day) => day);
  const level = Math.exp(chance.between(0, 8));
  const spread = chance.between(0.05, 0.3);
  const noise = (): number => Math.exp(spread * chance.normal());
  switch (shape) {
    case 'steady':
      return { values: days.map(() => level * noise()) };
    case 'weekday': {
      const [rest, phase] = [chance.between(0, 0.6), Math.floor(chance.between(0, 7))];
      return { values: days.map((day) => level * noise() * ((day + phase) % 7 < 2 ? rest : 1)) };
    }
    case 'growing': {
      const perDay = chance.between(0.01, 0.04);
      return { values: days.map((day) => level * noise() * (1 + perDay * day)) };
    }
    case 'bursty': {
      const [share, height] = [chance.between(0.05, 0.3), chance.between(3, 10)];
      return {
        values: days.map(() => level * noise() * (chance.between(0, 1) < share ? height * noise() : 0.5)),
      };
    }
    case 'stopped': {
      const stop = before + Math.floor(chance.between(8, 17));
      const rest = Math.max(0, chance.between(-0.05, 0.05));
      const pause = chance.between(0, 1) < 0.25 ? Math.floor(chance.between(3, 12)) : Infinity;
      const isQuiet = (day: number): boolean => day >= stop && day < stop + pause;
      return { values: days.map((day) => level * noise() * (isQuiet(day) ? rest : 1)), stop };
    }
  }
}

function chanceOf(seed: number): Chance {
  const random = mulberry32(seed);
  return {
    between: (from, to) => from + (to - from) * random(),
    // Box and Muller; 1 − random, since random may be 0
    normal: () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
  };
}
