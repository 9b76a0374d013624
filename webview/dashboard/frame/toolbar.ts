import { type ChoicesChange, type StackBy, TOPS } from '../../../src/protocol/choices';
import type { DashboardView } from '../../../src/protocol/messages';
import type { Granularity, RangeChoice } from '../../../src/usage/range';
import type { PageContext } from '../pageContext';
import { button, captioned, labelled, type Segmented, segmented, selectOf } from '../parts/controls';
import { element } from '../parts/dom';
import { periodName } from '../parts/speech';
import { Dates } from './dates';
import { ExportMenu } from './exportMenu';

type RangeKind = RangeChoice['kind'];

/** What to show of the account's usage, and how: each control sends a choice, and shows what the next view says. */
export class Toolbar {
  readonly root: HTMLElement;
  private readonly range: HTMLSelectElement;
  private readonly dates: Dates;
  private readonly granularity: Segmented<Granularity>;
  private readonly hoursNote: HTMLElement;
  private readonly stackBy: Segmented<StackBy>;
  private readonly stackChoice: HTMLElement;
  private readonly form: Segmented<'bars' | 'area'>;
  private readonly top: HTMLSelectElement;
  private readonly previous = element('input', { attributes: { type: 'checkbox' } });
  private readonly zoomOut: HTMLButtonElement;
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
    this.hoursNote = element('span', { className: 'quiet hours-note' });
    this.stackBy = segmented(
      strings.stackBy,
      [
        { value: 'machine', text: strings.subjects.machine.one },
        { value: 'shape', text: strings.shape },
      ],
      (stackBy) => {
        this.choose({ stackBy });
      },
    );
    this.stackChoice = captioned(strings.stackBy, this.stackBy.root);
    this.form = this.formChoice();
    this.top = selectOf(
      TOPS.map((top) => ({ value: String(top), text: String(top) })),
      (top) => {
        this.choose({ top: Number(top) });
      },
    );
    this.top.className = 'short';
    this.previous.addEventListener('change', () => {
      this.choose({ previous: this.previous.checked });
    });
    this.zoomOut = button(strings.zoomOut, 'secondary', () => {
      this.choose({ zoom: null });
    });
    this.root = this.assemble();
  }

  update(view: DashboardView): void {
    const { choices, hoursAllowed, charts } = view;
    const { strings, formats } = this.context.language;
    const before = this.view;
    this.view = view;
    this.root.hidden = !view.account;
    // Every view is a copy: the same range is another object each time.
    if (JSON.stringify(before?.choices.range) !== JSON.stringify(choices.range)) {
      this.choosingDates = choices.range.kind === 'dates';
    }
    this.range.value = this.choosingDates ? 'dates' : choices.range.kind;
    this.dates.root.hidden = !this.choosingDates;
    this.dates.update(view);
    this.granularity.update(hoursAllowed ? choices.granularity : 'day', hoursAllowed ? [] : ['hour']);
    this.hoursNote.hidden = hoursAllowed;
    this.hoursNote.textContent = strings[view.hasHours ? 'hoursNotAllowed' : 'hoursNotGiven'];
    this.stackChoice.hidden = view.stackings.length < 2;
    this.stackBy.update(choices.stackBy);
    this.form.update(choices.form[charts[0]?.granularity ?? choices.granularity]);
    this.top.value = String(choices.top);
    this.previous.checked = choices.previous;
    this.zoomOut.hidden = choices.zoom === undefined;
    this.zoomOut.textContent = `${strings.zoomOut} (${periodName(view.shown, formats)})`;
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
    return selectOf(
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
  }

  /** The form belongs to hours or to days, whichever is shown. */
  private formChoice(): Segmented<'bars' | 'area'> {
    const { strings } = this.context.language;
    const options = [
      { value: 'bars', text: strings.bars },
      { value: 'area', text: strings.area },
    ] as const;
    return segmented(strings.form, options, (form) => {
      if (this.view) {
        const { choices, charts } = this.view;
        const granularity = charts[0]?.granularity ?? choices.granularity;
        this.choose({ form: { ...choices.form, [granularity]: form } });
      }
    });
  }

  private assemble(): HTMLElement {
    const { strings } = this.context.language;
    const previous = element(
      'label',
      { className: 'choice check' },
      this.previous,
      element('span', { text: strings.previous }),
    );
    return element(
      'div',
      { className: 'toolbar' },
      labelled(strings.period, this.range),
      this.dates.root,
      captioned(strings.per, this.granularity.root),
      this.hoursNote,
      this.stackChoice,
      captioned(strings.form, this.form.root),
      labelled(strings.top, this.top),
      previous,
      this.zoomOut,
      new ExportMenu(this.context).root,
    );
  }
}
