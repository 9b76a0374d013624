import { PROVIDERS } from '../src/providers/registry';

/**
 * Takes the API keys of the person who runs a script or a test out of the environment of what it starts: no test may see or
 * use them, and nobody else's code has a use for them.
 */
export const WITHOUT_KEYS: NodeJS.ProcessEnv = Object.fromEntries(
  Object.values(PROVIDERS).flatMap(({ key }) =>
    key === undefined ? [] : [[key.environmentVariable, undefined]],
  ),
);
