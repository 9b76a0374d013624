import { uiTest } from './session';
for (const way of ['reload', 'restart', 'reload', 'restart'])
  uiTest('dash ' + way, {}, async (session) => {
    await session.workbench.activityBar.open('Usage Explorer');
    await session.workbench.welcomeView('Usage').click('Try with Sample Data');
    await session.workbench.tree('Usage').shows('Sample data', /billed/);
    await session.workbench.runCommand('Usage Explorer: Open Dashboard');
    await session.workbench
      .webview('Usage')
      .body.getByRole('heading', { name: /awake time/ })
      .waitFor();
    if (way === 'reload') await session.workbench.reload();
    else await session.restart();
    const restored = session.workbench.webview('Usage');
    await restored.opened();
    await restored.body.getByRole('heading', { name: /awake time/ }).waitFor();
  });
