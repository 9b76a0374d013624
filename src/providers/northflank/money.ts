import type { MoneyRule } from '../../usage/meter';

/** The keys of the vendor's reference pages, which count in cents, and those of its newer guide, which names a currency. */
export const MONEY_KEYS = {
  paas: ['paasUsage', 'paas'],
  byoc: ['byocUsage', 'byoc'],
} as const;

export type OwnMoneyKind = keyof typeof MONEY_KEYS;

export type MoneyKey = (typeof MONEY_KEYS)[OwnMoneyKind][number];

/**
 * The unit of the prices under a key of a reply: `cents`, `major` (whole units of a currency that is not named), or the
 * reply's currency. Undefined if unknown. The numbers themselves are never used, because a cheap month in dollars looks like
 * an expensive hour in cents.
 *
 * Source: "List usage" and "Get usage" give cents under `paasUsage` and `byocUsage`; the guide "Billing API" gives decimal
 * amounts of the response's `currency` under `paas`. It is not known which of them the vendor's server follows
 * (docs/providers.md, "Northflank").
 *
 * @param rule the person's choice; `auto` goes by the key
 * @param currency called only if it is needed
 */
export function moneyUnit(
  rule: MoneyRule,
  key: MoneyKey,
  currency: () => string | undefined,
): string | undefined {
  switch (rule) {
    case 'cents':
      return 'cents';
    case 'major':
      return currency() ?? 'major';
    case 'auto':
      return key === 'paasUsage' || key === 'byocUsage' ? 'cents' : currency();
  }
}
