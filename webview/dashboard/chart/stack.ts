import type { Chart } from '../../../src/protocol/messages';
import { inDisplayUnit } from '../../../src/usage/format';
import type { MeterId } from '../../../src/usage/meter';
import type { ChartModel } from './chartModel';

/** A place on a chart: `x` in slots from the axis's begin, `y` in the unit for people. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The upper edge of one series in the stack, slot by slot; NaN where nothing is known. In the unit for people. */
export type Edge = Float64Array;

/** The upper edges of all series, from the lowest up. A series that is unknown where others are known adds nothing there. */
export function stackEdges({ cells, slotTotals }: ChartModel, meter: MeterId): Edge[] {
  const height = Float64Array.from(slotTotals, (reading) => (reading === undefined ? NaN : 0));
  return cells.map((row) => {
    row.forEach((amount, slot) => {
      height[slot] = (height[slot] ?? NaN) + (amount === undefined ? 0 : inDisplayUnit(amount, meter));
    });
    return height.slice();
  });
}

/** The bars of the slots `[from, to)`: the middle of each one's top. NaN in the slots `[to, until)`. */
export function barPoints(edge: Edge, from: number, to: number, until = to): Point[] {
  return Array.from({ length: until - from }, (_, index) => {
    const slot = from + index;
    return { x: slot + 0.5, y: slot < to ? (edge[slot] ?? NaN) : NaN };
  });
}

/**
 * The line over the slots `[from, to)`: from middle to middle, and level over the outer half of a slot beside which there
 * is no other, or none that is known: so one known slot alone is seen as well. A point whose `y` is NaN breaks the line.
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

/** How high that line is at a place over its slots; NaN where nothing is known. */
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
  edges: readonly Edge[],
  { form, openFrom, begun }: Pick<Chart, 'form' | 'openFrom' | 'begun'>,
  { x, y }: Point,
): number | undefined {
  const [from, to] = x < openFrom ? [0, openFrom] : [openFrom, begun];
  const index = edges.findIndex((edge) => {
    const height = form === 'bars' ? (edge[Math.floor(x)] ?? NaN) : heightAt(edge, from, to, x);
    return y >= 0 && y < height;
  });
  return index < 0 ? undefined : index;
}

function isKnown(y: number | undefined): y is number {
  return y !== undefined && !Number.isNaN(y);
}
