import type { DashboardView } from '../../../src/protocol/messages';
import type { Redraw } from '../results';

/* Runs in the webview's own frame. The page is the shipped one: it is only watched, and handed a view that it was sent before. */

let readyAt = NaN;
let painted: Promise<number> | undefined;
let lastView: DashboardView | undefined;

/**
 * Notes when the page's script has run, which draws the skeleton, and when the first charts are on the screen. VS Code
 * writes the page into a frame that was there before, which takes listeners away, so it is waited for by the clock.
 */
export function watchPage(): void {
  if (document.getElementById('app') === null) {
    setTimeout(watchPage, 2);
    return;
  }
  addEventListener('message', ({ data }: MessageEvent<{ type?: string; view?: DashboardView } | null>) => {
    if (data?.type === 'show') {
      lastView = data.view;
    }
  });
  painted = new Promise((resolve) => {
    const look = (): void => {
      if (Number.isNaN(readyAt) && document.querySelector('.skeleton') !== null) {
        readyAt = performance.now();
      }
      if (document.querySelector('.plot canvas') !== null) {
        observer.disconnect();
        requestAnimationFrame(() => {
          requestAnimationFrame(() => {
            resolve(performance.now());
          });
        });
      }
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { childList: true, subtree: true });
    look();
  });
}

/** Milliseconds from the page's being ready to its first charts. */
export async function paintTime(): Promise<number> {
  return (await (painted ?? Promise.resolve(NaN))) - readyAt;
}

/** Resolves when the newest view is by these slots, and nothing of it is still being read. */
export async function viewWillBeWhole(granularity: string): Promise<void> {
  const isWhole = (): boolean =>
    lastView?.charts[0]?.granularity === granularity &&
    lastView.loading === undefined &&
    !lastView.refreshing;
  while (!isWhole()) {
    await nextFrame();
  }
}

function nextFrame(): Promise<number> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}

/** Has the page draw the newest view again, or only its first chart. */
export async function redraw(charts: 'both' | 'first', rounds: number): Promise<Redraw> {
  const view = lastView && { ...lastView, charts: lastView.charts.slice(0, charts === 'both' ? 2 : 1) };
  const data = { type: 'show', heard: Number.MAX_SAFE_INTEGER, view };
  window.dispatchEvent(new MessageEvent('message', { data })); // panels that are not in it go
  const times: number[] = [];
  const onScreen: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await nextFrame();
    const start = performance.now();
    window.dispatchEvent(new MessageEvent('message', { data }));
    times.push(performance.now() - start);
    await nextFrame();
    await nextFrame();
    onScreen.push(performance.now() - start);
  }
  let arrays = 0;
  const rest = JSON.stringify(view, (_name, value: unknown) => {
    if (value instanceof Float64Array) {
      arrays += value.byteLength;
      return undefined;
    }
    return value;
  });
  return { times, onScreen, series: view?.charts[0]?.series.length ?? 0, bytes: arrays + rest.length };
}
