import assert from 'node:assert/strict';
import { DashboardPage } from './driver/dashboardPage';
import { LOADED } from './driver/tree';
import { uiTest } from './session';

const MINUTE = 60_000;

/** The other tests choose their day. This one is of the day on which it runs, and holds at its last minute, too. */
uiTest('on the day it is, figures are as of now and of the month it is', { at: 'today' }, async (session) => {
  const { workbench } = session;
  const began = Date.now();
  await workbench.activityBar.open('Usage Explorer');
  await workbench.welcomeView('Accounts').click('Try with Sample Data');
  const tree = workbench.tree('Accounts');
  // A row that is drawn anew loses its tooltip, so the dashboard's days come first.
  await new DashboardPage(workbench.page, workbench.webview('Usage')).ready();
  await tree.idle();
  const { ariaLabel } = await tree.shows('Sample data', LOADED);
  const asOf = /as of (\d\d:\d\d) UTC/.exec(ariaLabel)?.[1];
  const month = /Billed in (.*), closed/.exec(await (await tree.tooltip('Billed')).innerText())?.[1];
  const minutes: string[] = [];
  const months: string[] = [];
  for (let at = began; at < Date.now() + MINUTE; at += MINUTE) {
    const day = new Date(at);
    minutes.push(day.toISOString().slice(11, 16));
    months.push(day.toLocaleDateString('en', { month: 'long', year: 'numeric', timeZone: 'UTC' }));
  }
  assert.ok(asOf !== undefined && minutes.includes(asOf), `${asOf} is none of ${minutes.join(', ')}`);
  assert.ok(
    months.some((own) => month?.startsWith(own)),
    `${month} is none of ${months.join(', ')}`,
  );
});
