import { l10n } from '../../platform/l10n';
import type { ProviderCapabilities } from '../../providers/capabilities';
import { type Account, aliasOf, type Grouping } from '../../usage/account';
import { NO_GROUP } from '../../usage/bucket';
import { displayText } from '../../usage/text';

/** The subject of a usage row, in words: the same in the tree and on the dashboard. */

/** `Machine`, `Group` or `Category`. */
export function subjectNoun({ subject }: Pick<ProviderCapabilities, 'subject'>): string {
  switch (subject) {
    case 'machine':
      return l10n.t('Machine');
    case 'group':
      return l10n.t('Group');
    case 'category':
      return l10n.t('Category');
  }
}

/** The name of a machine, group or category, safe for one line. */
export function subjectLabel(
  { subject, groupings }: Pick<ProviderCapabilities, 'subject' | 'groupings'>,
  account: Pick<Account, 'aliases' | 'grouping'>,
  id: string,
): string {
  if (subject === 'category') {
    return categoryLabel(id);
  }
  return id === NO_GROUP ? nobody(account.grouping ?? groupings[0]) : displayText(aliasOf(account, id) ?? id);
}

/** Words for usage without a subject, by what is missing. */
function nobody(grouping: Grouping | undefined): string {
  switch (grouping) {
    case 'external_user_id':
      return l10n.t('No external user');
    case 'external_project_id':
      return l10n.t('No external project');
    case 'workspace_id':
      return l10n.t('No workspace');
    case undefined:
      return l10n.t('No group');
  }
}

/** Categories that vendors document have a name; others are shown as received. */
export function categoryLabel(category: string): string {
  switch (category) {
    case 'cpu':
      return l10n.t('CPU');
    case 'memory':
      return l10n.t('Memory');
    case 'storage':
      return l10n.t('Storage');
    case 'gpu':
      return l10n.t('GPU');
    case 'vcpu':
      return l10n.t('vCPU');
    case 'gpuMemory':
      return l10n.t('GPU memory');
    case 'cluster':
      return l10n.t('Clusters');
    case 'other':
      return l10n.t('Other');
    default:
      return displayText(category);
  }
}
