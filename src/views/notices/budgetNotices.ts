import { Disposable, type LogOutputChannel, window } from 'vscode';
import { budgetTroubles } from '../../insights/budgets/budgetSetting';
import type { BudgetStandings } from '../../insights/budgets/budgetStandings';
import { type BudgetNews, BudgetWatch } from '../../insights/budgets/budgetWatch';
import { l10n } from '../../platform/l10n';
import { tell } from '../../platform/messages';
import { settings } from '../../platform/settings';
import type { AccountList } from '../../store/accountList';
import type { DatabaseCache } from '../../store/databaseCache';
import type { UsageStore } from '../../store/usageStore';
import type { Account } from '../../usage/account';
import type { Formats } from '../../usage/format';
import { quoted } from '../../usage/text';
import type { EpochMs } from '../../usage/time';
import { actions } from '../actions';
import { passedWords } from '../words/budgetWords';

export interface BudgetNoticesOptions {
  readonly accounts: AccountList;
  readonly store: UsageStore;
  readonly databaseCache: DatabaseCache;
  readonly standings: BudgetStandings;
  readonly formats: Formats;
  readonly log: Pick<LogOutputChannel, 'warn'>;
  readonly now: () => EpochMs;
}

/** Says that a threshold of a budget was passed, in the window that has the focus. */
export class BudgetNotices implements Disposable {
  readonly #options: BudgetNoticesOptions;
  readonly #watch: BudgetWatch;
  readonly #disposables: Disposable;
  #troubles = '';

  constructor(options: BudgetNoticesOptions) {
    this.#options = options;
    const { accounts, store, databaseCache, standings, now } = options;
    this.#watch = new BudgetWatch({
      ...{ databaseCache, now },
      standings: (account) => standings.of(account),
      isSeen: () => window.state.focused,
      tell: (news) => void this.#tell(news),
    });
    const lookAtAll = (): void => {
      accounts.all.forEach((account) => {
        this.#look(account);
      });
    };
    this.#disposables = Disposable.from(
      this.#watch,
      store.onDidChange((accountId) => {
        const account = accounts.find(accountId);
        if (account !== undefined) {
          this.#look(account);
        }
      }),
      settings.onDidChange(() => {
        this.#logTroubles();
        lookAtAll();
      }),
      accounts.onDidChange(() => {
        this.#logTroubles();
      }),
      window.onDidChangeWindowState(lookAtAll),
    );
    this.#logTroubles();
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  /** Skips an account that is being read. Loads the days that forecasts need while the window has the focus. */
  #look(account: Account): void {
    const { store, standings } = this.#options;
    const known = store.known(account.id);
    if (known?.isBusy === true) {
      return;
    }
    void this.#watch.look(account);
    if (window.state.focused && known?.isRestored === true) {
      const { dayCache } = known;
      const missing = standings.wants(account, false).filter((want) => dayCache.isDue(want));
      if (missing.length > 0) {
        void store.of(account).load(missing);
      }
    }
  }

  async #tell({ standing, passed }: BudgetNews): Promise<void> {
    const { formats, now } = this.#options;
    const open = l10n.t('Open Dashboard');
    const snooze = l10n.t('Snooze for 24 Hours');
    const mute = l10n.t('Mute for This Month');
    const sentences = passed.map(({ basis }) => passedWords(standing, basis, now(), formats));
    const answer = await tell('warning', sentences.join(' '), open, snooze, mute);
    if (answer === open) {
      actions.openDashboard(standing.account.id);
    } else if (answer !== undefined) {
      await this.#watch.muteUntil(standing, answer === snooze ? 'day' : 'month');
    }
  }

  /** Logs them only on change. */
  #logTroubles(): void {
    if (!this.#options.accounts.isReady) {
      return; // the accounts are not known yet
    }
    const troubles = budgetTroubles(settings.budgets, this.#options.accounts.all)
      .map(
        ({ index, field, problem }) =>
          `budgets[${index ?? ''}]${field === undefined ? '' : ` › ${quoted(field)}`}: ${problem}`,
      )
      .join('; ');
    if (troubles !== '' && troubles !== this.#troubles) {
      this.#options.log.warn(`settings: ${troubles}`);
    }
    this.#troubles = troubles;
  }
}
