import assert from 'node:assert/strict';
import { beforeEach } from 'node:test';
import { storyFleet } from '../simulator/dedalus/storyFleet';
import { type Simulator, startSimulator } from '../simulator/server';
import { NOW } from '../support/knownDay';
import { addByCommand } from './driver/addAccount';
import type { QuickItem } from './driver/quickInput';
import { LOADED } from './driver/tree';
import type { Workbench } from './driver/workbench';
import { openBefore } from './opened';
import { pictured } from './pictured';
import { type Session, startSession } from './session';

/*
 * Budgets with two windows open on one profile. Time stands still at the vendor: what is used stays the same share of a
 * budget. What was told of one limit is remembered for the month, so each test has limits of its own.
 */
const ITEM = 'usage-explorer.usage-explorer.usageExplorer.monthToDate';
const ACCOUNT = 'Dedalus Cloud Services';

let vendor: Simulator;
let session: Session;
let second: Workbench;

openBefore(async (closeLater) => {
  vendor = await startSimulator({ fleet: storyFleet(NOW), now: () => NOW });
  closeLater(vendor);
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

beforeEach(async () => {
  await session.workbench.page.bringToFront();
  await removeBudgets();
});

async function beginBudget(): Promise<readonly QuickItem[]> {
  const { workbench } = session;
  await workbench.runCommand('Usage Explorer: Set Budget…');
  await workbench.quickInput.opened(/^Set Budget/);
  return workbench.quickInput.items();
}

async function removeBudgets(): Promise<void> {
  const { quickInput } = session.workbench;
  const removal = (await beginBudget()).find(({ label }) => label.startsWith('Remove: '));
  if (removal === undefined) {
    await quickInput.cancel();
    await quickInput.closed();
    return;
  }
  await quickInput.pick(removal.label);
  await quickInput.closed();
  await removeBudgets();
}

/** A new budget on awake time, with the thresholds that are offered, told of by what is used. */
async function setBudget(hours: string): Promise<void> {
  const { quickInput } = session.workbench;
  if ((await beginBudget()).some(({ label }) => label === 'New budget')) await quickInput.pick('New budget');
  await quickInput.pick('Awake time');
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
async function changeThresholds(hours: string, thresholds: string): Promise<void> {
  const { quickInput } = session.workbench;
  await beginBudget();
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

const tellsOf = async (of: Workbench, pattern = /used this month/): Promise<string[]> =>
  (await of.notifications.texts()).filter((text) => pattern.test(text));

function budgetTest(title: string, body: (workbench: Workbench) => Promise<void>): void {
  pictured(
    () => session,
    title,
    () => body(session.workbench),
  );
}

budgetTest('before a threshold nothing is said, and the status bar keeps its colour', async (workbench) => {
  await setBudget(hoursOfWhichPercentAreUsed(40));
  await workbench.statusBar.item(ITEM).tooltip(/Budget, Awake time: .*40%/);
  assert.deepEqual(await colours(workbench), []);
  assert.deepEqual(await tellsOf(workbench), []);
});

budgetTest(
  'a threshold that is passed is told of once, with two windows open, and colours both',
  async (workbench) => {
    await setBudget(hoursOfWhichPercentAreUsed(41));
    await setBudget(hoursOfWhichPercentAreUsed(82));
    await workbench.notifications.shows(/82% of .* used this month/);
    assert.equal((await tellsOf(workbench)).length, 1, 'nothing was said of the other budget before');
    await workbench.screenshot('budget-told-dark');
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
  },
);

budgetTest(
  'a muted budget says nothing of another threshold; one that is not muted does',
  async (workbench) => {
    const [muted, other] = [hoursOfWhichPercentAreUsed(83), hoursOfWhichPercentAreUsed(42)];
    await setBudget(muted);
    await workbench.notifications.click(/83% of .* used this month/, 'Mute for This Month');
    await setBudget(other);
    await changeThresholds(muted, '50, 81, 82');
    await changeThresholds(other, '30');
    await workbench.notifications.shows(/42% of .* used this month/);
    assert.deepEqual(await tellsOf(workbench, /83%/), []);
  },
);

budgetTest(
  'a budget that is used up has the colour of an error, and is quiet until tomorrow when it is told so',
  async (workbench) => {
    const [usedUp, other] = [hoursOfWhichPercentAreUsed(130), hoursOfWhichPercentAreUsed(43)];
    await setBudget(usedUp);
    await workbench.notifications.shows(/130% of .* used this month/);
    assert.deepEqual(await colours(workbench), ['error-kind']);
    await workbench.screenshot('budget-used-up-dark');
    await workbench.notifications.click(/130% of .* used this month/, 'Snooze for 24 Hours');
    await setBudget(other);
    await changeThresholds(usedUp, '50, 110, 120');
    // Of the other budget something is said, and so the quiet one had its turn.
    await changeThresholds(other, '30');
    await workbench.notifications.shows(/43% of .* used this month/);
    assert.deepEqual(await tellsOf(workbench, /130%/), []);
  },
);

function hoursOfWhichPercentAreUsed(percent: number): string {
  const { awake_seconds: awake } = vendor.totals().metered;
  return ((Number(awake) / 3600 / (percent + 0.4)) * 100).toFixed(5);
}
