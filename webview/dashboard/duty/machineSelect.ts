import type { DashboardView } from '../../../src/protocol/messages';
import { displayText } from '../../../src/usage/text';
import type { PageContext } from '../pageContext';
import { element } from '../parts/dom';
import { seriesLabel } from '../parts/speech';

/** All machines, or one of those that the charts name. */
export class MachineSelect {
  readonly root: HTMLSelectElement;
  private options = '';

  constructor(private readonly context: PageContext) {
    const { one } = context.language.strings.subjects.machine;
    this.root = element('select', { attributes: { 'aria-label': one } });
    this.root.addEventListener('change', () => {
      context.send({ type: 'select', subjectId: this.root.value || null });
    });
  }

  /** Leaves an open list alone as long as the machines are the same. */
  update(view: DashboardView): void {
    const machines = [...this.machinesOf(view)];
    const options = JSON.stringify(machines);
    if (options !== this.options) {
      this.options = options;
      this.root.replaceChildren(
        ...machines.map(([value, text]) => element('option', { text, attributes: { value } })),
      );
    }
    this.root.value = view.selected?.subjectId ?? '';
  }

  private machinesOf({ charts, selected }: DashboardView): Map<string, string> {
    const { strings } = this.context.language;
    const machines = new Map([['', strings.subjects.machine.all]]);
    for (const series of charts.flatMap((chart) => chart.series)) {
      if (series.kind === 'machine') {
        machines.set(series.key, seriesLabel(series, strings));
      }
    }
    if (selected) {
      machines.set(selected.subjectId, displayText(selected.label));
    }
    return machines;
  }
}
