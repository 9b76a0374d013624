import assert from 'node:assert/strict';
import { writeUserSettings } from '../../scripts/vscode/server';
import { type Simulator, startSimulator } from '../simulator/server';
import { NOW } from '../support/knownDay';
import { type ProxiedVendor, startProxiedVendor } from '../support/proxiedVendor';
import { addByCommand } from './driver/addAccount';
import { LOADED } from './driver/tree';
import { openBefore } from './opened';
import { pictured } from './pictured';
import { type Session, startSession } from './session';

/* A vendor behind a company's proxy, whose certificate is one of the company's own. */

let simulator: Simulator;
let vendor: ProxiedVendor;
let session: Session;

openBefore(async (closeLater) => {
  simulator = await startSimulator({ now: () => NOW });
  closeLater(simulator);
  vendor = await startProxiedVendor(simulator.url);
  closeLater(vendor);
  session = await startSession({
    settings: { 'usageExplorer.providers.dedalus.baseUrl': vendor.url },
    // VS Code takes these from the person's own settings alone.
    prepare: (dataDir) => {
      writeUserSettings(dataDir, { 'http.proxy': vendor.proxy, 'http.systemCertificatesNode': true });
    },
    // The computer's own certificates, as OpenSSL looks for them.
    env: { SSL_CERT_FILE: vendor.certificate },
  });
  closeLater(session);
});

pictured(
  () => session,
  'usage is read through the proxy that http.proxy names',
  async () => {
    const { workbench } = session;
    await workbench.activityBar.open('Usage Explorer');
    await addByCommand(workbench, {
      ...{ vendor: 'Dedalus Cloud Services', key: simulator.key, scope: /Organisation ID/ },
      shows: LOADED,
    });
    const item = workbench.statusBar.item('usage-explorer.usage-explorer.usageExplorer.monthToDate');
    const tooltip = await (await item.tooltip()).innerText();
    assert.ok(tooltip.includes(`${simulator.totals().billed.awake_seconds.toLocaleString('en')} s`), tooltip);
    assert.ok(vendor.tunnels.includes('vendor.test:443'));
  },
);
