import assert from 'node:assert/strict';
import { type Simulator, startSimulator } from '../simulator/server';
import { NOW } from '../support/knownDay';
import { addByCommand } from './driver/addAccount';
import { LOADED } from './driver/tree';
import { openBefore } from './opened';
import { pictured } from './pictured';
import { type Session, startSession } from './session';

let simulator: Simulator;
let session: Session;

openBefore(async (closeLater) => {
  simulator = await startSimulator({ seed: 11, now: () => NOW });
  closeLater(simulator);
  session = await startSession({
    settings: { 'usageExplorer.providers.dedalus.baseUrl': simulator.url },
  });
  closeLater(session);
});

pictured(
  () => session,
  'machines are sorted and hidden as the person likes',
  async () => {
    const { workbench } = session;
    await workbench.activityBar.open('Usage Explorer');
    await addByCommand(workbench, {
      ...{ vendor: 'Dedalus Cloud Services', key: simulator.key, scope: /Organisation ID/ },
      shows: LOADED,
    });
    const tree = workbench.tree('Accounts');
    await tree.expand('Machines');
    const shown = async (): Promise<string[]> =>
      (await tree.rows()).filter(({ level }) => level === 3).map(({ label }) => label);
    const { machines } = simulator.totals();
    const byUsage = await shown();
    const awake = byUsage.map((id) => Number(machines.get(id)?.awake_seconds ?? 0n));
    assert.deepEqual(
      awake,
      awake.toSorted((a, b) => b - a),
    );
    const unused = 'dm-newcomer-rapid-dingo';
    await tree.shows(unused);

    await workbench.runCommand('Usage Explorer: Sort Machines…');
    await workbench.quickInput.opened('Sort Machines');
    await workbench.quickInput.pick('By ID');
    await workbench.quickInput.closed();
    const byId = byUsage.toSorted();
    assert.notEqual(byId[0], byUsage[0]);
    await tree.firstBelow('Machines', byId[0] ?? '');
    assert.deepEqual(await shown(), byId);

    await workbench.runCommand('Usage Explorer: Hide Unused Machines');
    await tree.lacks(unused);
    assert.deepEqual(
      await shown(),
      byId.filter((id) => id !== unused),
    );
    await workbench.runCommand('Usage Explorer: Show Unused Machines');
    await tree.shows(unused);
    assert.deepEqual(await shown(), byId);
  },
);
