/** What pure code needs of a log; the host gives it VS Code's log channel. Never hand it a key. */
export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}
