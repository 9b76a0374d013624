/** A file could not be saved. The message is a sentence for the person; the cause is for the log. */
export class SaveError extends Error {}
