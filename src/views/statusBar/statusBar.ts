import * as vscode from 'vscode';
import { COMMANDS } from '../../contributions';
import { type Alert, loudest } from '../../insights/budgets/budget';
import type { BudgetStanding, BudgetStandings } from '../../insights/budgets/budgetStandings';
import { l10n } from '../../platform/l10n';
import { settings } from '../../platform/settings';
import { PROVIDERS } from '../../providers/registry';
import type { AccountList } from '../../store/accountList';
import type { UsageStore } from '../../store/usageStore';
import type { Formats } from '../../usage/format';
import type { EpochMs } from '../../usage/time';
import { estimateOf } from '../ownRates';
import { Tooltip } from '../tooltip';
import { standingWords } from '../words/budgetWords';
import { estimateSentence } from '../words/estimateWords';
import { failureWords } from '../words/failureWords';
import { missingWords } from '../words/knownSumWords';
import { moneyLines, monthSentence, monthSums, nothingYetWords, unitsWords } from '../words/monthWords';
import { usageRows } from '../words/usageWords';
import { type StatusFigure, statusFigure, type StatusPart } from './statusFigure';
import { backgroundOf, createItem } from './statusItem';
import type { RestoredItem, StatusMemory } from './statusMemory';
import { spokenText, statusText } from './statusText';

export interface StatusBarOptions {
  readonly accounts: AccountList;
  readonly store: UsageStore;
  readonly standings: BudgetStandings;
  readonly formats: Formats;
  readonly now: () => EpochMs;
  /** For the next start. */
  readonly memory: StatusMemory;
  /** Shows an earlier window's figure, until there is a newer one. */
  readonly restored: RestoredItem | undefined;
}

/** One item: the month to date of an account, or of a vendor's accounts together. Without an account there is none. */
export class StatusBar implements vscode.Disposable {
  readonly #options: StatusBarOptions;
  readonly #disposables: vscode.Disposable;
  #item: vscode.StatusBarItem | undefined;
  /** While the item shows an earlier window's figure. */
  #restored: RestoredItem | undefined;
  #turn = 0;
  #alert: Alert = 'none';

