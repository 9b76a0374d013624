import type { Workbench } from './workbench';

const PROVIDER = 'Dedalus Cloud Services';

/** Goes from the welcome view to the choice of a key, where one is in the environment. */
export async function beginAccount(workbench: Workbench): Promise<void> {
  const { activityBar, quickInput } = workbench;
  await activityBar.open('Usage Explorer');
  await workbench.welcomeView('Usage').click('Add Account');
  await quickInput.opened('Add Account');
  await quickInput.pick(PROVIDER);
  await quickInput.opened(/Add Account: Dedalus/);
}

/** Takes the key that is in the environment, and waits until the account has been read. */
export async function takeKeyOfEnvironment(workbench: Workbench): Promise<void> {
  const { quickInput } = workbench;
  await quickInput.pick('Use the key in DEDALUS_API_KEY');
  await quickInput.message(/Organisation id/);
  await quickInput.accept();
  await quickInput.message(/A name for this account/);
  await quickInput.accept();
  await quickInput.closed();
  await workbench.tree('Usage').shows(PROVIDER, /billed/);
}
