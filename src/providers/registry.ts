import type { ProviderId } from '../usage/account';
import { dedalus } from './dedalus/provider';
import { miosa } from './miosa/provider';
import { northflank } from './northflank/provider';
import type { Provider } from './provider';
import { sample } from './sample/provider';

/** Every provider, one line each. */
export const PROVIDERS: Readonly<Record<ProviderId, Provider>> = {
  dedalus,
  miosa,
  northflank,
  sample,
};

export function isProviderId(text: string): text is ProviderId {
  return Object.hasOwn(PROVIDERS, text);
}
