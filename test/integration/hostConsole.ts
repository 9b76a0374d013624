import { appendFileSync } from 'node:fs';
import { format } from 'node:util';

const METHODS: readonly (string | symbol)[] = ['debug', 'log', 'info', 'warn', 'error'];

/**
 * Copies to a file what is written to the console from now on: a window that runs tests shows it nowhere else.
 * The console as a whole is replaced, since VS Code keeps its methods from being set.
 */
export function copyConsole(file: string): void {
  globalThis.console = new Proxy(console, {
    get(original, name): unknown {
      const member: unknown = Reflect.get(original, name);
      if (!METHODS.includes(name) || typeof member !== 'function') return member;
      return (...args: unknown[]) => {
        appendFileSync(file, `${format(...args)}\n`);
        Reflect.apply(member, original, args);
      };
    },
  });
}
