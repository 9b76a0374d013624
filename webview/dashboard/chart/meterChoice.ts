import { COMPUTE_METERS, STORAGE_METERS } from '../../../src/protocol/choices';
import type { Chart, DashboardView } from '../../../src/protocol/messages';
import { segmented } from '../parts/controls';
import type { Surroundings } from '../surroundings';

/** Buttons that choose which meter a chart shows. */
export interface MeterChoice {
  readonly root: HTMLElement;
  readonly update: (view: DashboardView) => void;
}

export function meterChoice(id: Chart['id'], surroundings: Surroundings): MeterChoice {
  return id === 'compute' ? computeChoice(surroundings) : storageChoice(surroundings);
}

function computeChoice(surroundings: Surroundings): MeterChoice {
  const { strings } = surroundings.language;
  const names = {
    awake_seconds: strings.awakeTime,
    cpu_millicore_seconds: strings.cpuTime,
    memory_mib_seconds: strings.memoryTime,
  };
  const options = COMPUTE_METERS.map((value) => ({ value, text: names[value] }));
  const buttons = segmented(strings.meter, options, (computeMeter) => {
    surroundings.send({ type: 'choose', change: { computeMeter } });
  });
  return {
    root: buttons.root,
    update: ({ choices }) => {
      buttons.update(choices.computeMeter);
    },
  };
}

function storageChoice(surroundings: Surroundings): MeterChoice {
  const { strings } = surroundings.language;
  const names = { logical_storage_bytes: strings.level, storage_mib_seconds: strings.amount };
  const options = STORAGE_METERS.map((value) => ({ value, text: names[value] }));
  const buttons = segmented(strings.meter, options, (storageMeter) => {
    surroundings.send({ type: 'choose', change: { storageMeter } });
  });
  return {
    root: buttons.root,
    update: ({ choices }) => {
      buttons.update(choices.storageMeter);
    },
  };
}
