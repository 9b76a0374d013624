import type { DashboardStrings } from '../../../src/protocol/strings';
import { element } from '../parts/dom';
import type { RowChoice, SortBy } from './tableRows';

interface Heading {
  readonly cell: HTMLTableCellElement;
  readonly button: HTMLButtonElement;
}

/** The headings of a table; three of them are buttons that put the rows in order. */
export class TableHead {
  readonly root: HTMLTableSectionElement;
  private readonly sorting: Readonly<Record<SortBy, Heading>>;

  constructor(
    private readonly strings: DashboardStrings,
    sort: (by: SortBy) => void,
  ) {
    const heading = (by: SortBy, className: string): Heading => {
      const button = element('button', { className: 'heading', attributes: { type: 'button' } });
      button.addEventListener('click', () => {
        sort(by);
      });
      return { cell: element('th', { className, attributes: { scope: 'col' } }, button), button };
    };
    this.sorting = {
      time: heading('time', 'time'),
      name: heading('name', 'row-head'),
      value: heading('value', 'number'),
    };
    const { time, name, value } = this.sorting;
    this.root = element(
      'thead',
      {},
      element(
        'tr',
        {},
        time.cell,
        name.cell,
        value.cell,
        element('th', { className: 'number', text: strings.exactValue, attributes: { scope: 'col' } }),
        element('th', { className: 'note', text: strings.note, attributes: { scope: 'col' } }),
      ),
    );
  }

  update(nameHeading: string, valueHeading: string, { by, descending }: RowChoice): void {
    const texts = { time: this.strings.time, name: nameHeading, value: valueHeading };
    for (const sort of ['time', 'name', 'value'] as const) {
      const { cell, button } = this.sorting[sort];
      button.textContent = texts[sort];
      const order = descending ? 'descending' : 'ascending';
      cell.setAttribute('aria-sort', sort === by ? order : 'none');
    }
  }
}
