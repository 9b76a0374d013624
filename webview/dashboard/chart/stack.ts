import type { Chart } from '../../../src/protocol/chart';
import { inDisplayUnit } from '../../../src/usage/format';
import type { MeterId } from '../../../src/usage/meter';
import type { ChartModel } from './chartModel';

/** A point on a chart: `x` in slots from the axis's start, `y` in display units. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** How far something reaches from zero, slot by slot; NaN where nothing is known. In display units. */
export type Edge = Float64Array;

/** One series in the stack: positive values stand on the series before it, negative values hang below them. */
export interface Layer {
  readonly upper: Edge;
  readonly lower: Edge;
  /** Whether any value of this series is below zero, as with discounts and credits. */
  readonly hangs: boolean;
}

/** All series, from zero outwards. One that is unknown where others are known adds nothing there. */
export function stackLayers({ cells, slotTotals }: ChartModel, meter: MeterId): Layer[] {
  const upper = Float64Array.from(slotTotals, (reading) => (reading === undefined ? NaN : 0));
  const lower = upper.slice();
  return cells.map((row) => {
    let hangs = false;
    row.forEach((amount, slot) => {
      const height = amount === undefined ? 0 : inDisplayUnit(amount, meter);
      const edge = height < 0 ? lower : upper;
      edge[slot] = (edge[slot] ?? NaN) + height;
      hangs ||= height < 0;
    });
    return { upper: upper.slice(), lower: lower.slice(), hangs };
  });
}

/** The net value of a stack with parts above and below zero; NaN elsewhere, where its end shows the value. */
export function netEdge(layers: readonly Layer[]): Edge {
  const { upper, lower } = layers.at(-1) ?? { upper: new Float64Array(), lower: new Float64Array() };
  return upper.map((high, slot) => {
    const low = lower[slot] ?? NaN;
    return high > 0 && low < 0 ? high + low : NaN;
  });
}

/** How far a stack and other heights reach from zero; the outermost layer contains all others. */
export function reachOf(
  layers: readonly Layer[],
  others: Iterable<number>,
): { highest: number; lowest: number } {
  const { upper = [], lower = [] } = layers.at(-1) ?? {};
  const known = [0, ...upper, ...lower, ...others].filter(isKnown);
  return { highest: Math.max(...known), lowest: Math.min(...known) };
}

export function isAnyKnown(edge: Edge): boolean {
  return edge.some(isKnown);
}

/** The middle of each bar's top in the slots `[from, to)`; NaN in the slots `[to, until)`. */
export function barPoints(edge: Edge, from: number, to: number, until = to): Point[] {
  return Array.from({ length: until - from }, (_, index) => {
    const slot = from + index;
    return { x: slot + 0.5, y: slot < to ? (edge[slot] ?? NaN) : NaN };
  });
}

/**
 * The line over the slots `[from, to)`, from middle to middle. It is level over a slot's outer half if the slot beside it
 * is missing or unknown, so that a single known slot is visible. A point whose `y` is NaN breaks the line.
 */
export function linePoints(edge: Edge, from: number, to: number): Point[] {
  const points: Point[] = [];
  for (let slot = from; slot < to; slot += 1) {
    const y = edge[slot];
    if (!isKnown(y)) {
      points.push({ x: slot + 0.5, y: NaN });
      continue;
    }
    if (slot === from || !isKnown(edge[slot - 1])) {
      points.push({ x: slot, y });
    }
    points.push({ x: slot + 0.5, y });
    if (slot === to - 1 || !isKnown(edge[slot + 1])) {
      points.push({ x: slot + 1, y });
    }
  }
  return points;
}

/** The height of that line at `x`; NaN where nothing is known. */
export function heightAt(edge: Edge, from: number, to: number, x: number): number {
  const slot = Math.floor(x);
  const y = edge[slot] ?? NaN;
  const fromMiddle = x - slot - 0.5;
  const beside = slot + Math.sign(fromMiddle);
  const next = beside >= from && beside < to ? edge[beside] : undefined;
  return isKnown(next) ? y + (next - y) * Math.abs(fromMiddle) : y;
}

/** The series at a place in the stack; undefined above it, below it and where nothing is known. */
export function seriesAt(
  layers: readonly Layer[],
  { form, openFrom, begun }: Pick<Chart, 'form' | 'openFrom' | 'begun'>,
  { x, y }: Point,
): number | undefined {
  const [from, to] = x < openFrom ? [0, openFrom] : [openFrom, begun];
  const reach = (edge: Edge): number =>
    form === 'bars' ? (edge[Math.floor(x)] ?? NaN) : heightAt(edge, from, to, x);
  const index = layers.findIndex(({ upper, lower }) => (y < 0 ? y > reach(lower) : y < reach(upper)));
  return index < 0 ? undefined : index;
}

function isKnown(y: number | undefined): y is number {
  return y !== undefined && !Number.isNaN(y);
}
