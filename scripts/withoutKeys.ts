import { PROVIDERS } from '../src/providers/registry';

/** An environment without the API keys of the person who runs the tests: no test may see or use them. */
export const WITHOUT_KEYS: NodeJS.ProcessEnv = Object.fromEntries(
  Object.values(PROVIDERS).flatMap(({ key }) =>
    key === undefined ? [] : [[key.environmentVariable, undefined]],
  ),
);
