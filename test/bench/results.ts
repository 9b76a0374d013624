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
  readonly statusBar: number;
  readonly tree: number;
  /** How many machines the tree drew. */
  readonly machines: number;
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
