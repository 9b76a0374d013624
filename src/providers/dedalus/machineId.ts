const PREFIX = 'dm-';
const PREFIXED_UUID = /^dm-[\da-fA-F]{8}-(?:[\da-fA-F]{4}-){3}[\da-fA-F]{12}$/;
const LENGTH = 39;

/**
 * A machine's single id. `dm-<uuid>` becomes the UUID, since newer paths take either form, and rows may have one where
 * the list has the other. Any other id stays as given. Source: docs/providers.md, "Dedalus".
 */
export function machineIdOf(given: string): string {
  return given.length === LENGTH && PREFIXED_UUID.test(given) ? given.slice(PREFIX.length) : given;
}
