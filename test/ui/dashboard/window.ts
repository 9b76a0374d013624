import { beforeEach } from 'node:test';
import type { Simulator } from '../../simulator/server';
import { DAY, dayOf, TODAY } from '../../support/knownDay';
import type { DashboardPage } from '../driver/dashboardPage';
import { dashboardAnew, openDashboard } from '../openDashboard';
import { openBefore } from '../opened';
import { pictured } from '../pictured';
import type { Session } from '../session';

/*
 * One window for all tests of an account's dashboard, since it takes as long to open as most of them. The account is at the
 * simulator, whose own books say what each control must bring.
 */
export let simulator: Simulator;
export let session: Session;
export let dashboard: DashboardPage;

/** Six days, from nine days before to the end of the day four days before. */
export const SIX_DAYS = { start: TODAY - 9 * DAY, end: TODAY - 3 * DAY };

/** Has the dashboard show them, and waits until it does. */
export async function chooseSixDays(): Promise<void> {
  await dashboard.chooseDates(dayOf(SIX_DAYS.start), dayOf(SIX_DAYS.end - DAY));
  const awake = [...simulator.used(SIX_DAYS.start, SIX_DAYS.end).values()].map((own) => own.awake_seconds);
  const seconds = awake.reduce((sum, own) => sum + own, 0n);
  await dashboard.compute.totals(`${seconds.toLocaleString('en')} s`);
}

openBefore(async (closeLater) => {
  ({ simulator, session, dashboard } = await openDashboard(closeLater, { theme: 'dark', seed: 11 }));
  await session.workbench.tree('Accounts').expand('Machines');
});

beforeEach(() => dashboardAnew({ session, dashboard }));

/** A test that begins with what a new dashboard shows. */
export function dashboardTest(title: string, body: () => Promise<void>): void {
  pictured(() => session, title, body);
}
