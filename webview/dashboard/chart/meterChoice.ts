import type { Chart } from '../../../src/protocol/chart';
import type { ChoicesChange } from '../../../src/protocol/choices';
import type { Figure } from '../../../src/protocol/messages';
import type { MeterId } from '../../../src/usage/meter';
import { displayText } from '../../../src/usage/text';
import type { PageContext } from '../pageContext';
import { type Segmented, segmented } from '../parts/controls';
import { element } from '../parts/dom';

/** Buttons that choose which meter a chart shows; none if there is only one, or a tile for each. */
export class MeterChoice {
  readonly root = element('div', { className: 'chart-meters' });
  private offered = '';
  private buttons: Segmented<MeterId> | undefined;

  constructor(private readonly context: PageContext) {}

  /** Rebuilt only for other meters, so that a focused button stays focused. */
  update({ id, meter, meters }: Pick<Chart, 'id' | 'meter' | 'meters'>, figures: readonly Figure[]): void {
    const hasTile = (own: MeterId): boolean =>
      figures.some(({ opens }) => opens?.chart === id && opens.meter === own);
    const own = meters.every((each) => hasTile(each.id)) ? [] : meters;
    const offered = JSON.stringify([id, own]);
    if (offered !== this.offered) {
      this.offered = offered;
      this.offer(id, own);
    }
    this.root.hidden = this.buttons === undefined;
    this.buttons?.update(meter);
  }

  private offer(id: Chart['id'], meters: Chart['meters']): void {
    const { language, send } = this.context;
    const options = meters.map((meter) => ({ value: meter.id, text: displayText(meter.label) }));
    this.buttons =
      options.length < 2
        ? undefined
        : segmented(language.strings.meter, options, (meter) => {
            const change: ChoicesChange =
              id === 'compute' ? { computeMeter: meter } : { storageMeter: meter };
            send({ type: 'choose', change });
          });
    this.root.replaceChildren(...(this.buttons === undefined ? [] : [this.buttons.root]));
  }
}
