import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { handWrittenFleet } from '../simulator/dedalus/handWrittenFleet';
import { type Simulator, startSimulator } from '../simulator/server';
import { BAIT, hostileWords } from '../support/hostileWords';
import { HOUR, NOW } from '../support/knownDay';
import { formulasIn, formulasInPasted } from '../support/spreadsheets';
import { addByCommand } from './driver/addAccount';
import { isOneLine, takesNoBait } from './driver/baits';
import { DashboardPage } from './driver/dashboardPage';
import { hover } from './driver/hover';
import { LOADED } from './driver/tree';
import { openBefore } from './opened';
import { pictured } from './pictured';
import { type Session, startSession } from './session';

/*
 * Words that are meant to harm, in every place where a person, a spreadsheet or another program meets them: as ids of machines,
 * as names of the account and of a machine, and as what a vendor says in a failure.
 */
const SEED = Number(process.env['USAGE_EXPLORER_FUZZ_SEED'] ?? 1);
const WORDS = hostileWords(SEED, 72);
/** What a person can type: an input takes no ends of lines. */
const TYPED = WORDS.filter((word) => word.trim() === word && !/[\p{C}\u2028]/u.test(word));
const ITEM = 'usage-explorer.usage-explorer.usageExplorer.monthToDate';
const PROVIDER = 'Dedalus Cloud Services';
/** So many of a kind are looked at where each look takes a second. */
const SOME = 5;

let simulator: Simulator;
let session: Session;
let dashboard: DashboardPage;

openBefore(async (closeLater) => {
  console.log(`Hostile words of seed ${String(SEED)}`);
  const hour = new Date(Math.floor(NOW / HOUR) * HOUR).toISOString();
  simulator = await startSimulator({
    now: () => NOW,
    fleet: handWrittenFleet(
      WORDS.map((id, index) => ({ id, compute: [{ hour, awakeSeconds: 100 + index }] })),
    ),
  });
  closeLater(simulator);
  session = await startSession({
    settings: {
      'usageExplorer.providers.dedalus.baseUrl': simulator.url,
      'files.simpleDialog.enable': true,
    },
    viewport: { width: 1500, height: 2600 }, // so that the tree draws all rows
  });
  closeLater(session);
  await session.workbench.activityBar.open('Usage Explorer');
  await addByCommand(session.workbench, {
    ...{ vendor: PROVIDER, key: simulator.key, scope: /Organisation ID/ },
    shows: LOADED,
  });
  await session.workbench.tree('Accounts').expand('Machines');
  dashboard = new DashboardPage(session.workbench.page, session.workbench.webview('Usage'));
});

function step(title: string, body: () => Promise<void>): void {
  pictured(() => session, title, body);
}

/** Some of them, another choice for each place, so that all are looked at somewhere. */
function some<T>(all: readonly T[], from: number, count = SOME): T[] {
  return Array.from(
    { length: Math.min(count, all.length) },
    (_, at) => all[(from + at * 5) % all.length],
  ).filter((each) => each !== undefined);
}

const machineRows = () =>
  session.workbench.page.locator('.part.sidebar .monaco-list-row[aria-level="3"]').filter({ visible: true });

async function nothingTaken(where: string): Promise<void> {
  await takesNoBait(session.workbench.page, where);
  assert.equal(
    await session.workbench.page.locator('.settings-editor').count(),
    0,
    `${where}: no command ran`,
  );
}

async function rename(name: string): Promise<void> {
  const { quickInput } = session.workbench;
  await session.workbench.tree('Accounts').contextMenu(0, 'Rename Account…');
  await quickInput.opened(/^Rename Account/);
  await nothingTaken('the question for a name');
  await quickInput.type(name);
  await quickInput.accept();
  await quickInput.closed();
}

/** A report of the failure of the summary, which the vendor puts in these words. */
async function failWith(words: string): Promise<void> {
  simulator.inject({
    ...{ status: 400, body: { error_code: words.slice(0, 60), message: words, retryable: false } },
    match: { path: '/v1/usage' },
  });
  await session.workbench.runCommand('Usage Explorer: Refresh');
}

step('ids in the tree, and in what is said of a row', async () => {
  const { page } = session.workbench;
  const rows = machineRows();
  await rows.nth(WORDS.length - 1).waitFor();
  assert.equal(await rows.count(), WORDS.length);
  for (const row of await rows.all()) {
    isOneLine((await row.getAttribute('aria-label')) ?? '', 'what a screen reader says');
    const label = (await row.locator('.label-name').textContent()) ?? '';
    isOneLine(label, 'a row');
    assert.doesNotMatch(label, /^[\s\u200b]*$/, 'something is seen of each name');
  }
  await nothingTaken('the tree');
  for (const row of some(await rows.all(), 0)) {
    const tooltip = await hover(page, row.locator('.monaco-icon-label'));
    await takesNoBait(tooltip, await tooltip.innerText());
  }
});

