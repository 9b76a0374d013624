import { type MiosaSimulator, startMiosa } from '../simulator/miosa/simulator';
import { type NorthflankSimulator, startNorthflank } from '../simulator/northflank/simulator';
import { type Simulator, startSimulator } from '../simulator/server';
import { addByCommand } from './driver/addAccount';
import type { Workbench } from './driver/workbench';
import type { CloseLater } from './opened';

/** A vendor of each kind, at a time that stands still. */
export interface ThreeVendors {
  readonly dedalus: Simulator;
  readonly miosa: MiosaSimulator;
  readonly northflank: NorthflankSimulator;
  /** Where the extension finds them. */
  readonly settings: Readonly<Record<string, string>>;
}

/** What the row of each account shows, once it was read. */
export interface Figures {
  readonly dedalus: RegExp;
  readonly miosa: RegExp;
  readonly northflank: RegExp;
}

export async function startThreeVendors(now: number, closeLater: CloseLater): Promise<ThreeVendors> {
  const clock = { now: (): number => now };
  const dedalus = await startSimulator({ seed: 11, ...clock });
  closeLater(dedalus);
  const miosa = await startMiosa({ seed: 5, ...clock });
  closeLater(miosa);
  const northflank = await startNorthflank({ seed: 3, byoc: true, ...clock });
  closeLater(northflank);
  return {
    ...{ dedalus, miosa, northflank },
    settings: {
      'usageExplorer.providers.dedalus.baseUrl': dedalus.url,
      'usageExplorer.providers.miosa.baseUrl': miosa.baseUrl,
      'usageExplorer.providers.northflank.baseUrl': northflank.baseUrl,
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
