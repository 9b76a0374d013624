/** An environment without the API keys of the person who runs the tests: no test may see or use them. */
export const WITHOUT_KEYS: NodeJS.ProcessEnv = {
  DEDALUS_API_KEY: undefined,
  MIOSA_API_KEY: undefined,
  NORTHFLANK_API_KEY: undefined,
};
