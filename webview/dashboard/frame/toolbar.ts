import { type ChoicesChange, type StackBy, TOPS } from '../../../src/protocol/choices';
import type { DashboardView } from '../../../src/protocol/messages';
import type { Granularity, RangeChoice } from '../../../src/usage/range';
import type { PageContext } from '../pageContext';
import { button, named, type Segmented, segmented, selectOf } from '../parts/controls';
import { element, hiddenText, icon } from '../parts/dom';
import { Roving } from '../parts/roving';
import { periodName } from '../parts/speech';
import { Dates } from './dates';
import { ExportMenu } from './exportMenu';

type RangeKind = RangeChoice['kind'];

/**
 * What to show of the account's usage, and how: each control sends a choice, and shows what the next view says. They are one
 * stop of the Tab key.
 */
export class Toolbar {
  readonly root: HTMLElement;
  private readonly range: HTMLSelectElement;
  private readonly dates: Dates;
  private readonly granularity: Segmented<Granularity>;
  private readonly stackBy: HTMLSelectElement;
  private readonly form: HTMLSelectElement;
  private readonly top: HTMLSelectElement;
  private readonly previous = element('input', { attributes: { type: 'checkbox' } });
  private readonly zoomOut: HTMLButtonElement;
  private readonly roving: Roving;
  private view: DashboardView | undefined;
  /** The dates are being chosen, and are not the host's choice yet. */
  private choosingDates = false;

  constructor(private readonly context: PageContext) {
    const { strings } = context.language;
    this.range = this.rangeSelect();
    this.dates = new Dates(context);
    this.granularity = segmented(
      strings.per,
      [
        { value: 'hour', text: strings.hour },
        { value: 'day', text: strings.day },
      ],
      (granularity) => {
        this.choose({ granularity });
      },
    );
    const stackings: readonly { value: StackBy; text: string }[] = [
      { value: 'machine', text: strings.byMachine },
      { value: 'shape', text: strings.byShape },
    ];
    this.stackBy = named(
      strings.stackBy,
      selectOf(stackings, (stackBy) => {
        this.choose({ stackBy });
      }),
    );
    this.form = this.formChoice();
    const tops = TOPS.map((top, index) => ({ value: String(top), text: strings.tops[index] ?? String(top) }));
    this.top = named(
      strings.top,
      selectOf(tops, (top) => {
        this.choose({ top: Number(top) });
      }),
    );
    this.previous.addEventListener('change', () => {
      this.choose({ previous: this.previous.checked });
    });
    this.zoomOut = button(strings.zoomOut, 'secondary', () => {
      this.choose({ zoom: null });
    });
    this.root = this.assemble();
    this.roving = new Roving(this.root, 'select, input:not([type="date"]), button:not([role="menuitem"])');
  }

  update(view: DashboardView): void {
    const { choices, hoursAllowed, charts } = view;
    const { strings, formats } = this.context.language;
    const before = this.view;
    this.view = view;
    // Every view is a copy: the same range is another object each time.
    if (JSON.stringify(before?.choices.range) !== JSON.stringify(choices.range)) {
      this.choosingDates = choices.range.kind === 'dates';
    }
    this.range.value = this.choosingDates ? 'dates' : choices.range.kind;
    this.dates.root.hidden = !this.choosingDates;
    this.dates.update(view);
    this.granularity.update(hoursAllowed ? choices.granularity : 'day', hoursAllowed ? [] : ['hour']);
    const whyNot = hoursAllowed ? '' : strings[view.hasHours ? 'hoursNotAllowed' : 'hoursNotGiven'];
    this.granularity.root.title = whyNot;
    this.granularity.root.setAttribute('aria-description', whyNot);
    this.stackBy.hidden = view.stackings.length < 2;
    this.stackBy.value = view.stackBy;
    this.form.value = choices.form[charts[0]?.granularity ?? choices.granularity];
    this.top.value = String(choices.top);
    this.previous.checked = choices.previous;
    this.zoomOut.hidden = choices.zoom === undefined;
    const zoomed = periodName(view.shown, formats);
    this.zoomOut.title = strings.zoomOut;
    this.zoomOut.replaceChildren(
      hiddenText(`${strings.zoomOut}: `),
      element('span', { text: zoomed }),
      icon('close'),
    );
    this.roving.update();
  }

  private choose(change: ChoicesChange): void {
    this.context.send({ type: 'choose', change });
  }

  private rangeSelect(): HTMLSelectElement {
    const { strings } = this.context.language;
    const texts: readonly [RangeKind, string][] = [
      ['thisMonth', strings.thisMonth],
      ['lastMonth', strings.lastMonth],
      ['last7Days', strings.last7Days],
      ['last30Days', strings.last30Days],
      ['dates', strings.dates],
    ];
    const select = selectOf(
      texts.map(([value, text]) => ({ value, text })),
      (kind) => {
        this.choosingDates = kind === 'dates';
        if (kind === 'dates') {
          this.dates.root.hidden = false;
          this.dates.focus();
        } else {
          this.dates.root.hidden = true;
          this.choose({ range: { kind } });
        }
      },
    );
    return named(strings.period, select);
  }

  /** The form belongs to hours or to days, whichever is shown. */
  private formChoice(): HTMLSelectElement {
    const { strings } = this.context.language;
    const options = [
      { value: 'bars', text: strings.bars },
      { value: 'area', text: strings.area },
    ] as const;
    const select = selectOf(options, (form) => {
      if (this.view) {
        const { choices, charts } = this.view;
        const granularity = charts[0]?.granularity ?? choices.granularity;
        this.choose({ form: { ...choices.form, [granularity]: form } });
      }
    });
    return named(strings.form, select);
  }

  private assemble(): HTMLElement {
    const { strings } = this.context.language;
    const previous = element(
      'label',
      { className: 'choice check', title: strings.previousMeaning },
      this.previous,
      element('span', { text: strings.previous }),
    );
    return element(
      'div',
      { className: 'toolbar', attributes: { role: 'toolbar', 'aria-label': strings.show } },
      this.range,
      this.zoomOut,
      this.dates.root,
      this.granularity.root,
      this.stackBy,
      this.form,
      this.top,
      previous,
      new ExportMenu(this.context).root,
    );
  }
}
