import { DashboardPage } from './dashboardPage';
import { LOADED } from './tree';
import type { Workbench } from './workbench';

const PROVIDER = 'Dedalus Cloud Services';

/** Goes from the welcome view to the choice of a key, where one is in the environment. */
export async function beginAccount(workbench: Workbench): Promise<void> {
  const { activityBar, quickInput } = workbench;
  await activityBar.open('Usage Explorer');
  await workbench.welcomeView('Accounts').click('Add Account');
  await quickInput.opened('Add Account');
  await quickInput.pick(PROVIDER);
  await quickInput.opened(/Add Account: Dedalus/);
}

/** Takes the key that is in the environment, and waits until the account is on the dashboard. */
export async function takeKeyOfEnvironment(workbench: Workbench): Promise<void> {
  const { quickInput } = workbench;
  await quickInput.pick('Use the key in DEDALUS_API_KEY');
  await quickInput.message(/Organisation ID/);
  await quickInput.accept();
  await quickInput.message(/Enter a name for this account/);
  await quickInput.accept();
  await quickInput.closed();
  await workbench.tree('Accounts').shows(PROVIDER, LOADED);
  await onDashboard(workbench, PROVIDER);
}

/** Adds an account by the command, with a key typed in, and waits until it is on the dashboard. */
export async function addByCommand(
  workbench: Workbench,
  account: {
    readonly vendor: string;
    readonly key: string;
    readonly scope: RegExp;
    readonly shows: RegExp;
    /** What it is called; the vendor's name without it. */
    readonly name?: string;
    /** Whether there are rates or budgets under its name, which it is to have. */
    readonly takesOver?: boolean;
  },
): Promise<void> {
  const { quickInput } = workbench;
  const name = account.name ?? account.vendor;
  await workbench.runCommand('Usage Explorer: Add Account…');
  await quickInput.opened('Add Account');
  await quickInput.pick(account.vendor);
  await quickInput.opened(new RegExp(`Add Account: ${account.vendor}`));
  await quickInput.type(account.key);
  await quickInput.accept();
  await quickInput.message(account.scope);
  await quickInput.accept();
  await quickInput.message(/Enter a name for this account/);
  await quickInput.type(name);
  await quickInput.accept();
  if (account.takesOver === true) {
    await workbench.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Use Them' }).click();
  }
  await quickInput.closed();
  await workbench.tree('Accounts').shows(name, account.shows);
  await onDashboard(workbench, name);
}

/** Waits until the dashboard that a new account opens has the days that it shows, and nothing is being read any more. */
export async function onDashboard(workbench: Workbench, account: string): Promise<void> {
  const dashboard = new DashboardPage(workbench.page, workbench.webview('Usage'));
  await dashboard.body.getByRole('heading', { name: account, level: 1 }).waitFor();
  await dashboard.ready();
}
