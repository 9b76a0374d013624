import { l10n } from '../platform/l10n';
import { ask, tell } from '../platform/messages';
import type { Services } from './shared/services';

/** Says how much usage is kept on this computer, and deletes it when the person wants that. */
export async function showKeptUsage({ accounts, store, formats }: Services): Promise<void> {
  const size = await store.size();
  if (size === undefined) {
    void tell(
      'info',
      l10n.t('No usage is stored on this computer: Usage Explorer works from memory in this window.'),
    );
    return;
  }
  const clear = l10n.t('Delete');
  const answer = await ask(
    'info',
    l10n.t('Usage Explorer stores {0} of usage on this computer.', formats.bytes(size.bytes)),
    l10n.t(
      'Days of usage, for all accounts together: {0}. Deleting them changes nothing at the vendor, but usage that the vendor no longer keeps cannot be loaded again.',
      formats.count(size.days),
    ),
    clear,
  );
  if (answer === clear) {
    await store.clear();
    await Promise.all(accounts.all.map((account) => store.of(account).refresh()));
  }
}
