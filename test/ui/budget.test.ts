import assert from 'node:assert/strict';
import { storyFleet } from '../simulator/dedalus/storyFleet';
import { type Simulator, startSimulator } from '../simulator/server';
import { NOW } from '../support/knownDay';
import { addByCommand } from './driver/addAccount';
import { LOADED } from './driver/tree';
import type { Workbench } from './driver/workbench';
import { openBefore } from './opened';
import { pictured } from './pictured';
import { type Session, startSession } from './session';

/*
 * A budget with two windows open on one profile. Time stands still at the vendor: what is used stays the same share of a
 * budget. Each test goes on where the one before it stopped.
 */
const ITEM = 'usage-explorer.usage-explorer.usageExplorer.monthToDate';
const ACCOUNT = 'Dedalus Cloud Services';

let vendor: Simulator;
let session: Session;
let second: Workbench;
/** Hours of which 40 % and 82 % are used, and a little more. */
let large: string;
let small: string;

openBefore(async (closeLater) => {
  vendor = await startSimulator({ fleet: storyFleet(NOW), now: () => NOW });
  closeLater(vendor);
  large = hoursOfWhichPercentAreUsed(40);
  small = hoursOfWhichPercentAreUsed(82);
  session = await startSession({
    settings: { 'usageExplorer.providers.dedalus.baseUrl': vendor.url },
  });
  closeLater(session);
  await session.workbench.activityBar.open('Usage Explorer');
  await addByCommand(session.workbench, {
    ...{ vendor: ACCOUNT, key: vendor.key, scope: /Organisation ID/ },
    shows: LOADED,
  });
  second = await session.openWindow();
  await second.activityBar.open('Usage Explorer');
  await second.tree('Accounts').shows(ACCOUNT, LOADED);
  await session.workbench.page.bringToFront();
});

function step(title: string, body: () => Promise<void>): void {
  pictured(() => session, title, body);
}

/** A new budget on awake time, with the thresholds that are offered, told of by what is used. */
async function setBudget({ quickInput }: Workbench, hours: string): Promise<void> {
  await quickInput.message(/What is the limit for a calendar month/);
  await quickInput.type('0');
  assert.match(await quickInput.validationMessage(), /above zero/);
  await quickInput.type(hours);
  await quickInput.accept();
  await quickInput.has('50%');
  await quickInput.accept();
  await quickInput.has('Actual usage');
  await quickInput.accept();
  await quickInput.closed();
}

/** The budget of so many hours, with another threshold. */
async function changeThresholds(workbench: Workbench, hours: string, thresholds: string): Promise<void> {
  const { quickInput } = workbench;
  await workbench.runCommand('Usage Explorer: Set Budget…');
  await quickInput.opened(/^Set Budget/);
  const written = Number(hours).toLocaleString('en', { maximumFractionDigits: 20 });
  await quickInput.pick(new RegExp(`^Change: .*${written.replace('.', '\\.')} h`));
  await quickInput.message(/What is the limit for a calendar month/);
  await quickInput.accept();
  await quickInput.tick('Other…');
  await quickInput.accept();
  await quickInput.message(/Whole percentages of the limit/);
  await quickInput.type(thresholds);
  await quickInput.accept();
  await quickInput.has('Actual usage');
  await quickInput.accept();
  await quickInput.closed();
}

const colours = async (of: Workbench): Promise<string[]> =>
  (await of.statusBar.item(ITEM).classes()).filter((name) => /warning|error/.test(name));

const tellsOf = async (of: Workbench): Promise<string[]> =>
  (await of.notifications.texts()).filter((text) => /used this month/.test(text));

step('before a threshold nothing is said, and the status bar keeps its colour', async () => {
  const { workbench } = session;
  await workbench.runCommand('Usage Explorer: Set Budget…');
  await workbench.quickInput.opened(/^Set Budget/);
  await workbench.quickInput.pick('Awake time');
  await setBudget(workbench, large);
  await workbench.statusBar.item(ITEM).tooltip(/Budget, Awake time: .*40%/);
  assert.deepEqual(await colours(workbench), []);
  assert.deepEqual(await tellsOf(workbench), []);
});

step('a threshold that is passed is told of once, with two windows open, and colours both', async () => {
  const { workbench } = session;
  await workbench.runCommand('Usage Explorer: Set Budget…');
  await workbench.quickInput.opened(/^Set Budget/);
  await workbench.quickInput.pick('New budget');
  await workbench.quickInput.pick('Awake time');
  await setBudget(workbench, small);
  await workbench.notifications.shows(/82% of .* used this month/);
  assert.equal((await tellsOf(workbench)).length, 1, 'nothing was said of the other budget before');
  await workbench.screenshot('budget-told-dark');
  // VS Code puts it away by itself after some seconds.
  await workbench.notifications.click(/82% of .* used this month/, 'Mute for This Month');
  // In a browser a window has the settings of another one when it is loaded again.
  await second.page.bringToFront();
  await second.reload();
  await second.activityBar.open('Usage Explorer');
  await second.statusBar.item(ITEM).tooltip(/Budget, Awake time: .*82%/);
  await second.screenshot('budget-status-bar-dark');
  for (const window of [workbench, second]) {
    assert.ok((await colours(window)).some((name) => /warning/.test(name)));
  }
  assert.match(await second.statusBar.item(ITEM).ariaLabel(), /budget has passed a threshold/);
  await second.runCommand('Usage Explorer: Refresh');
  await second.tree('Accounts').shows(ACCOUNT, LOADED);
  assert.deepEqual(await tellsOf(second), []);
});

step('a budget that was muted says nothing more of another threshold; one that was not does', async () => {
  const { workbench } = session;
  await workbench.page.bringToFront();
  await changeThresholds(workbench, small, '50, 81, 82');
  await changeThresholds(workbench, large, '30');
  await workbench.notifications.shows(/40% of .* used this month/);
  assert.equal((await tellsOf(workbench)).length, 1);
});

step(
  'a budget that is used up has the colour of an error, and is quiet until tomorrow when it is told so',
  async () => {
    const { workbench } = session;
    await workbench.runCommand('Usage Explorer: Set Budget…');
    await workbench.quickInput.opened(/^Set Budget/);
    await workbench.quickInput.pick('New budget');
    await workbench.quickInput.pick('Awake time');
    const tooSmall = hoursOfWhichPercentAreUsed(130);
    await setBudget(workbench, tooSmall);
    await workbench.notifications.shows(/130% of .* used this month/);
    assert.deepEqual(await colours(workbench), ['error-kind']);
    await workbench.screenshot('budget-used-up-dark');
    await workbench.notifications.click(/130% of .* used this month/, 'Snooze for 24 Hours');
    // Of the other budget something is said, and so the quiet one had its turn.
    await changeThresholds(workbench, tooSmall, '50, 110, 120');
    await changeThresholds(workbench, large, '30, 35');
    await workbench.notifications.shows(/40% of .* used this month/);
    assert.deepEqual(
      (await tellsOf(workbench)).filter((text) => text.includes('130%')),
      [],
    );
  },
);

function hoursOfWhichPercentAreUsed(percent: number): string {
  const { awake_seconds: awake } = vendor.totals().metered;
  return ((Number(awake) / 3600 / (percent + 0.4)) * 100).toFixed(5);
}
