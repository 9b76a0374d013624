import { rmSync } from 'node:fs';
import path from 'node:path';
import { EXTENSION_ID } from '../src/contributions';
import { startSimulator } from '../test/simulator/server';
import { CHECKOUT, VSIX } from './checkout';
import { atInterrupt, run } from './processes';
import { seedSampleAccount } from './sampleAccount';
import { throwAwayFolder } from './throwAway';
import { desktopGlobalStorage, findDesktop, startDesktop } from './vscode/desktop';
import { globalStorage, installExtension } from './vscode/server';
import { startWebsite } from './vscode/website';

/** No chat panel beside the extension. */
const SETTINGS = { 'chat.disableAIFeatures': true };

const SAMPLE_HINTS = [
  'The chart icon at the left opens the tree, with generated figures of a sample account.',
  'The status bar at the bottom shows the month to date; rest the mouse on it for details.',
  'Press F1 and run "Usage Explorer: Open Dashboard" for the charts and the table beside them.',
  'Press F1 and type "Usage Explorer" for everything else it can do.',
];

/** What the window is given, and what a person is told about it. */
interface Scene {
  settings: Record<string, unknown>;
  env: NodeJS.ProcessEnv;
  seed: boolean;
  hints: readonly string[];
  end: () => Promise<void>;
}

/** `tsx scripts/start.ts [--simulator]` shows the packaged extension to a person until Ctrl+C. */
async function main(): Promise<void> {
  const args = process.argv.slice(2);
  if (args.some((arg) => arg !== '--simulator')) throw new Error('Usage: npm start [-- --simulator]');
  if ((await run('npm', ['run', '--silent', 'package'], { cwd: CHECKOUT })) !== 0) {
    throw new Error('The extension could not be packaged.');
  }
  const profile = throwAwayFolder('start');
  const scene = args.includes('--simulator') ? await simulatorScene() : sampleScene();
  const end = async (): Promise<void> => {
    await scene.end();
    rmSync(profile, { recursive: true, force: true });
  };
  const forget = atInterrupt(end);
  try {
    await show(profile, scene);
  } finally {
    forget();
    await end();
  }
}

async function show(profile: string, scene: Scene): Promise<void> {
  const code = findDesktop();
  const window = code === undefined ? await website(profile, scene) : await desktop(code, profile, scene);
  console.log(`\nUsage Explorer runs ${window.place}`);
  for (const hint of scene.hints) console.log(`  - ${hint}`);
  console.log('Ctrl+C ends it and removes its profile.');
  const exit = await window.exited;
  if (exit !== 0) throw new Error(`VS Code ended with ${exit ?? 'a signal'}.`);
}

async function website(profile: string, scene: Scene) {
  const dataDir = path.join(profile, 'server');
  await installExtension(VSIX, dataDir);
  if (scene.seed) seedSampleAccount(globalStorage(dataDir, EXTENSION_ID));
  const { url, password, version, exited } = await startWebsite({
    dataDir,
    settings: scene.settings,
    env: scene.env,
  });
  return {
    place: `in VS Code ${version}. Open ${url}\nThe page asks for this password: ${password}`,
    exited,
  };
}

async function desktop(code: string, profile: string, scene: Scene) {
  if (scene.seed) seedSampleAccount(desktopGlobalStorage(profile, EXTENSION_ID));
  const { settings, env } = scene;
  const window = await startDesktop(code, { profile, vsix: VSIX, settings, env });
  const withdraw = atInterrupt(() => window.stop());
  return { place: `in the window that ${code} opens.`, exited: window.exited.finally(withdraw) };
}

function sampleScene(): Scene {
  return { settings: SETTINGS, env: {}, seed: true, hints: SAMPLE_HINTS, end: () => Promise.resolve() };
}

async function simulatorScene(): Promise<Scene> {
  const simulator = await startSimulator();
  return {
    settings: { ...SETTINGS, 'usageExplorer.providers.dedalus.baseUrl': simulator.url },
    env: { DEDALUS_API_KEY: simulator.key },
    seed: false,
    hints: [
      `A simulated vendor answers at ${simulator.url}; its figures are generated, over real HTTP.`,
      'The chart icon at the left opens the view; click Add Account and choose Dedalus Cloud Services.',
      `The key is in DEDALUS_API_KEY and offered to you; to type it: ${simulator.key}`,
      'Then look at the tree, the status bar and "Usage Explorer: Open Dashboard" (F1).',
    ],
    end: () => simulator.close(),
  };
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
