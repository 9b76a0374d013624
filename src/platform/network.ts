import { networkInterfaces } from 'node:os';

const LOOKS_EVERY_MS = 5_000;

/** An address is there before names can be looked up with it. */
const SETTLES_MS = 2_000;

/**
 * Tells when this computer has other network addresses than before, while that is of interest: VS Code does not say when
 * the network is back. Nothing is sent.
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

/** Empty without any but this computer's own. */
function addresses(): string {
  const all = Object.values(networkInterfaces()).flatMap((own) => own ?? []);
  return all
    .filter(({ internal }) => !internal)
    .map(({ address }) => address)
    .sort()
    .join(' ');
}
