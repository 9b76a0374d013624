import assert from 'node:assert/strict';
import { DashboardPage } from './driver/dashboardPage';
import type { Theme } from './driver/theme';
import { openBefore } from './opened';
import { pictured } from './pictured';
import { type Session, startSession } from './session';
import { addThreeAccounts, startThreeVendors, type ThreeVendors } from './threeVendors';

/*
 * The first minutes and hours of a month, in which little or nothing is billed: each figure is the vendor's own, of the new
 * month, and nothing of the old one is left.
 */
const ITEM = 'usage-explorer.usage-explorer.usageExplorer.monthToDate';
const MONTH = Date.parse('2026-12-01T00:00:00Z');
const HOUR = 3_600_000;
const TIMES: readonly { time: string; theme: Theme }[] = [
  { time: '2026-12-01T00:02:00Z', theme: 'light' },
  { time: '2026-12-01T03:10:00Z', theme: 'dark' },
];

for (const { time, theme } of TIMES) {
  const now = Date.parse(time);
  let vendors: ThreeVendors;
  let session: Session;
  let dashboard: DashboardPage;

  openBefore(async (closeLater) => {
    vendors = await startThreeVendors(now, closeLater);
    session = await startSession({
      ...{ at: now, theme, settings: vendors.settings },
      viewport: { width: 1500, height: 1000 },
    });
    closeLater(session);
  });

  const step = (title: string, body: () => Promise<void>): void => {
    pictured(() => session, `${title}, at ${time}`, body);
  };

  step('the sidebar and the status bar show the new month', async () => {
    const { workbench } = session;
    await addThreeAccounts(workbench, vendors, {
      dedalus: now < MONTH + HOUR ? /\d h$/ : /[1-9][\d.,]* h$/,
      miosa: now < MONTH + HOUR ? /0 credit cents$/ : /credit cents$/,
      northflank: /[1-9][\d,]* cents$/,
    });
    const item = workbench.statusBar.item(ITEM);
    for (const unit of [/Dedalus .* s billed$/, /MIOSA .* credit cents$/, /Northflank .*[\dK] cents$/]) {
      await item.text(unit);
      await workbench.runCommand('Usage Explorer: Next Account in the Status Bar');
    }
    await workbench.screenshot(`month-start-tree-${theme}`);
  });

  step('the dashboard has the figures of the vendors’ books', async () => {
    const { dedalus, miosa, northflank } = vendors;
    await session.workbench.runCommand('Usage Explorer: Open Dashboard');
    dashboard = new DashboardPage(session.workbench.page, session.workbench.webview('Usage'));
    const { billed, metered } = dedalus.totals();
    await shows('Dedalus Cloud Services', 'Awake time', [
      ['metered', `${grouped(metered.awake_seconds)} s`],
      ['billed', `${grouped(billed.awake_seconds)} s`],
      ['used, not billed yet', `${grouped(metered.awake_seconds - billed.awake_seconds)} s`],
    ]);
    const credits = sum([...miosa.totals('workspace_id').values()].map((own) => own['credit_cents'] ?? 0n));
    await shows('MIOSA', 'Credits', [['month to date', `${decimal(credits)} credit cents`]]);
    const spent = sum(northflank.spent(MONTH, now).values());
    await shows('Northflank', 'Spend', [['calendar month to date', `${decimal(spent)} cents`]]);
  });

  async function shows(account: string, figure: string, lines: [string, string][]): Promise<void> {
    await dashboard.ready();
    const choice = dashboard.body.getByRole('combobox', { name: 'Account' });
    await choice.selectOption({ label: account });
    await dashboard.body.getByRole('heading', { name: account, level: 1 }).waitFor();
    await dashboard.body.getByText('December 2026 UTC').waitFor();
    await dashboard.ready();
    assert.deepEqual([...(await dashboard.figure(figure)).exact], lines);
    assert.deepEqual(await dashboard.seriousProblems(), []);
    assert.equal(await dashboard.overflow(), 0);
    await session.workbench.screenshot(`month-start-${account.replace(/ .*/, '')}-${theme}`);
  }
}

function sum(amounts: Iterable<bigint>): bigint {
  return [...amounts].reduce((all, own) => all + own, 0n);
}

function grouped(amount: bigint): string {
  return amount.toLocaleString('en');
}

/** An amount in units of 10^−8, as a plain decimal. */
function decimal(amount: bigint): string {
  const fraction = String(amount % 10n ** 8n)
    .padStart(8, '0')
    .replace(/0+$/, '');
  return `${grouped(amount / 10n ** 8n)}${fraction === '' ? '' : `.${fraction}`}`;
}
