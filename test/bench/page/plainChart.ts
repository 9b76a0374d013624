import type { PlainChart } from '../results';

/** The part of Chart.js that is used here; the whole library is loaded into the page as a script. */
interface ChartJs {
  new (canvas: HTMLCanvasElement, configuration: object): { update(): void; destroy(): void };
}

/** What a dashboard does without a thought: every series, an object a point, parsed by the library, nothing switched off. */
export async function plainChart(size: {
  series: number;
  slots: number;
  rounds: number;
}): Promise<PlainChart> {
  const { Chart } = globalThis as unknown as { Chart: ChartJs };
  const nextFrame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
  const start = Date.UTC(2026, 9, 1);
  const step = size.slots > 100 ? 3_600_000 : 86_400_000;
  const datasets = Array.from({ length: size.series }, (_, series) => ({
    label: `machine-${series}`,
    data: Array.from({ length: size.slots }, (_slot, slot) => ({
      x: new Date(start + slot * step).toISOString(),
      y: ((series * 31 + slot * 17) % 3600) / 3600,
    })),
  }));
  const bytes = JSON.stringify(datasets).length;
  const frame = document.createElement('div');
  frame.style.width = '760px';
  frame.style.height = '340px';
  const canvas = document.createElement('canvas');
  frame.append(canvas);
  document.body.append(frame);
  await nextFrame();
  const before = performance.now();
  const chart = new Chart(canvas, {
    type: 'bar',
    data: { datasets },
    options: {
      animation: false,
      maintainAspectRatio: false,
      plugins: { legend: { display: false } },
      scales: { x: { stacked: true }, y: { stacked: true } },
    },
  });
  const built = performance.now() - before;
  const again = performance.now();
  for (let round = 0; round < size.rounds; round += 1) {
    chart.update();
  }
  const redrawn = (performance.now() - again) / size.rounds;
  chart.destroy();
  frame.remove();
  return { built, redrawn, bytes };
}
