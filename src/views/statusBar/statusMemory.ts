import * as vscode from 'vscode';
import { COMMANDS, SETTINGS_SECTION } from '../../contributions';
import type { Alert } from '../../insights/budgets/budget';
import { type EpochMs, monthOf } from '../../usage/time';
import { backgroundOf, createItem } from './statusItem';

const KEY = 'usageExplorer.statusBar';

/** What the item showed, as finished text. */
export interface ShownItem {
  /** The ids of the accounts whose figure it is. */
  readonly accounts: readonly string[];
  readonly text: string;
  /** Markdown; it says as of when the figure is. */
  readonly tooltip: string;
  /** For a screen reader. */
  readonly spoken: string;
  readonly alert: Alert;
}

interface Remembered extends ShownItem {
  /** Its words are of this language. */
  readonly language: string;
  /** When the figure's calendar month began (UTC). */
  readonly month: EpochMs;
}

/** An item with an earlier window's figure, and the accounts whose it is. */
export interface RestoredItem {
  readonly item: vscode.StatusBarItem;
  readonly accounts: readonly string[];
}

/**
 * What the status bar showed last. VS Code hands it over at a start, so that a figure stands there before anything is loaded.
 */
export class StatusMemory {
  readonly #memento: vscode.Memento;

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
  }

  /** An item with what was shown last, until the figures are read. None if it is of another month or language, or unwanted. */
  show(now: EpochMs): RestoredItem | undefined {
    const kept = this.#memento.get<Partial<Remembered>>(KEY);
    if (!isRemembered(kept) || kept.month !== monthOf(now).start || kept.language !== vscode.env.language) {
      return undefined;
    }
    const isVisible = vscode.workspace.getConfiguration(SETTINGS_SECTION).get<unknown>('statusBar.visible');
    if (isVisible === false) {
      return undefined;
    }
    const item = createItem();
    item.text = kept.text;
    item.tooltip = new vscode.MarkdownString(kept.tooltip);
    item.accessibilityInformation = { label: kept.spoken };
    item.backgroundColor = backgroundOf(kept.alert);
    item.command = COMMANDS.openDashboard;
    return { item, accounts: kept.accounts };
  }

  remember(shown: ShownItem, now: EpochMs): void {
    this.#write({ ...shown, language: vscode.env.language, month: monthOf(now).start });
  }

  forget(): void {
    this.#write(undefined);
  }

  #write(next: Remembered | undefined): void {
    if (JSON.stringify(next) !== JSON.stringify(this.#memento.get(KEY))) {
      void this.#memento.update(KEY, next);
    }
  }
}

/** An older or a newer version may have written something else. */
function isRemembered(kept: Partial<Remembered> | undefined): kept is Remembered {
  return (
    Array.isArray(kept?.accounts) &&
    typeof kept.text === 'string' &&
    typeof kept.tooltip === 'string' &&
    typeof kept.spoken === 'string' &&
    typeof kept.language === 'string' &&
    (kept.alert === 'none' || kept.alert === 'warning' || kept.alert === 'error') &&
    typeof kept.month === 'number'
  );
}
