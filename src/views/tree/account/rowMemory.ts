import { env, MarkdownString, type Memento, type TreeItem } from 'vscode';
import { type AccountUsage, asOf, mainFailure } from '../../../store/accountUsage';
import type { UsageStore } from '../../../store/usageStore';
import { type EpochMs, monthOf } from '../../../usage/time';

const KEY = 'usageExplorer.accountRows';

/** Maximum length of what is kept of an account, as JSON. */
const MOST_CHARACTERS = 4096;

/** An account's row as it was drawn last, as finished text that says as of when it is. */
interface Remembered {
  /** Of which rows the figure is made (`AccountState.keptAs`): an account of another scope has others. */
  readonly keptAs: string;
  readonly language: string;
  /** When the figure's calendar month began (UTC). */
  readonly month: EpochMs;
  readonly figure: string;
  readonly spoken: string;
  /** Markdown. */
  readonly tooltip: string;
}

type Rows = Readonly<Record<string, Partial<Remembered> | undefined>>;

export interface AccountRowMemoryOptions {
  readonly memento: Memento;
  readonly store: UsageStore;
  readonly now: () => EpochMs;
}

/** What the rows of accounts showed last, so that a start shows it before the database is opened. */
export class AccountRowMemory {
  readonly #options: AccountRowMemoryOptions;

  constructor(options: AccountRowMemoryOptions) {
    this.#options = options;
  }

  /**
   * Keeps an account's row for the next start; or completes it from the last one, until the database has been asked.
   *
   * @param tooltip Markdown; asked for where the row is kept
   */
  complete(accountId: string, item: TreeItem, tooltip: () => string): void {
    const known = this.#options.store.known(accountId);
    if (known !== undefined && isFigure(known.usage)) {
      this.#keep(accountId, known.state.keptAs, item, tooltip());
      return;
    }
    const row = this.#shown(accountId);
    if (row !== undefined) {
      item.description = row.figure;
      item.accessibilityInformation = { label: row.spoken };
    }
  }

  /** The tooltip of a row that is completed from the last one; undefined for others. */
  tooltip(accountId: string): MarkdownString | undefined {
    const row = this.#shown(accountId);
    return row === undefined ? undefined : new MarkdownString(row.tooltip);
  }

  /** Forgets all other accounts. */
  retain(accountIds: readonly string[]): void {
    this.#write(Object.fromEntries(Object.entries(this.#rows).filter(([id]) => accountIds.includes(id))));
  }

  #keep(accountId: string, keptAs: string, item: TreeItem, tooltip: string): void {
    const row: Remembered = {
      ...{ keptAs, tooltip, language: env.language, month: monthOf(this.#options.now()).start },
      figure: typeof item.description === 'string' ? item.description : '',
      spoken: item.accessibilityInformation?.label ?? '',
    };
    const isShort = JSON.stringify(row).length <= MOST_CHARACTERS;
    this.#write({ ...this.#rows, [accountId]: isShort ? row : undefined });
  }

  /** What was kept of an account of which nothing newer is known yet. */
  #shown(accountId: string): Remembered | undefined {
    const known = this.#options.store.known(accountId);
    const row = this.#rows[accountId];
    const isOpen = known === undefined || (!known.isRestored && asOf(known.usage) === undefined);
    return isOpen &&
      isRemembered(row) &&
      row.language === env.language &&
      row.month === monthOf(this.#options.now()).start &&
      (known === undefined || row.keptAs === known.state.keptAs)
      ? row
      : undefined;
  }

  get #rows(): Rows {
    const kept = this.#options.memento.get<unknown>(KEY);
    return typeof kept === 'object' && kept !== null ? (kept as Rows) : {};
  }

  #write(rows: Rows): void {
    if (JSON.stringify(rows) !== JSON.stringify(this.#rows)) {
      void this.#options.memento.update(KEY, rows);
    }
  }
}

/** An older or a newer version may have written something else. */
function isRemembered(row: Partial<Remembered> | undefined): row is Remembered {
  return [row?.keptAs, row?.language, row?.figure, row?.spoken, row?.tooltip].every(
    (text) => typeof text === 'string',
  );
}

/** A failure is no figure. */
function isFigure(usage: AccountUsage): boolean {
  return asOf(usage) !== undefined && mainFailure(usage) === undefined;
}
