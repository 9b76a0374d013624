import * as vscode from 'vscode';
import type { Granularity } from '../../usage/range';
import type { Period } from '../../usage/time';
import type { Dashboard, DashboardOptions } from './dashboard';

/** Placeholder for the dashboard, which loads its code when first opened or restored. */
export class DashboardSlot implements vscode.Disposable {
  readonly #options: Omit<DashboardOptions, 'onVisibility'>;
  readonly #visibility = new vscode.EventEmitter<void>();
  #dashboard: Dashboard | undefined;

  readonly onDidChangeVisibility = this.#visibility.event;

  constructor(options: Omit<DashboardOptions, 'onVisibility'>) {
    this.#options = options;
  }

  get visible(): boolean {
    return this.#dashboard?.visible ?? false;
  }

  async show(accountId: string | undefined, subjectId?: string): Promise<void> {
    (await this.load()).show(accountId, subjectId);
  }

  /** Takes a panel over that was open before the window was loaded. */
  async restore(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    (await this.load()).restore(panel, state);
  }

  /** What the dashboard shows of an account; undefined when it shows another one, or is not open. */
  shownOf(accountId: string): { readonly period: Period; readonly granularity: Granularity } | undefined {
    return this.#dashboard?.shownOf(accountId);
  }

  async load(): Promise<Dashboard> {
    const { Dashboard } = await import('./dashboard');
    this.#dashboard ??= new Dashboard({
      ...this.#options,
      onVisibility: () => {
        this.#visibility.fire();
      },
    });
    return this.#dashboard;
  }

  dispose(): void {
    this.#dashboard?.dispose();
    this.#visibility.dispose();
  }
}
