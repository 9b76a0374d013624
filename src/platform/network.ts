import { networkInterfaces } from 'node:os';

const LOOKS_EVERY_MS = 5_000;

/** A new address appears before names can be looked up. */
const SETTLES_MS = 2_000;

/**
 * Calls the listener when this computer's network addresses change: VS Code does not say when the network is back. Sends
 * nothing, and has a timer only while it watches.
 */
export class NetworkWatch {
  readonly #listener: () => void;
  #looking: NodeJS.Timeout | undefined;
  #settling: NodeJS.Timeout | undefined;

  constructor(listener: () => void) {
    this.#listener = listener;
  }

  watch(on: boolean): void {
    if (on && this.#looking === undefined) {
      let before = addresses();
      this.#looking = setInterval(() => {
        const now = addresses();
        if (now !== before && now !== '') {
          clearTimeout(this.#settling);
          this.#settling = setTimeout(this.#listener, SETTLES_MS).unref();
        }
        before = now;
      }, LOOKS_EVERY_MS).unref();
    } else if (!on) {
      clearInterval(this.#looking);
      this.#looking = undefined;
    }
  }

  dispose(): void {
    this.watch(false);
    clearTimeout(this.#settling);
  }
}

/** Empty if there are only internal addresses. */
function addresses(): string {
  const all = Object.values(networkInterfaces()).flatMap((own) => own ?? []);
  return all
    .filter(({ internal }) => !internal)
    .map(({ address }) => address)
    .sort()
    .join(' ');
}
