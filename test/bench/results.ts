/** What is measured inside the webview and the extension host, as it comes back from there. */

export interface Redraw {
  /** Milliseconds that the page's thread was busy, and until the frame after the next was there. */
  readonly times: number[];
  readonly onScreen: number[];
  readonly series: number;
  /** Of the message: typed arrays as they are, the rest as JSON. */
  readonly bytes: number;
}

export interface PlainChart {
  /** Milliseconds. */
  readonly built: number;
  readonly redrawn: number;
  /** Of the data as JSON. */
  readonly bytes: number;
}

/** What the extension's first paint took, from its activation on; milliseconds. */
export interface FirstPaint {
  readonly activation: number;
  /** Until VS Code has the status bar's item with the figure of an earlier window; null when there is none. */
  readonly item: number | null;
  /** The same, with VS Code's loading of the code before. */
  readonly itemAndLoading: number | null;
  /** Until it has a figure that was read now. */
  readonly statusBar: number;
  readonly tree: number;
  /** How many machines the tree drew. */
  readonly machines: number;
}

/** How long the host's event loop let its timers wait, milliseconds. */
export interface Pauses {
  readonly p99: number;
  readonly longest: number;
  /** Over how long a time. */
  readonly over: number;
}

/** A day with some refreshes. */
export interface WorkDay {
  readonly refreshes: number;
  readonly machines: number;
  /** The days of the month to date. */
  readonly days: number;
  /** Of all that the extension did, and over as long a time without it. */
  readonly day: Pauses;
  readonly idle: Pauses;
  /** Each part by itself after each refresh, with nothing worked out before, beside as long a time without it. */
  readonly parts: Readonly<
    Record<'checks' | 'forecast' | 'budgets', { readonly own: Pauses; readonly idle: Pauses }[]>
  >;
}

/** What the extension host had in memory at the end of a day, after its garbage was collected; MB of a million bytes. */
export interface DayOfGrowth {
  /** Of the whole process. */
  readonly rss: number;
  /** Of the main thread. */
  readonly heap: number;
  readonly external: number;
  /** When the figures that are shown were read, by the simulated clock; epoch milliseconds. */
  readonly asOf: number;
}

/** How often timers of the extension ran, by what they are, in stretches of time. */
export interface IdleTimers {
  readonly parts: readonly Readonly<Record<string, number>>[];
  /** How long each of them is. */
  readonly seconds: number;
}
