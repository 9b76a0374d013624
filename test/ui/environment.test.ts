import assert from 'node:assert/strict';
import test from 'node:test';
import { startSimulator } from '../simulator/server';
import { NOW } from '../support/knownDay';
import { beginAccount, takeKeyOfEnvironment } from './driver/addAccount';
import { startSession } from './session';

test('a key in the environment is offered, and taken only when the person says so', async () => {
  const simulator = await startSimulator({ now: () => NOW }); // so that no bucket closes between two looks
  const session = await startSession({
    settings: { 'usageExplorer.providers.dedalus.baseUrl': simulator.url },
    env: { DEDALUS_API_KEY: simulator.key },
    theme: 'light',
  });
  try {
    const { workbench } = session;
    const { quickInput } = workbench;
    await beginAccount(workbench);
    const choices = (await quickInput.items()).map(({ label }) => label);
    assert.deepEqual(choices, ['Enter a key', 'Use the key in DEDALUS_API_KEY']);
    assert.equal(simulator.requests.length, 0, 'nothing was sent before the person chose');
    await workbench.screenshot('environment-key-light');
    await takeKeyOfEnvironment(workbench);

    await workbench.runCommand('Usage Explorer: Open Dashboard');
    const dashboard = workbench.webview('Usage');
    await dashboard.body.getByRole('heading', { name: 'Awake time' }).waitFor();
    const seconds = simulator.totals().billed.awake_seconds;
    assert.ok(
      (await dashboard.body.locator('body').innerText()).includes(`${seconds.toLocaleString('en')} s`),
    );
    await workbench.screenshot('account-dashboard-light');
  } finally {
    await session.close();
    await simulator.close();
  }
});
