import type { DashboardView } from '../../../src/protocol/messages';
import { displayText } from '../../../src/usage/text';
import { DAY, startOfDay } from '../../../src/usage/time';
import type { PageContext } from '../pageContext';
import { button } from '../parts/controls';
import { element, icon } from '../parts/dom';
import type { Theme } from '../parts/theme';
import { DataTable } from '../table/table';
import { dutyKeyItems } from './dutyKeys';
import { createDutyModel, type DutyModel } from './dutyModel';
import { dutyPaint } from './dutyPaint';
import { dutyPicture } from './dutyPicture';
import { DutyPlot } from './dutyPlot';
import { dutyFacts, dutyRows, nameOf } from './dutyWords';
import { MachineSelect } from './machineSelect';

/** Longer than any sentence that we write. */
const TEXT_LIMIT = 1000;

let panels = 0;

interface Shown {
  readonly view: DashboardView;
  readonly theme: Theme;
}

/** How busy machines were while awake: a map of days and hours or, while hidden, its meaning and a button. */
export class DutyPanel {
  readonly root: HTMLElement;
  private readonly title = element('h2');
  private readonly of = element('bdi', { className: 'unit' });
  private readonly machine: MachineSelect;
  private readonly save: HTMLButtonElement;
  private readonly hide: HTMLButtonElement;
  private readonly actions: HTMLDivElement;
  private readonly offer: HTMLDivElement;
  private readonly show: HTMLButtonElement;
  private readonly facts = element('p', { className: 'duty-facts' });
  private readonly empty = element('p', { className: 'chart-empty' });
  private readonly plot: DutyPlot;
  private readonly keys = element('ul', { className: 'duty-keys' });
  private readonly notes = element('ul', { className: 'duty-notes' });
  private readonly table: DataTable;
  private shown: Shown | undefined;

  constructor(private readonly context: PageContext) {
    const { strings } = context.language;
    this.title.id = `duty-${panels++}`;
    this.machine = new MachineSelect(context);
    this.save = button('', 'icon-button', () => void this.savePicture());
    this.save.title = strings.savePicture;
    this.save.setAttribute('aria-label', strings.savePicture);
    this.save.append(icon('picture'));
    this.hide = button(strings.hideDuty, '', () => {
      this.choose(false);
    });
    this.show = button(strings.showDuty, '', () => {
      this.choose(true);
    });
    this.actions = element('div', { className: 'duty-actions' }, this.machine.root, this.save, this.hide);
    this.offer = element(
      'div',
      { className: 'duty-offer' },
      element('p', { text: strings.dutyMeaning }),
      this.show,
    );
    this.plot = new DutyPlot(context);
    this.table = new DataTable(context, 'duty');
    this.root = this.assemble();
  }

  update(view: DashboardView, theme: Theme): void {
    const { duty } = view;
    const focused = document.activeElement;
    this.title.textContent = duty ? displayText(duty.title) : this.context.language.strings.duty;
    this.offer.hidden = duty !== undefined;
    this.actions.hidden = duty === undefined;
    this.machine.update(view);
    this.draw(view, theme);
    // The pressed button is gone, so focus its counterpart.
    if (focused === this.show && this.offer.hidden) {
      this.hide.focus();
    } else if (focused === this.hide && this.actions.hidden) {
      this.show.focus();
    }
  }

  dispose(): void {
    this.plot.dispose();
    this.root.remove();
  }

  private assemble(): HTMLElement {
    return element(
      'section',
      { className: 'chart duty', attributes: { 'aria-labelledby': this.title.id } },
      element('div', { className: 'chart-head' }, this.title, this.of, this.actions),
      this.offer,
      this.facts,
      this.empty,
      this.plot.root,
      this.keys,
      this.notes,
      this.table.root,
    );
  }

  private draw(view: DashboardView, theme: Theme): void {
    const { duty } = view;
    const drawn = duty !== undefined && duty.empty === undefined;
    this.of.textContent = duty ? nameOf(duty) : '';
    this.empty.hidden = duty?.empty === undefined;
    this.empty.textContent = displayText(duty?.empty ?? '', TEXT_LIMIT);
    this.notes.hidden = duty === undefined;
    this.notes.replaceChildren(
      ...(duty?.notes ?? []).map((note) => element('li', { text: displayText(note, TEXT_LIMIT) })),
    );
    for (const part of [this.facts, this.plot.root, this.keys, this.table.root, this.save]) {
      part.hidden = !drawn;
    }
    if (!drawn) {
      this.shown = undefined;
      this.plot.leave();
      return;
    }
    const { language } = this.context;
    const model = createDutyModel(duty, view.asOf ?? startOfDay(view.today) + DAY);
    const paint = dutyPaint(theme, model.scaleEnd);
    this.shown = { view, theme };
    this.facts.replaceChildren(...dutyFacts(model, language).map((text) => element('span', { text })));
    this.keys.replaceChildren(...dutyKeyItems(paint, language));
    this.plot.update(model, paint);
    this.fillTable(model, view);
  }

  private fillTable(model: DutyModel, { choices }: DashboardView): void {
    const { language } = this.context;
    const { strings } = language;
    this.table.update({
      open: choices.dutyTable,
      caption: `${strings.duty}, ${nameOf(model.map)}`,
      nameHeading: strings.hourOfDay,
      valueHeading: `${strings.duty} (%)`,
      unit: '%',
      copyHeading: `${strings.duty} (0.01 %)`,
      decimals: 0,
      selectable: false,
      selectedKey: undefined,
      rows: () => dutyRows(model, language),
      sum: undefined,
    });
  }

  private choose(duty: boolean): void {
    this.context.send({ type: 'choose', change: { duty } });
  }

  private async savePicture(): Promise<void> {
    const { drawing } = this.plot;
    if (!this.shown || !drawing) {
      return;
    }
    const { view, theme } = this.shown;
    this.context.send({ type: 'savePicture', of: 'duty', png: await dutyPicture(drawing, view, theme) });
  }
}
