import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Page } from 'playwright-core';
import { ActivityBar } from './activityBar';
import { titled } from './locators';
import { Notifications } from './notifications';
import { QuickInput } from './quickInput';
import { StatusBar } from './statusBar';
import { type Theme, THEMES } from './theme';
import { Tree } from './tree';
import { WebviewPanel } from './webviewPanel';
import { WelcomeView } from './welcomeView';

const SCREENSHOTS = path.join(__dirname, '..', 'screenshots');

/** How long a palette may take to open: far longer than it does on a busy machine. */
const OPENING_MS = 5_000;

const OPENINGS = 5;

/** VS Code's window, as a person uses it. */
export class Workbench {
  readonly activityBar: ActivityBar;
  readonly statusBar: StatusBar;
  readonly quickInput: QuickInput;
  readonly notifications: Notifications;

  constructor(
    readonly page: Page,
    private wearing: Theme,
  ) {
    this.activityBar = new ActivityBar(page);
    this.statusBar = new StatusBar(page);
    this.quickInput = new QuickInput(page);
    this.notifications = new Notifications(page);
  }

  async open(url: string): Promise<void> {
    await this.page.goto(url);
    await this.waitUntilReady();
  }

  /** Reloads the window as a person does. */
  async reload(): Promise<void> {
    await this.leave();
    await this.waitUntilReady();
  }

  /** Has VS Code write what editors, views and extensions keep, and gives the page up for a fresh one. */
  async leave(): Promise<void> {
    const loaded = this.page.waitForEvent('load');
    await this.runCommand('Developer: Reload Window');
    await loaded;
  }

  get theme(): Theme {
    return this.wearing;
  }

  /** Waits until the window wears this theme, which its settings have by now. */
  async wears(theme: Theme): Promise<void> {
    await this.page.locator(`.monaco-workbench.${THEMES[theme].pageClass}`).waitFor();
    this.wearing = theme;
  }

  /** Waits until the window has its layout back and wears its theme. Extensions may still be starting. */
  async waitUntilReady(): Promise<void> {
    await this.wears(this.wearing);
    await this.page.waitForFunction(
      "performance.getEntriesByName('code/LifecyclePhase/Restored').length > 0",
    );
  }

  /** Runs a command by its full title, e.g. `Usage Explorer: Refresh`, through the command palette. */
  async runCommand(title: string): Promise<void> {
    await this.openPalette(`>${title}`);
    await this.quickInput.pickByKeyboard(title);
  }

  /** The tree of the view with this name. */
  tree(view: string): Tree {
    return new Tree(this.page, view);
  }

  welcomeView(view: string): WelcomeView {
    return new WelcomeView(this.page, view);
  }

  /** Clicks a button in the sidebar's title or in a view's header, by its title. */
  async viewAction(title: string): Promise<void> {
    const headers = this.page.locator('.part.sidebar .composite.title, .part.sidebar .pane-header');
    await headers.locator(`.action-label${titled(title)}`).click();
  }

  /** Drags the edge of the sidebar until it is this wide, in CSS pixels. */
  async widenSidebar(width: number): Promise<void> {
    const box = await this.page.locator('.part.sidebar').boundingBox();
    if (box === null) throw new Error('There is no sidebar');
    const y = box.y + box.height / 2;
    await this.page.mouse.move(box.x + box.width, y);
    await this.page.mouse.down();
    await this.page.mouse.move(box.x + width, y, { steps: 4 });
    await this.page.mouse.up();
    await this.page.mouse.move(0, 0);
  }

  /** The panel with this title, when it is the active editor. */
  webview(title: string | RegExp): WebviewPanel {
    return new WebviewPanel(this.page, title);
  }

  /** Saves into a file through VS Code's own dialog, once that has come up, and waits until it is said to be saved. */
  async saveAs(file: string): Promise<void> {
    await this.quickInput.opened(/Export Usage|Save as Picture/);
    await this.quickInput.suggests(new RegExp(`/usage-[^/]*\\${path.extname(file)}$`));
    await this.quickInput.type(file);
    await this.quickInput.has('extensions'); // of the profile, beside it: the dialog has taken the path in
    await this.quickInput.accept();
    const saved = `Saved ${path.basename(file)}`;
    await this.notifications.shows(saved);
    await this.notifications.dismiss(saved);
  }

  /** Waits until this text is on the clipboard. */
  async copied(text: string): Promise<void> {
    const there = `navigator.clipboard.readText().then((text) => text === ${JSON.stringify(text)})`;
    await this.page.waitForFunction(there);
  }

  /** Writes `test/ui/screenshots/<name>.png`. */
  async screenshot(name: string): Promise<string> {
    mkdirSync(SCREENSHOTS, { recursive: true });
    const file = path.join(SCREENSHOTS, `${name}.png`);
    await this.page.screenshot({ path: file, animations: 'disabled' });
    return file;
  }

  /**
   * Opens the command palette with a text. VS Code gives a panel the focus back a moment after another box has closed, and a
   * palette that opens within that moment loses it and closes (microsoft/vscode#75209). It is opened again then.
   */
  private async openPalette(text: string): Promise<void> {
    for (let opening = 1; ; opening += 1) {
      await this.page.keyboard.press('F1');
      try {
        await this.quickInput.type(text, { timeout: OPENING_MS });
        return;
      } catch (error) {
        if (opening === OPENINGS) throw error;
      }
    }
  }
}
