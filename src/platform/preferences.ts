import { EventEmitter, type Memento } from 'vscode';
import type { MachineSort, MachineView } from '../usage/columns/machines';

const KEY = 'usageExplorer.machineView';
const SORTS: readonly MachineSort[] = ['usage', 'id', 'lastActive'];
const DEFAULT: MachineView = { sort: 'usage', text: '', hideZero: false };

/** How a person wants the machines sorted and filtered; kept across restarts. */
export class Preferences {
  readonly #memento: Memento;
  readonly #changed = new EventEmitter<MachineView>();

  constructor(memento: Memento) {
    this.#memento = memento;
  }

  readonly onDidChange = this.#changed.event;

  get machineView(): MachineView {
    const kept = this.#memento.get<Partial<MachineView>>(KEY) ?? {};
    return {
      sort: SORTS.find((sort) => sort === kept.sort) ?? DEFAULT.sort,
      text: typeof kept.text === 'string' ? kept.text : DEFAULT.text,
      hideZero: kept.hideZero === true,
    };
  }

  async change(part: Partial<MachineView>): Promise<void> {
    const view = { ...this.machineView, ...part };
    await this.#memento.update(KEY, view);
    this.#changed.fire(view);
  }
}
