import { networkInterfaces } from 'node:os';

const LOOKS_EVERY_MS = 5_000;

/** A new address appears before names can be looked up. */
const SETTLES_MS = 2_000;

/**
 * Calls the listener when this computer's network addresses change, while `isOfInterest` is true: VS Code does not say when
 * the network is back. Sends nothing.
 */
export function watchNetwork(isOfInterest: () => boolean, listener: () => void): { dispose(): void } {
  let before = addresses();
  let settling: NodeJS.Timeout | undefined;
  const looking = setInterval(() => {
    const now = isOfInterest() ? addresses() : before;
    if (now !== before && now !== '') {
      clearTimeout(settling);
      settling = setTimeout(listener, SETTLES_MS).unref();
    }
    before = now;
  }, LOOKS_EVERY_MS).unref();
  return {
    dispose: () => {
      clearInterval(looking);
      clearTimeout(settling);
    },
  };
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
