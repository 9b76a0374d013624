import assert from 'node:assert/strict';
import { type MiosaSimulator, startMiosa } from '../simulator/miosa/simulator';
import { type NorthflankSimulator, startNorthflank } from '../simulator/northflank/simulator';
import { type Simulator, startSimulator } from '../simulator/server';
import { addByCommand } from './driver/addAccount';
import type { Workbench } from './driver/workbench';

/** A vendor of each kind, at a time that stands still. */
export interface ThreeVendors {
  readonly dedalus: Simulator;
  readonly miosa: MiosaSimulator;
  readonly northflank: NorthflankSimulator;
  /** Where the extension finds them. */
  readonly settings: Readonly<Record<string, string>>;
  /** Fails when one of them sent what its contract does not allow. */
  close(): Promise<void>;
}

/** What the row of each account shows, once it was read. */
export interface Figures {
  readonly dedalus: RegExp;
  readonly miosa: RegExp;
  readonly northflank: RegExp;
}

export async function startThreeVendors(now: number): Promise<ThreeVendors> {
  const clock = { now: (): number => now };
  const [dedalus, miosa, northflank] = await Promise.all([
    startSimulator({ seed: 11, ...clock }),
    startMiosa({ seed: 5, ...clock }),
    startNorthflank({ seed: 3, byoc: true, ...clock }),
  ]);
  return {
    ...{ dedalus, miosa, northflank },
    settings: {
      'usageExplorer.providers.dedalus.baseUrl': dedalus.url,
      'usageExplorer.providers.miosa.baseUrl': miosa.baseUrl,
      'usageExplorer.providers.northflank.baseUrl': northflank.baseUrl,
    },
    close: async () => {
      await Promise.all([dedalus.close(), miosa.close(), northflank.close()]);
      for (const vendor of [dedalus, miosa, northflank]) {
        assert.deepEqual(vendor.violations, []);
      }
    },
  };
}

/** Adds an account of each, as a person does. */
export async function addThreeAccounts(
  workbench: Workbench,
  { dedalus, miosa, northflank }: ThreeVendors,
  shows: Figures,
): Promise<void> {
  await workbench.activityBar.open('Usage Explorer');
  await addByCommand(workbench, {
    ...{ vendor: 'Dedalus Cloud Services', key: dedalus.key, scope: /Organisation ID/ },
    shows: shows.dedalus,
  });
  await addByCommand(workbench, {
    ...{ vendor: 'MIOSA', key: miosa.key, scope: /Tenant/ },
    shows: shows.miosa,
  });
  await addByCommand(workbench, {
    ...{ vendor: 'Northflank', key: northflank.key, scope: /Team ID/ },
    shows: shows.northflank,
  });
}
