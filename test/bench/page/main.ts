import { plainChart } from './plainChart';
import { captureViews, paintTime, redraw, viewIsWhole, watchPaint } from './timing';

/* Runs in every frame before its own scripts; the bench calls these by name. */
watchPaint();
captureViews();
Object.assign(globalThis, { bench: { paintTime, plainChart, redraw, viewIsWhole } });
