import assert from 'node:assert/strict';
import { type Simulator, startSimulator } from '../simulator/server';
import { NOW } from '../support/knownDay';
import { startUntrustedServer, type UntrustedServer } from '../support/untrustedServer';
import { takeKeyOfEnvironment } from './driver/addAccount';
import { DashboardPage } from './driver/dashboardPage';
import { openBefore } from './opened';
import { pictured } from './pictured';
import { type Session, startSession } from './session';

/* Keys that are in the environment of VS Code, one for each vendor; MIOSA's address has a certificate that nobody trusts. */

const KEYS = [
  { vendor: 'MIOSA', variable: 'MIOSA_API_KEY' },
  { vendor: 'Northflank', variable: 'NORTHFLANK_API_TOKEN' },
  { vendor: 'Dedalus Cloud Services', variable: 'DEDALUS_API_KEY' },
];

let simulator: Simulator;
let untrusted: UntrustedServer;
let session: Session;

openBefore(async (closeLater) => {
  simulator = await startSimulator({ now: () => NOW }); // so that no bucket closes between two looks
  closeLater(simulator);
  untrusted = await startUntrustedServer();
  closeLater(untrusted);
  session = await startSession({
    settings: {
      'usageExplorer.providers.dedalus.baseUrl': simulator.url,
      'usageExplorer.providers.miosa.baseUrl': untrusted.url,
    },
    env: {
      DEDALUS_API_KEY: simulator.key,
      MIOSA_API_KEY: 'a-key-for-miosa',
      NORTHFLANK_API_TOKEN: 'a-token-for-northflank',
    },
    theme: 'light',
  });
  closeLater(session);
  await session.workbench.activityBar.open('Usage Explorer');
});

async function begin(vendor: string): Promise<void> {
  const { workbench } = session;
  await workbench.runCommand('Usage Explorer: Add Account…');
  await workbench.quickInput.opened('Add Account');
  await workbench.quickInput.pick(vendor);
  await workbench.quickInput.opened(`Add Account: ${vendor}`);
}

for (const { vendor, variable } of KEYS) {
  pictured(
    () => session,
    `${variable} is offered for ${vendor}`,
    async () => {
      const { quickInput } = session.workbench;
      await begin(vendor);
      const choices = (await quickInput.items()).map(({ label }) => label);
      assert.deepEqual(choices, ['Enter a key', `Use the key in ${variable}`]);
      assert.equal(simulator.requests.length, 0, 'nothing was sent before the person chose');
      await session.workbench.screenshot(`environment-key-${variable.slice(0, 5)}-light`);
      await quickInput.cancel();
      await quickInput.closed();
    },
  );
}

pictured(
  () => session,
  'an address whose certificate is not trusted gets no key',
  async () => {
    const { quickInput } = session.workbench;
    await begin('MIOSA');
    await quickInput.pick('Use the key in MIOSA_API_KEY');
    await quickInput.message(/Tenant/);
    await quickInput.accept();
    const problem = await quickInput.validationMessage();
    const { host } = new URL(untrusted.url);
    assert.ok(problem.startsWith(`The certificate of ${host} is not trusted`), problem);
    assert.match(problem, /The check is never skipped/);
    await session.workbench.screenshot('certificate-light');
    assert.equal(untrusted.requests(), 0);
    await quickInput.cancel();
    await quickInput.closed();
  },
);

pictured(
  () => session,
  'a key of the environment is taken when the person says so',
  async () => {
    const { workbench } = session;
    await begin('Dedalus Cloud Services');
    await takeKeyOfEnvironment(workbench);
    const dashboard = new DashboardPage(workbench.page, workbench.webview('Usage'));
    await dashboard.ready();
    const seconds = simulator.totals().billed.awake_seconds;
    const { exact } = await dashboard.figure('Awake time');
    assert.equal(exact.get('billed'), `${seconds.toLocaleString('en')} s`);
    await workbench.screenshot('account-dashboard-light');
  },
);
