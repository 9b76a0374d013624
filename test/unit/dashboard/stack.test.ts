import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { createChartModel } from '../../../webview/dashboard/chart/chartModel';
import { niceScale } from '../../../webview/dashboard/chart/scale';
import {
  barPoints,
  heightAt,
  linePoints,
  netEdge,
  reachOf,
  seriesAt,
  stackLayers,
} from '../../../webview/dashboard/chart/stack';
import { chart, machine } from './charts';

const HOUR = 3600;

/** In units of 10^−8 cents. */
const DOLLAR = 10 ** 10;

/** Two machines over four slots, of which nothing is known in the third one. */
const LAYERS = stackLayers(
  createChartModel(
    chart([machine('low', [HOUR, 3 * HOUR, NaN, 2 * HOUR]), machine('high', [HOUR, NaN, NaN, 2 * HOUR])]),
  ),
  'awake_seconds',
);
const [LOW = new Float64Array(), HIGH = new Float64Array()] = LAYERS.map(({ upper }) => upper);

test('each series stands on the one below; one that is unknown among others adds nothing', () => {
  assert.deepEqual([...LOW], [1, 3, NaN, 2]);
  assert.deepEqual([...HIGH], [2, 3, NaN, 4]);
});

/** In dollars, as a table writes them: 300 − 50 in the first slot, a credit alone in the second, nothing known in the third. */
const CREDITED = stackLayers(
  createChartModel(
    chart(
      [
        machine('cpu', [200 * DOLLAR, 0, NaN, 10 * DOLLAR]),
        machine('credit', [-50 * DOLLAR, -20 * DOLLAR, NaN, 5 * DOLLAR]),
        machine('disk', [100 * DOLLAR, 0, NaN, 0]),
        machine('discount', [0, -5 * DOLLAR, NaN, 0]),
      ],
      { meter: 'paas.USD' },
    ),
  ),
  'paas.USD',
);

test('a credit is drawn below zero, as long as the table says, and takes nothing from the bars above', () => {
  const [cpu, credit, disk, discount] = CREDITED;
  assert.deepEqual([...(cpu?.upper ?? [])], [200, 0, NaN, 10]);
  assert.deepEqual([...(disk?.upper ?? [])], [300, 0, NaN, 15]);
  assert.deepEqual([...(credit?.lower ?? [])], [-50, -20, NaN, 0]);
  assert.deepEqual([...(discount?.lower ?? [])], [-50, -25, NaN, 0]);
  assert.deepEqual(
    CREDITED.map(({ hangs }) => hangs),
    [false, true, false, true],
  );
});

test('the net of a stack is marked where both signs are in it, and only there', () => {
  assert.deepEqual([...netEdge(CREDITED)], [250, NaN, NaN, NaN]);
  assert.deepEqual([...netEdge(LAYERS)], [NaN, NaN, NaN, NaN]);
  assert.deepEqual([...netEdge([])], []);
});

test('an axis holds three hundred and a credit of fifty, a month of credits alone, and hours of $0.0004', () => {
  const axisOf = (own: typeof LAYERS, others: number[] = []): unknown => {
    const { highest, lowest } = reachOf(own, others);
    const { min, max } = niceScale(highest, lowest);
    return [min, max];
  };
  const dollars = (...values: number[]): typeof LAYERS => {
    const series = values.map((value, index) => machine(String(index), [value * DOLLAR]));
    return stackLayers(createChartModel(chart(series, { meter: 'paas.USD' })), 'paas.USD');
  };
  assert.deepEqual(axisOf(dollars(300, -50)), [-100, 300]);
  assert.deepEqual(axisOf(dollars(-50, -20)), [-80, 0]);
  assert.deepEqual(axisOf(dollars(0.0004)), [0, 0.0004]);
  assert.deepEqual(axisOf(dollars(300), [-30, NaN]), [-100, 300]);
  assert.deepEqual(axisOf([]), [0, 1]);
});

test('what hangs below zero is found under the pointer', () => {
  for (const form of ['bars', 'area'] as const) {
    const own = { form, openFrom: 4, begun: 4 };
    assert.equal(seriesAt(CREDITED, own, { x: 0.5, y: -49 }), 1);
    assert.equal(seriesAt(CREDITED, own, { x: 0.5, y: -51 }), undefined);
    assert.equal(seriesAt(CREDITED, own, { x: 0.5, y: 250 }), 2);
    assert.equal(seriesAt(CREDITED, own, { x: 1.5, y: -24 }), 3);
  }
});

