/** Lines by which `.vscode/tasks.json` knows that a script has begun and that what starts after it may: how each begins. */
export const TASK_LINES = {
  watch: { begins: '[watch] building', ends: '[watch] built' },
  simulator: { begins: 'url: ', ends: 'key: ' },
} as const;
