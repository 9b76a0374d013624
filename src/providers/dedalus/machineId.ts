const PREFIX = 'dm-';
const PREFIXED_UUID = /^dm-[\da-fA-F]{8}-(?:[\da-fA-F]{4}-){3}[\da-fA-F]{12}$/;
const LENGTH = 39;

/**
 * The one name of a machine: of `dm-<uuid>` the UUID, since newer paths take either, and rows may have one where the list has
 * the other. Any other id as it is given. Source: docs/providers.md, "Dedalus".
 */
export function machineIdOf(given: string): string {
  return given.length === LENGTH && PREFIXED_UUID.test(given) ? given.slice(PREFIX.length) : given;
}
