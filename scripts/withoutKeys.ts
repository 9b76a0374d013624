import { PROVIDERS } from '../src/providers/registry';

/**
 * Removes the person's own API keys from the environment of what a script or a test starts: no test may see or use them, and
 * no third-party code needs them.
 */
export const WITHOUT_KEYS: NodeJS.ProcessEnv = Object.fromEntries(
  Object.values(PROVIDERS).flatMap(({ key }) =>
    key === undefined ? [] : [[key.environmentVariable, undefined]],
  ),
);
