/** The log that pure code writes to; the host passes VS Code's log channel. Never log a key. */
export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}
