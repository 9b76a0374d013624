import { askChoice, askText } from '../platform/inputs';
import { l10n } from '../platform/l10n';
import type { MachineSort } from '../usage/columns/machines';
import type { Services } from './shared/services';

/** Commands for how machines are sorted, and which are shown. */

export async function sortMachines({ preferences }: Services): Promise<void> {
  const { sort } = preferences.machineView;
  const choices: readonly (readonly [MachineSort, string, string])[] = [
    ['usage', l10n.t('By Usage'), l10n.t('most awake time first')],
    ['id', l10n.t('By ID'), l10n.t('in order of their IDs')],
    ['lastActive', l10n.t('By Last Activity'), l10n.t('most recently awake first')],
  ];
  const chosen = await askChoice(
    l10n.t('Sort Machines'),
    '',
    choices.map(([value, label, description]) => ({
      label: value === sort ? `$(check) ${label}` : label,
      description,
      value,
    })),
  );
  if (chosen !== undefined) {
    await preferences.change({ sort: chosen });
  }
}

export async function filterMachines({ preferences }: Services): Promise<void> {
  const answer = await askText({
    title: l10n.t('Filter Machines'),
    prompt: l10n.t('Part of an ID, a name or a state. Leave empty to show all machines.'),
    value: preferences.machineView.text,
  });
  if (answer?.kind === 'answer') {
    await preferences.change({ text: answer.value });
  }
}

export async function clearFilter({ preferences }: Services): Promise<void> {
  await preferences.change({ text: '', hideZero: false });
}

export async function hideUnused({ preferences }: Services): Promise<void> {
  await preferences.change({ hideZero: true });
}

export async function showUnused({ preferences }: Services): Promise<void> {
  await preferences.change({ hideZero: false });
}
