import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { THEMES, type Theme } from './driver/theme';
import type { WebviewPanel } from './driver/webviewPanel';
import { type Session, uiTest } from './session';

const AXE = readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8');

/** Every view in every theme: pictures to look at, and what a screen reader needs. */
for (const theme of Object.keys(THEMES) as Theme[]) {
  uiTest(`views in ${theme}`, { theme, viewport: { width: 1400, height: 900 } }, async (session) => {
    const { workbench } = session;
    await showSample(session);
    const tree = workbench.tree('Usage');
    await tree.expand('dm-api');
    await workbench.runCommand('Usage Explorer: Open Dashboard');
    const dashboard = workbench.webview('Usage');
    await dashboard.body.getByRole('heading', { name: /storage by day/ }).waitFor();
    await workbench.screenshot(`all-${theme}`);
    assert.deepEqual(await seriousProblems(dashboard), []);

    await (await tree.tooltip('dm-api')).waitFor();
    await workbench.screenshot(`tooltip-${theme}`);

    const item = workbench.statusBar.item('usage-explorer.usage-explorer.usageExplorer.monthToDate');
    await (await item.tooltip()).waitFor();
    await workbench.screenshot(`status-bar-${theme}`);

    await dashboard.body.getByText('Show as table').first().click();
    await dashboard.body.getByRole('table').first().waitFor();
    await dashboard.body.getByRole('table').first().scrollIntoViewIfNeeded();
    assert.deepEqual(await seriousProblems(dashboard), []);
    await workbench.screenshot(`table-${theme}`);
  });
}

uiTest('a narrow window', { viewport: { width: 640, height: 900 } }, async (session) => {
  await showSample(session);
  await session.workbench.tree('Usage').expand('dm-web-1');
  await session.workbench.screenshot('narrow-tree-dark');
  await session.workbench.runCommand('View: Close Primary Side Bar');
  await session.workbench.runCommand('Usage Explorer: Open Dashboard');
  const dashboard = session.workbench.webview('Usage');
  await dashboard.body.getByRole('heading', { name: /awake time by day/ }).waitFor();
  await session.workbench.screenshot('narrow-dashboard-dark');
  const frame = await dashboard.frame();
  const overflow = await frame.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  assert.equal(overflow, 0);
});

uiTest('metering buckets of a day', { theme: 'light' }, async (session) => {
  const { workbench } = session;
  await showSample(session);
  const tree = workbench.tree('Usage');
  await tree.collapse('Machines');
  await tree.expand('Metering Buckets');
  const newestDay = (await tree.rows()).find(({ description }) => /^\d+ buckets?/.test(description ?? ''));
  assert.ok(newestDay);
  await tree.expand(newestDay.label);
  const bucket = (await tree.rows()).find(({ label }) => /^\d.* storage$/.test(label));
  assert.match(bucket?.description ?? '', /^disk .* GiB-h · \d+ machines · (not )?emitted$/);
  await (await tree.tooltip(bucket?.label ?? '')).waitFor();
  await workbench.screenshot('metering-light');
});

async function showSample({ workbench }: Session): Promise<void> {
  await workbench.activityBar.open('Usage Explorer');
  await workbench.welcomeView('Usage').click('Try with Sample Data');
  await workbench.tree('Usage').shows('Sample data', /billed/);
  await workbench.tree('Usage').expand('Month to Date');
  await workbench.tree('Usage').expand('Machines');
}

/** What axe-core finds of impact "serious" or worse, in the panel's own page. */
async function seriousProblems(panel: WebviewPanel): Promise<string[]> {
  const frame = await panel.frame();
  await frame.evaluate(AXE);
  const found = await frame.evaluate<{
    violations: { id: string; impact: string; nodes: { target: string[] }[] }[];
  }>('axe.run(document, { resultTypes: ["violations"] })');
  return found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}
