import { hash } from '../random';

const ADJECTIVES =
  'amber brisk calm dusty eager fleet gentle hardy idle jolly keen lucid mellow nimble olive plain quiet rapid sunny tidy'.split(
    ' ',
  );
const ANIMALS =
  'badger crane dingo egret ferret gecko heron ibis jackal koala lemur marten newt otter puffin quail raven stoat tapir urchin vole wombat yak zebu asp'.split(
    ' ',
  );
const PAIRS = ADJECTIVES.length * ANIMALS.length;

/** A slug in the vendor's form, `dm-…`; no two machines of a fleet share one. */
export function machineId(role: string, seed: number, index: number): string {
  // 7 shares no factor with 500, so the first 500 machines have 500 pairs.
  const pair = (index * 7 + (hash(seed) % PAIRS)) % PAIRS;
  const words = [ADJECTIVES[pair % ADJECTIVES.length], ANIMALS[Math.floor(pair / ADJECTIVES.length)]];
  const round = Math.floor(index / PAIRS);
  return ['dm', role, ...words, ...(round > 0 ? [String(round + 1)] : [])].join('-');
}
