import { plainChart } from './plainChart';
import { paintTime, redraw, viewWillBeWhole, watchPage } from './timing';

/* Runs in every frame before its own scripts; the bench calls these by name. */
watchPage();
Object.assign(globalThis, { bench: { paintTime, plainChart, redraw, viewWillBeWhole } });
