import { FLEETS, type GrowthPoint, LENGTHS } from './growth';
import { shown } from './table';

/** One of the costs, as a panel of the chart draws it. */
interface Panel {
  readonly title: string;
  readonly unit: string;
  readonly of: (point: GrowthPoint) => number;
}

export const PANELS: readonly Panel[] = [
  { title: 'Totals by machine', unit: 'ms', of: ({ totals }) => totals },
  { title: 'Chart by hour', unit: 'ms', of: ({ chart }) => chart },
  { title: 'Database file', unit: 'MB', of: ({ bytes }) => bytes / 1e6 },
];

/** In CSS pixels. */
const [WIDTH, HEIGHT] = [290, 220];
const PLOT = { left: 48, top: 44, right: 238, bottom: 172 };

const MOST_MACHINES = Math.max(...FLEETS);

/** Of text and lines: to be read on a white page and on a black one. */
const INK = '#737c86';

/** Lines differ in colour, in dashes and by the words at their ends. */
const LINES = [
  { colour: '#2f81f7', dash: '2 3' },
  { colour: '#c2681c', dash: '7 3' },
  { colour: '#2e9e4f', dash: 'none' },
] as const;

/** The measured points as an SVG: a panel for each cost, a line for each number of days, machines to the right. */
export function growthChart(points: readonly GrowthPoint[]): string {
  const width = WIDTH * PANELS.length;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${HEIGHT}" viewBox="0 0 ${width} ${HEIGHT}" role="img" aria-labelledby="title desc" font-family="system-ui, sans-serif" font-size="11" fill="${INK}">`,
    '<title id="title">How costs grow with machines and days</title>',
    `<desc id="desc">${description(points)}</desc>`,
    ...PANELS.map(
      (panel, index) => `<g transform="translate(${index * WIDTH} 0)">${drawn(panel, points)}</g>`,
    ),
    '</svg>\n',
  ].join('\n');
}

function description(points: readonly GrowthPoint[]): string {
  const most = points.filter(({ machines }) => machines === MOST_MACHINES);
  const words = PANELS.map(({ title, unit, of }) => {
    const ends = most.map((point) => `${shown(of(point))} ${unit} over ${daysText(point.days)}`);
    return `${title}: ${ends.join(', ')}.`;
  });
  return `With ${MOST_MACHINES.toLocaleString('en')} machines. ${words.join(' ')}`;
}

function drawn({ title, unit, of }: Panel, points: readonly GrowthPoint[]): string {
  const step = niceStep(Math.max(...points.map(of)) / 4);
  const top = Math.ceil(Math.max(...points.map(of)) / step) * step;
  const x = (machines: number): number => PLOT.left + (machines / MOST_MACHINES) * (PLOT.right - PLOT.left);
  const y = (value: number): number => PLOT.bottom - (value / top) * (PLOT.bottom - PLOT.top);
  const labels: string[] = [];
  let above = Infinity;
  const lines = LENGTHS.map((days, index) => {
    const own = points.filter((point) => point.days === days);
    const end = own.at(-1);
    const { colour, dash } = LINES[index] ?? LINES[0];
    // Names do not overlap, however near the ends of the lines are.
    above = Math.min(above - 13, end === undefined ? 0 : y(of(end)) + 4);
    labels.push(
      `<text x="${PLOT.right + 5}" y="${above.toFixed(1)}" fill="${colour}">${daysText(days)}</text>`,
    );
    const at = own.map((point) => `${x(point.machines).toFixed(1)},${y(of(point)).toFixed(1)}`);
    return `<polyline points="${at.join(' ')}" fill="none" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}"/>`;
  });
  const values = Array.from({ length: Math.round(top / step) + 1 }, (_, index) => index * step);
  return [
    `<text x="8" y="18" font-size="13" font-weight="600">${title}, ${unit}</text>`,
    ...values.map(
      (value) =>
        `<line x1="${PLOT.left}" x2="${PLOT.right}" y1="${y(value).toFixed(1)}" y2="${y(value).toFixed(1)}" stroke="${INK}" stroke-opacity="${value === 0 ? 1 : 0.3}"/><text x="${PLOT.left - 6}" y="${(y(value) + 4).toFixed(1)}" text-anchor="end">${value.toLocaleString('en')}</text>`,
    ),
    ...[0, 1000, 2000, 3000, MOST_MACHINES].map(
      (machines) =>
        `<text x="${x(machines).toFixed(1)}" y="${PLOT.bottom + 16}" text-anchor="middle">${machines.toLocaleString('en')}</text>`,
    ),
    `<text x="${(PLOT.left + PLOT.right) / 2}" y="${PLOT.bottom + 34}" text-anchor="middle">machines</text>`,
    ...lines,
    ...labels,
  ].join('');
}

/** 1, 2 or 5 times a power of ten, at least `value`. */
function niceStep(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return power * ([1, 2, 5, 10].find((factor) => factor * power >= value) ?? 10);
}

export function daysText(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}