step('the name of the account: question, list, message, row, tooltip, status bar', async () => {
  const { page, quickInput, notifications, statusBar } = session.workbench;
  const tree = session.workbench.tree('Accounts');
  const account = page.locator('.part.sidebar .monaco-list-row[aria-level="1"]').first();
  for (const name of some(TYPED, 1, 3)) {
    await rename(name);
    await page.keyboard.press('Escape');
    await session.workbench.runCommand('Usage Explorer: Choose Account for the Status Bar…');
    await quickInput.has('All accounts');
    await nothingTaken(`the list of accounts: ${name}`);
    await quickInput.cancel();
    await quickInput.closed();
    await session.workbench.runCommand('Usage Explorer: Update Key…');
    await quickInput.opened(/^Update Key/);
    await nothingTaken(`the question for a key: ${name}`);
    await quickInput.type(simulator.key);
    await quickInput.accept();
    await quickInput.message(/Organisation ID/);
    await quickInput.accept();
    await quickInput.closed();
    await notifications.shows('was updated');
    await notifications.stayText();
    await nothingTaken(`a message: ${name}`);
    await notifications.dismiss('was updated');
    await tree.idle(); // a row that is drawn anew closes its tooltip
    for (const tooltip of [() => tree.tooltip(0), () => statusBar.item(ITEM).tooltip()]) {
      const open = await tooltip();
      await takesNoBait(open, await open.innerText());
    }
    isOneLine((await account.getAttribute('aria-label')) ?? '', name);
    isOneLine(await statusBar.item(ITEM).ariaLabel(), name);
  }
});

step('what a vendor says in a failure: row, tooltip, message, dashboard', async () => {
  const { page, statusBar } = session.workbench;
  await session.workbench.runCommand('Usage Explorer: Open Dashboard');
  await dashboard.ready();
  for (const words of some(WORDS, 2, 3)) {
    await failWith(words);
    await dashboard.notice(/It said/).waitFor();
    await takesNoBait(dashboard.body, `a notice: ${words}`);
    await nothingTaken(`failure rows: ${words}`);
    const tooltip = await statusBar.item(ITEM).tooltip();
    await takesNoBait(tooltip, await tooltip.innerText());
    await page.mouse.move(0, 0);
    simulator.clearFaults();
    await session.workbench.runCommand('Usage Explorer: Refresh');
    await dashboard.notice(/It said/).waitFor({ state: 'detached' });
  }
});

step('ids on the dashboard: chart, table, reports', async () => {
  const { compute } = dashboard;
  await dashboard.select('Stack by', 'By machine');
  await dashboard.select('Show the largest', 'Top 20');
  await compute.legend.nth(19).waitFor();
  await compute.openTable();
  await takesNoBait(dashboard.body, 'the dashboard');
  await compute.root.getByRole('button', { name: 'Copy' }).click();
  await compute.root.getByRole('button', { name: 'Copied' }).waitFor();
  const table = String(await session.workbench.page.evaluate('navigator.clipboard.readText()'));
  assert.ok(WORDS.length < table.split('\n').length, 'every machine is copied');
  assert.deepEqual(formulasInPasted(table), []);
  assert.equal(await dashboard.body.locator(`[data-${BAIT}]`).count(), 0);
  assert.equal(await dashboard.overflow(), 0);
  for (const title of ['What changed?', 'What idles?']) {
    const report = dashboard.report(title);
    await report.open();
    await takesNoBait(dashboard.body, title);
    await report.close();
  }
});

step(
  'files: no formula in any spreadsheet, ids exact in JSON, and a name that stays in its folder',
  async () => {
    const { workbench, dataDir } = session;
    const { quickInput } = workbench;
    const [csv, json] = [path.join(dataDir, 'saved.csv'), path.join(dataDir, 'saved.json')];
    for (const [format, file] of [
      ['CSV', csv],
      ['JSON', json],
    ] as const) {
      await workbench.runCommand('Usage Explorer: Export Usage…');
      await quickInput.opened('Export Usage');
      await nothingTaken('the choice of a format');
      await quickInput.pick(format);
      await quickInput.suggests(/\/usage-[^/]*\.\w+$/);
      const suggested = await quickInput.value();
      assert.match(path.basename(suggested), /^usage-[^\s\p{C}\\/:*?"<>|]+$/u);
      assert.doesNotMatch(suggested, /\.\./);
      await workbench.saveAs(file);
      await nothingTaken('a message that a file is saved');
    }
    assert.deepEqual(formulasIn(readFileSync(csv, 'utf8')), []);
    const { rows } = JSON.parse(readFileSync(json, 'utf8')) as { rows: readonly { machineId: string }[] };
    assert.deepEqual(new Set(rows.map(({ machineId }) => machineId)), new Set(WORDS));
  },
);

step('an id that is copied is one line, and a machine has a hostile name', async () => {
  const { page, quickInput } = session.workbench;
  const tree = session.workbench.tree('Accounts');
  const first = (await tree.rows()).findIndex(({ level }) => level === 3);
  assert.ok(first > 0, 'the machines are on screen');
  for (const at of [0, 7, 20]) {
    await tree.contextMenu(first + at, 'Copy ID');
    await page.getByText('ID copied').first().waitFor();
    const copied = String(await page.evaluate('navigator.clipboard.readText()'));
    assert.doesNotMatch(copied, /[\p{Cc}\u2028\u2029]/u);
    await tree.contextMenu(first + at, 'Name Machine…');
    await quickInput.opened(/Name Machine/);
    await nothingTaken('the question for a machine’s name');
    await quickInput.type(TYPED[at] ?? BAIT);
    await quickInput.accept();
    await quickInput.closed();
  }
  await nothingTaken('machines with names');
});

step('the log has no line that others wrote', () => {
  const logs = readdirSync(session.dataDir, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('Usage Explorer.log'),
  );
  assert.ok(logs.length > 0);
  for (const log of logs) {
    const lines = readFileSync(path.join(session.dataDir, log), 'utf8')
      .trimEnd()
      .split(/[\n\r\u2028\u2029]/u);
    assert.ok(lines.length > 1);
    for (const line of lines) {
      assert.doesNotMatch(
        line,
        new RegExp(`^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} \\[\\w+\\] ${BAIT}`),
      );
      assert.match(line, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} \[\w+\] /, 'each line is one of our own');
    }
  }
  return Promise.resolve();
});
