/** What a row of an account's usage is of. */
export const SUBJECTS = ['machine', 'group', 'category'] as const;

export type Subject = (typeof SUBJECTS)[number];