  constructor(options: StatusBarOptions) {
    this.#options = options;
    this.#restored = options.restored;
    this.#item = options.restored?.item;
    const update = (): void => {
      this.update();
    };
    this.#disposables = vscode.Disposable.from(
      options.accounts.onDidChange(update),
      options.store.onDidChange(update),
      settings.onDidChange(update),
      // A month that ended unnoticed must not be shown as the current one.
      vscode.window.onDidChangeWindowState(update),
    );
    this.update();
  }

  /** Whether the item is on screen. */
  get visible(): boolean {
    return this.#item !== undefined;
  }

  /** What is on screen: the text, the tooltip as Markdown, and the budgets' alert level. */
  get shown(): { readonly text: string; readonly tooltip: string; readonly alert: Alert } | undefined {
    const tooltip = this.#item?.tooltip;
    return this.#item === undefined
      ? undefined
      : {
          text: this.#item.text,
          alert: this.#alert,
          tooltip: tooltip instanceof vscode.MarkdownString ? tooltip.value : (tooltip ?? ''),
        };
  }

  /** Shows the next vendor's figure, and after the last one the first. */
  showNext(): void {
    this.#turn += 1;
    this.update();
  }

  update(): void {
    const { accounts, memory, now } = this.#options;
    const figure = settings.statusBarVisible ? this.#figure() : undefined;
    if (
      this.#restored !== undefined &&
      settings.statusBarVisible &&
      this.#isCurrent(this.#restored, figure)
    ) {
      return;
    }
    this.#restored = undefined;
    if (figure === undefined) {
      this.#item?.dispose();
      this.#item = undefined;
      if (accounts.isReady) {
        memory.forget();
      }
      return;
    }
    this.#item ??= createItem();
    const [format, formats] = [settings.statusBarFormat, this.#options.formats];
    const tooltip = this.#tooltip(figure);
    if (tooltip.value !== this.shown?.tooltip) {
      this.#item.tooltip = tooltip; // each new one closes the one that is open under the mouse
    }
    this.#alert = loudest(this.#budgets(figure).map(({ alert }) => alert));
    const text = `${iconOf(figure, this.#alert)} ${statusText(figure, format, formats)}`;
    const spoken = [spokenText(figure, format, formats), ...alertWords(this.#alert)].join('. ');
    this.#item.text = text;
    this.#item.backgroundColor = backgroundOf(this.#alert);
    this.#item.command = isInTurn(figure) ? showNext() : openDashboard(figure);
    this.#item.accessibilityInformation = { label: spoken };
    if (figure.amount === undefined) {
      memory.forget();
    } else {
      const ids = figure.parts.map(({ account }) => account.id);
      memory.remember({ accounts: ids, text, spoken, tooltip: tooltip.value, alert: this.#alert }, now());
    }
  }

  dispose(): void {
    this.#item?.dispose();
    this.#disposables.dispose();
  }

  /** Whether nothing newer is known yet of the same accounts. */
  #isCurrent(restored: RestoredItem, figure: StatusFigure | undefined): boolean {
    if (!this.#options.accounts.isReady) {
      return true;
    }
    const parts = figure?.parts ?? [];
    return (
      parts.some(({ usage }) => usage === undefined) &&
      parts.map(({ account }) => account.id).join() === restored.accounts.join()
    );
  }

  #figure(): StatusFigure | undefined {
    const { accounts, store, now } = this.#options;
    return statusFigure({
      accounts: accounts.all,
      usage: (id) => store.known(id)?.usage,
      capabilitiesOf: ({ provider }) => PROVIDERS[provider].capabilities,
      turn: this.#turn,
      isSample: (account) => PROVIDERS[account.provider].key === undefined,
      chosen: settings.statusBarAccount,
      now: now(),
    });
  }

  /** The budgets of the figure's accounts. */
  #budgets({ parts }: StatusFigure): readonly BudgetStanding[] {
    return parts.flatMap(({ account }) => this.#options.standings.of(account));
  }

  #tooltip(figure: StatusFigure): vscode.MarkdownString {
    const { formats } = this.#options;
    const tooltip = new Tooltip(
      figure.billed ? l10n.t('Billed this month') : l10n.t('Calendar month to date'),
    );
    const [only, ...others] = figure.parts;
    if (only !== undefined && others.length === 0) {
      this.#describe(only, tooltip);
    } else {
      tooltip
        .line(l10n.t('Sum of {0} accounts', figure.parts.length))
        .table(
          figure.amount === undefined || figure.meter === undefined
            ? []
            : usageRows({ [figure.meter]: figure.amount }, formats, () => !figure.incomplete),
        );
      for (const part of figure.parts) {
        this.#describe(part, tooltip);
      }
    }
    return tooltip.line(clickWords(figure)).toMarkdown();
  }

  #describe({ account, usage, asOf, failure, oldMonth }: StatusPart, tooltip: Tooltip): void {
    const { formats, now } = this.#options;
    const planName = usage?.summary.value?.plan;
    const { name, key, capabilities } = PROVIDERS[account.provider];
    tooltip.line(
      [
        account.label,
        key === undefined || account.label === name ? undefined : name,
        planName === undefined ? undefined : l10n.t('plan {0}', planName),
      ]
        .filter((part) => part !== undefined)
        .join(' · '),
    );
    if (usage !== undefined && asOf !== undefined) {
      const sums = monthSums(usage, capabilities);
      const { quantities, isWhole, missing } = sums;
      tooltip
        .line(
          oldMonth
            ? l10n.t(
                '{0}: this month is over, and the new one could not be loaded yet.',
                formats.month(usage.period.start),
              )
            : monthSentence(usage, capabilities, formats),
        )
        .line(oldMonth ? undefined : nothingYetWords(usage, sums, capabilities, formats))
        .table(usageRows(quantities, formats, isWhole))
        .line(missingWords(missing, formats))
        .line(unitsWords(quantities))
        .line(l10n.t('As of {0}', formats.instant(asOf)));
      const estimate = estimateOf(account, usage, now());
      tooltip.line(estimate === undefined ? undefined : estimateSentence(estimate, formats));
      for (const line of moneyLines(quantities, settings.moneyRule(account.provider))) {
        tooltip.line(line);
      }
    } else if (failure === undefined) {
      tooltip.line(l10n.t('Not loaded yet.'));
    }
    if (failure !== undefined) {
      tooltip.line(failureWords(failure, formats).sentence);
    }
    for (const standing of this.#options.standings.of(account)) {
      tooltip.line(standingWords(standing, formats));
    }
  }
}

/** Whether a click shows the next figure, and there is one. */
function isInTurn({ count }: StatusFigure): boolean {
  return count > 1 && settings.statusBarClick === 'next';
}

function clickWords(figure: StatusFigure): string {
  if (isInTurn(figure)) {
    return l10n.t('Click to show the next of {0} figures.', figure.count);
  }
  return figure.count > 1
    ? l10n.t(
        'Click to open the dashboard. One of {0} figures: each vendor and unit has its own.',
        figure.count,
      )
    : l10n.t('Click to open the dashboard.');
}

function showNext(): vscode.Command {
  return { command: COMMANDS.nextStatusBarAccount, title: l10n.t('Next Account in the Status Bar') };
}

function iconOf({ stale, amount }: StatusFigure, alert: Alert): string {
  if (stale) {
    return '$(warning)';
  }
  if (alert !== 'none') {
    return '$(bell)'; // colour is not the only sign
  }
  return amount === undefined ? '$(sync)' : '$(graph)';
}

function alertWords(alert: Alert): string[] {
  switch (alert) {
    case 'error':
      return [l10n.t('A budget is used up')];
    case 'warning':
      return [l10n.t('A budget has passed a threshold')];
    case 'none':
      return [];
  }
}

/** A click opens the item's account or, if it has several, the dashboard's last one. */
function openDashboard({ parts }: StatusFigure): vscode.Command {
  const [only, ...others] = parts;
  return {
    command: COMMANDS.openDashboard,
    title: l10n.t('Open Dashboard'),
    arguments: only === undefined || others.length > 0 ? [] : [only.account.id],
  };
}
