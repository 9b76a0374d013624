import { l10n } from '../../platform/l10n';
import type { Provider } from '../../providers/provider';
import { displayText } from '../../usage/text';

/** Where a key is about to be sent. */
export interface KeyPlace {
  readonly provider: Provider;
  /** The address in the settings when the question began; the key is tried there, even if the settings change meanwhile. */
  readonly baseUrl: string;
  /** The origin that the account's previous key was given for; undefined if there was none. */
  readonly before: string | undefined;
}

/** Says where the key is sent, whether that is not the vendor's own address, and whether the address has changed. */
export function keyPrompt(place: KeyPlace): string {
  const { provider, baseUrl, before } = place;
  const [own, at] = [originOf(provider.defaultBaseUrl ?? ''), originOf(baseUrl)];
  const sentence =
    at === own
      ? l10n.t(
          'API key for {0}. It is kept in the secret storage of this computer and sent only to {1}.',
          provider.name,
          hostOf(place),
        )
      : l10n.t(
          'API key for {0}. It is kept in the secret storage of this computer and sent only to {1}. This is the address in your settings, not the vendor’s own, {2}.',
          provider.name,
          at,
          own,
        );
  return before === undefined || before === at
    ? sentence
    : l10n.t(
        'The address has changed: the previous key was given for {0}, this one is for {1}. {2}',
        before,
        at,
        sentence,
      );
}

/** `dcs.dedaluslabs.ai`; the whole origin if it is not the vendor’s own. */
export function hostOf({ provider, baseUrl }: KeyPlace): string {
  const own = originOf(provider.defaultBaseUrl ?? '');
  const at = originOf(baseUrl);
  return at === own && URL.canParse(at) ? new URL(at).host : at;
}

/** Without a path, a user or a password; an invalid address is shown as typed. */
function originOf(address: string): string {
  return URL.canParse(address) ? new URL(address).origin : displayText(address);
}
