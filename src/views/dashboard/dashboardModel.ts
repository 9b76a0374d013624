import type { KnownChecks } from '../../insights/checks/usageChecks';
import { changeChoices, type Choices, type ChoicesChange, DEFAULT_CHOICES } from '../../protocol/choices';
import type { DashboardState, DashboardView } from '../../protocol/messages';
import type { AccountsOverview } from '../../protocol/overview';
import type { ProviderCapabilities } from '../../providers/capabilities';
import { MACHINE_CAPABILITIES } from '../../providers/machineCapabilities';
import { PROVIDERS } from '../../providers/registry';
import type { AccountList } from '../../store/accountList';
import type { DayKey } from '../../store/dayBlock';
import type { UsageStore } from '../../store/usageStore';
import type { Account } from '../../usage/account';
import type { Granularity } from '../../usage/range';
import { displayText } from '../../usage/text';
import { type EpochMs, MINUTE, monthOf, type Period } from '../../usage/time';
import { givesHours } from './charts/chartSource';
import { newColours } from './charts/colourNumbers';
import { shownPeriod } from './charts/shownPeriod';
import { StackStart } from './charts/stackStart';
import { type DashboardDeps, dashboardView, draw, type Drawn, toLoad, type ViewInput } from './dashboardView';

export interface DashboardModelOptions {
  readonly accounts: AccountList;
  readonly store: UsageStore;
  readonly checks: KnownChecks;
  readonly now: () => EpochMs;
  readonly words: DashboardDeps;
}

/** The dashboard's state (account, choices, selected machine), and the view made from it. */
export class DashboardModel {
  readonly #options: DashboardModelOptions;
  #accountId: string | undefined;
  #all = false;
  #choices: Choices = DEFAULT_CHOICES;
  #selected: string | undefined;
  #release: (() => void) | undefined;
  /** By account. */
  readonly #kept = new Map<string, Pick<ViewInput, 'colours' | 'stackStart'>>();
  #drawn: { readonly from: readonly unknown[]; readonly drawn: Drawn } | undefined;

  constructor(options: DashboardModelOptions) {
    this.#options = options;
  }

  /** Whether all accounts were chosen, and there are several. */
  get showsAll(): boolean {
    return this.#all && this.#options.accounts.all.length > 1;
  }

  /** The account that is shown; undefined if all are, or there is none. */
  get account(): Account | undefined {
    return this.showsAll ? undefined : this.#chosen;
  }

  /**
   * Clears the selection, since another account has other machines. The choices stay, as far as the account supports them.
   */
  chooseAccount(accountId: string): void {
    if (accountId !== this.#chosen?.id) {
      this.#selected = undefined;
    }
    this.#accountId = accountId;
    this.#all = false;
  }

  /** The account that was chosen before is kept. */
  chooseAll(): void {
    this.#all = true;
  }

  select(subjectId: string | undefined): void {
    this.#selected = subjectId;
  }

  choose(change: ChoicesChange): void {
    this.#choices = changeChoices(this.#choices, change);
  }

  restore(state: DashboardState): void {
    this.#accountId = state.accountId;
    this.#all = state.all;
    this.#choices = state.choices;
    this.#selected = state.machineId;
  }

  /** The period that is shown, and whether by hours or by days. */
  get shown(): { readonly period: Period; readonly granularity: Granularity } {
    const { period, granularity } = shownPeriod(
      this.#choices,
      this.#options.now(),
      givesHours(capabilitiesOf(this.account)),
    );
    return { period, granularity };
  }

  /** Call when input of the words has changed, such as a setting: the next view is redrawn. */
  forgetDrawn(): void {
    this.#drawn = undefined;
  }

  view(): DashboardView {
    const input = this.#input();
    const view = dashboardView(input, this.#draw(input));
    return this.showsAll ? { ...view, shown: monthOf(input.now), overview: this.#overview(input.now) } : view;
  }

  /** The days to load now to complete the view; none during a refresh, which may bring them. */
  toLoad(): DayKey[] {
    const input = this.#input();
    return input.refreshing ? [] : toLoad(input, this.#draw(input));
  }

  /** Keeps the days shown and compared in the cache until the next call or {@link letGo}. */
  hold(): void {
    const input = this.#input();
    const { wants, comparedWants } = this.#draw(input);
    const release =
      input.account === undefined || input.usage === undefined
        ? undefined
        : this.#options.store.of(input.account).dayCache.hold([...wants, ...comparedWants]);
    this.letGo();
    this.#release = release;
  }

  /** Ends the {@link hold}. */
  letGo(): void {
    this.#release?.();
    this.#release = undefined;
  }

  /** The chosen account while it exists, else the first. */
  get #chosen(): Account | undefined {
    const { accounts } = this.#options;
    return accounts.all.find(({ id }) => id === this.#accountId) ?? accounts.all[0];
  }

  #overview(now: EpochMs): AccountsOverview {
    const { store, words } = this.#options;
    return words.overview((accountId) => store.known(accountId), now);
  }

  /** Nothing of one account while all are shown, so that no days are loaded for it. */
  #input(): ViewInput {
    const { accounts, store, now, words } = this.#options;
    const { showsAll } = this;
    const account = this.#chosen;
    const known = account === undefined || showsAll ? undefined : store.known(account.id);
    const refreshed = showsAll ? accounts.all.map(({ id }) => store.known(id)) : [known];
    return {
      accounts: accounts.all.map(({ id, label, provider }) => ({
        id,
        label: displayText(label),
        provider: PROVIDERS[provider].name,
        sample: PROVIDERS[provider].key === undefined,
      })),
      account,
      capabilities: capabilitiesOf(account),
      usage: known?.usage,
      dayCache: known?.dayCache,
      choices: this.#choices,
      selected: showsAll ? undefined : this.#selected,
      refreshing: refreshed.some((own) => own?.refreshing !== undefined),
      loading: known?.loading,
      now: now(),
      words,
      ...this.#keptOf(account?.id ?? ''),
    };
  }

  /** What charts keep from view to view. */
  #keptOf(accountId: string): Pick<ViewInput, 'colours' | 'stackStart'> {
    const kept = this.#kept.get(accountId) ?? { colours: newColours(), stackStart: new StackStart() };
    this.#kept.set(accountId, kept);
    return kept;
  }

  /** Redrawn only when one of its inputs has changed; the time counts in minutes. */
  #draw(input: ViewInput): Drawn {
    const { account, usage, dayCache, choices, selected, now } = input;
    const { checks } = this.#options;
    const checked = account === undefined ? [] : [checks.result(account.id), checks.restatements(account.id)];
    const from = [
      ...[account, usage, dayCache, dayCache?.version, choices, selected, Math.floor(now / MINUTE)],
      ...checked,
    ];
    if (this.#drawn?.from.every((part, index) => part === from[index]) !== true) {
      this.#drawn = { from, drawn: draw(input) };
    }
    return this.#drawn.drawn;
  }
}

/** Without an account there is nothing to show, and any capabilities will do. */
function capabilitiesOf(account: Account | undefined): ProviderCapabilities {
  return account === undefined ? MACHINE_CAPABILITIES : PROVIDERS[account.provider].capabilities;
}
