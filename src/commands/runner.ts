import type { LogOutputChannel } from 'vscode';
import { l10n } from '../platform/l10n';
import { tell } from '../platform/messages';
import { SaveError } from '../platform/saveError';
import type { Services } from './shared/services';

/**
 * Runs commands by their ids. Their code is loaded when the first of them runs. A failing one shows a message; the log has the
 * details.
 */
export function commandRunner(
  services: Services,
  log: LogOutputChannel,
): (id: string, argument: unknown) => Promise<void> {
  return async (id, argument) => {
    try {
      const { commandOf } = await import('./table');
      await commandOf(id)?.(services, argument);
    } catch (error) {
      log.error(`${id}: ${error instanceof Error ? stackOf(error) : String(error)}`);
      const show = l10n.t('Show Log');
      const answer = await tell(
        'error',
        error instanceof SaveError
          ? error.message
          : l10n.t('Usage Explorer could not do this. The log says why.'),
        show,
      );
      if (answer === show) {
        services.showLog();
      }
    }
  };
}

function stackOf({ stack, message, cause }: Error): string {
  const own = stack ?? message;
  return cause instanceof Error ? `${own}\ncaused by ${stackOf(cause)}` : own;
}
