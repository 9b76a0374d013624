import * as vscode from 'vscode';
import { COMMANDS } from '../contributions';
import { settings } from '../platform/settings';
import { PROVIDERS } from '../providers/registry';
import type { AccountList } from '../store/accountList';
import type { UsageStore } from '../store/usageStore';
import type { Formats } from '../usage/format';
import type { EpochMs } from '../usage/time';
import { failureWords } from './failureWords';
import { Tooltip } from './markdown';
import { type StatusFigure, type StatusPart, statusFigure } from './statusFigure';
import { accountNode } from './tree/children';
import { requestWords, usageRows } from './usageWords';

export interface StatusBarOptions {
  readonly accounts: AccountList;
  readonly store: UsageStore;
  readonly formats: Formats;
  readonly now: () => EpochMs;
}

/** Beside the items of other tools, on the right, where numbers are looked for. */
const PRIORITY = 90;

/** One item: the billed seconds of the month to date. Without an account there is none. */
export class StatusBar implements vscode.Disposable {
  readonly #options: StatusBarOptions;
  readonly #disposables: { dispose(): unknown }[];
  #item: vscode.StatusBarItem | undefined;

  constructor(options: StatusBarOptions) {
    this.#options = options;
    const update = (): void => {
      this.update();
    };
    this.#disposables = [
      options.accounts.onDidChange(update),
      options.store.onDidChange(update),
      settings.onDidChange(update),
      // A month that ended while nobody looked must not stand there as this one.
      vscode.window.onDidChangeWindowState(update),
    ];
    this.update();
  }

  /** Whether the item is on screen. */
  get visible(): boolean {
    return this.#item !== undefined;
  }

  /** What is on screen: the text, and the tooltip as Markdown. */
  get shown(): { readonly text: string; readonly tooltip: string } | undefined {
    const tooltip = this.#item?.tooltip;
    return this.#item === undefined
      ? undefined
      : {
          text: this.#item.text,
          tooltip: tooltip instanceof vscode.MarkdownString ? tooltip.value : (tooltip ?? ''),
        };
  }

  update(): void {
    const figure = settings.statusBarVisible ? this.#figure() : undefined;
    if (figure === undefined) {
      this.#item?.dispose();
      this.#item = undefined;
      return;
    }
    this.#item ??= createItem();
    const text = this.#text(figure);
    this.#item.text = `${iconOf(figure)} ${text}`;
    this.#item.tooltip = this.#tooltip(figure);
    this.#item.command = openDashboard(figure);
    this.#item.accessibilityInformation = {
      label: vscode.l10n.t('Cloud usage this month: {0} billed', text),
    };
  }

  dispose(): void {
    this.#item?.dispose();
    for (const disposable of this.#disposables.splice(0)) {
      disposable.dispose();
    }
  }

  #figure(): StatusFigure | undefined {
    const { accounts, store, now } = this.#options;
    return statusFigure({
      accounts: accounts.all,
      usage: (id) => store.usage(id),
      isSample: (account) => PROVIDERS[account.provider].key === undefined,
      chosen: settings.statusBarAccount,
      now: now(),
    });
  }

  #text({ billedAwakeSeconds, incomplete, sample }: StatusFigure): string {
    if (billedAwakeSeconds === undefined) {
      return '–';
    }
    const { formats } = this.#options;
    const figure =
      settings.statusBarFormat === 'hours'
        ? formats.rounded(billedAwakeSeconds, 'awake_seconds')
        : formats.short(billedAwakeSeconds, 'awake_seconds');
    const bounded = incomplete ? `≥ ${figure}` : figure;
    return sample ? vscode.l10n.t('{0} (sample)', bounded) : bounded;
  }

  #tooltip(figure: StatusFigure): vscode.MarkdownString {
    const { formats } = this.#options;
    const tooltip = new Tooltip(vscode.l10n.t('Billed this month'));
    const [only, ...others] = figure.parts;
    if (only !== undefined && others.length === 0) {
      this.#describe(only, tooltip);
    } else {
      tooltip
        .line(vscode.l10n.t('Sum over {0} accounts', figure.parts.length))
        .table(
          figure.billedAwakeSeconds === undefined
            ? []
            : usageRows({ awake_seconds: figure.billedAwakeSeconds }, formats),
        );
      for (const part of figure.parts) {
        this.#describe(part, tooltip);
      }
    }
    return tooltip.line(vscode.l10n.t('Click to open the dashboard.')).toMarkdown();
  }

  #describe({ account, usage, asOf, failure, oldMonth }: StatusPart, tooltip: Tooltip): void {
    const { formats } = this.#options;
    const summary = usage?.summary.value;
    const { name, key } = PROVIDERS[account.provider];
    tooltip.line(
      [
        account.label,
        key === undefined ? undefined : name,
        summary === undefined ? undefined : vscode.l10n.t('plan {0}', summary.plan),
      ]
        .filter((part) => part !== undefined)
        .join(' · '),
    );
    if (usage !== undefined && summary !== undefined && asOf !== undefined) {
      tooltip
        .line(
          oldMonth
            ? vscode.l10n.t(
                '{0}: that month is over, and the new one could not be read yet.',
                formats.month(usage.period.start),
              )
            : vscode.l10n.t('{0}, closed buckets only', formats.month(usage.period.start)),
        )
        .table([...usageRows(summary.billed, formats), ...usageRows(summary.levels, formats)])
        .line(vscode.l10n.t('As of {0}', formats.instant(asOf)));
    } else if (failure === undefined) {
      tooltip.line(vscode.l10n.t('Not read yet.'));
    }
    if (failure !== undefined) {
      tooltip.line(failureWords(failure, formats).sentence);
    }
    tooltip.line(key === undefined ? undefined : requestWords(account.id, this.#options.store, formats));
  }
}

function iconOf({ stale, billedAwakeSeconds }: StatusFigure): string {
  if (stale) {
    return '$(warning)';
  }
  return billedAwakeSeconds === undefined ? '$(sync)' : '$(graph)';
}

/** A click opens what the item shows: its account, or with several whichever the dashboard had. */
function openDashboard({ parts }: StatusFigure): vscode.Command {
  const [only, ...others] = parts;
  return {
    command: COMMANDS.openDashboard,
    title: vscode.l10n.t('Open Dashboard'),
    arguments: only === undefined || others.length > 0 ? [] : [accountNode(only.account)],
  };
}

function createItem(): vscode.StatusBarItem {
  const item = vscode.window.createStatusBarItem(
    'usageExplorer.monthToDate',
    vscode.StatusBarAlignment.Right,
    PRIORITY,
  );
  item.name = vscode.l10n.t('Cloud usage this month');
  item.show();
  return item;
}