test('bars stand in the middle of their slots', () => {
  assert.deepEqual(barPoints(LOW, 1, 3), [
    { x: 1.5, y: 3 },
    { x: 2.5, y: NaN },
  ]);
  assert.deepEqual(barPoints(LOW, 0, 1, 2), [
    { x: 0.5, y: 1 },
    { x: 1.5, y: NaN },
  ]);
});

test('a line goes from middle to middle, is level beside a gap, and breaks in it', () => {
  assert.deepEqual(linePoints(LOW, 0, 4), [
    { x: 0, y: 1 },
    { x: 0.5, y: 1 },
    { x: 1.5, y: 3 },
    { x: 2, y: 3 },
    { x: 2.5, y: NaN },
    { x: 3, y: 2 },
    { x: 3.5, y: 2 },
    { x: 4, y: 2 },
  ]);
});

test('the closed and the open part of a line are drawn apart: an open slot does not pull the one before it down', () => {
  assert.deepEqual(linePoints(LOW, 0, 1).at(-1), { x: 1, y: 1 });
  assert.deepEqual(linePoints(LOW, 1, 2)[0], { x: 1, y: 3 });
});

test('one known slot alone is as wide as a slot', () => {
  const alone = linePoints(Float64Array.of(NaN, 5, NaN), 0, 3).filter(({ y }) => !Number.isNaN(y));
  assert.deepEqual([alone[0]?.x, alone.at(-1)?.x], [1, 2]);
});

const CLOSED = { openFrom: 4, begun: 4 };

test('what is under the pointer is the series that is drawn there', () => {
  const bars = { form: 'bars', ...CLOSED } as const;
  assert.equal(seriesAt(LAYERS, bars, { x: 0.1, y: 0.5 }), 0);
  assert.equal(seriesAt(LAYERS, bars, { x: 0.9, y: 1.5 }), 1);
  assert.equal(seriesAt(LAYERS, bars, { x: 0.9, y: 2.5 }), undefined);
  const area = { form: 'area', ...CLOSED } as const;
  assert.equal(seriesAt(LAYERS, area, { x: 0.9, y: 1.7 }), 0);
  assert.equal(seriesAt(LAYERS, area, { x: 0.9, y: 2.2 }), 1);
  assert.equal(seriesAt(LAYERS, { ...area, openFrom: 1 }, { x: 0.9, y: 1.7 }), 1);
});

test('nothing is under the pointer in a gap, below the axis and beside the chart', () => {
  for (const form of ['bars', 'area'] as const) {
    assert.equal(seriesAt(LAYERS, { form, ...CLOSED }, { x: 2.5, y: 0.1 }), undefined);
    assert.equal(seriesAt(LAYERS, { form, ...CLOSED }, { x: 0.5, y: -0.1 }), undefined);
    assert.equal(seriesAt(LAYERS, { form, ...CLOSED }, { x: 4.5, y: 0.1 }), undefined);
  }
});

test('the height at any place is on the line between the points that are drawn', () => {
  const height = fc.oneof(fc.integer({ min: 0, max: 1000 }), fc.constant(NaN));
  fc.assert(
    fc.property(
      fc.array(height, { minLength: 1, maxLength: 12 }),
      fc.double({ min: 0, max: 0.999999, noNaN: true }),
      fc.double({ min: 0, max: 0.999999, noNaN: true }),
      (heights, begin, share) => {
        const edge = Float64Array.from(heights);
        const from = Math.floor(begin * edge.length);
        const x = from + share * (edge.length - from);
        const points = linePoints(edge, from, edge.length);
        const next = points.findIndex((point) => point.x > x);
        const [a, b] = [points[next - 1], points[next]];
        const height = heightAt(edge, from, edge.length, x);
        const known = !Number.isNaN(edge[Math.floor(x)] ?? NaN);
        assert.equal(Number.isNaN(height), !known);
        if (known) {
          assert.ok(a && b);
          const drawn = a.y + ((b.y - a.y) * (x - a.x)) / (b.x - a.x);
          assert.ok(Math.abs(height - drawn) < 1e-6, `${height} is not ${drawn}`);
        }
      },
    ),
  );
});
