/** What each row of an account's usage is about. */
export const SUBJECTS = ['machine', 'group', 'category'] as const;

export type Subject = (typeof SUBJECTS)[number];
