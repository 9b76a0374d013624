import { type Simulator, type SimulatorOptions, startSimulator } from '../simulator/server';
import { NOW } from '../support/knownDay';
import { beginAccount, takeKeyOfEnvironment } from './driver/addAccount';
import { DashboardPage } from './driver/dashboardPage';
import type { Theme } from './driver/theme';
import type { CloseLater } from './opened';
import { type Session, startSession } from './session';

export interface OpenDashboard {
  readonly session: Session;
  readonly simulator: Simulator;
  readonly dashboard: DashboardPage;
}

/** CSS pixels of the window. */
export const WINDOW = { width: 1500, height: 1000 };

/**
 * A window with an account at a simulator, and its dashboard open. Time stands still at the vendor, so that no bucket closes
 * between two looks. Files are chosen in a dialog of VS Code's own.
 */
export async function openDashboard(
  closeLater: CloseLater,
  { theme, ...vendor }: SimulatorOptions & { theme: Theme },
): Promise<OpenDashboard> {
  const simulator = await startSimulator({ now: () => NOW, ...vendor });
  closeLater(simulator);
  const session = await startSession({
    settings: {
      'usageExplorer.providers.dedalus.baseUrl': simulator.url,
      'files.simpleDialog.enable': true,
    },
    env: { DEDALUS_API_KEY: simulator.key },
    viewport: WINDOW,
    theme,
  });
  closeLater(session);
  const { workbench } = session;
  await beginAccount(workbench);
  await takeKeyOfEnvironment(workbench);
  const dashboard = new DashboardPage(workbench.page, workbench.webview('Usage'));
  await dashboard.ready();
  return { session, simulator, dashboard };
}

/** Brings the dashboard to the front, with what a new one shows. */
export async function dashboardAnew({ session, dashboard }: Omit<OpenDashboard, 'simulator'>): Promise<void> {
  await session.workbench.runCommand('Usage Explorer: Open Dashboard');
  await dashboard.ready();
  await dashboard.reset();
}
