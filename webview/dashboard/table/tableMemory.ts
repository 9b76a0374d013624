import { isRecord } from '../../../src/protocol/choices';
import type { PictureOf } from '../../../src/protocol/messages';
import { isNumber, isOneOf, isText } from '../checks';
import { type RowChoice, SORTS } from './tableRows';

/** How a person left a table: what they chose to see of it, and how far they had scrolled, in CSS pixels. */
export interface TableState extends RowChoice {
  readonly scroll: number;
}

export type TableStates = Partial<Record<PictureOf, TableState>>;

const UNTOUCHED: TableState = { text: '', by: 'time', descending: false, scroll: 0 };

/** How each table was left. It outlives the page, which ends whenever it is out of sight. */
export class TableMemory {
  private kept: TableStates;

  /** `before` is what VS Code kept, from which invalid parts are left out; `changed` is called to keep the states anew. */
  constructor(
    before: unknown,
    private readonly changed: () => void,
  ) {
    const tables = isRecord(before) && isRecord(before['tables']) ? before['tables'] : {};
    this.kept = Object.fromEntries(Object.entries(tables).filter(([, state]) => isState(state)));
  }

  get states(): TableStates {
    return this.kept;
  }

  of(table: PictureOf): TableState {
    return this.kept[table] ?? UNTOUCHED;
  }

  keep(table: PictureOf, state: TableState): void {
    this.kept = { ...this.kept, [table]: state };
    this.changed();
  }
}

function isState(value: unknown): value is TableState {
  return (
    isRecord(value) &&
    isText(value['text']) &&
    isOneOf(SORTS, value['by']) &&
    typeof value['descending'] === 'boolean' &&
    isNumber(value['scroll'])
  );
}
