import assert from 'node:assert/strict';
import type { DashboardPage } from './driver/dashboardPage';
import type { Theme } from './driver/theme';
import type { Session } from './session';

const LOOKED_AT: readonly Theme[] = ['light', 'dark', 'highContrast'];

/** The rules of axe-core about what a theme changes. */
const COLOURS = ['color-contrast', 'link-in-text-block'];

/**
 * Takes a picture `<name>-<theme>` of the window in each theme, and leaves it in the one it had. In each, nothing that a
 * screen reader needs is missing in the dashboard that is shown, and nothing is wider than its panel.
 */
export async function lookInThemes(
  session: Session,
  name: string,
  { dashboard, themes = LOOKED_AT }: { dashboard?: DashboardPage; themes?: readonly Theme[] } = {},
): Promise<void> {
  const own = session.workbench.theme;
  for (const theme of [...themes.filter((each) => each !== own), own]) {
    await session.wear(theme);
    if (dashboard !== undefined) {
      await dashboard.wears(theme);
      assert.deepEqual(await dashboard.seriousProblems(theme === own ? undefined : COLOURS), [], theme);
      assert.equal(await dashboard.overflow(), 0, theme);
    }
    await session.workbench.screenshot(`${name}-${theme}`);
  }
}
