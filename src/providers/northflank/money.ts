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
 * reply's currency. Undefined when it cannot be told. The numbers themselves are never looked at: a cheap month in dollars
 * looks like a dear hour in cents.
 *
 * Source: "List usage" and "Get usage" give cents under `paasUsage` and `byocUsage`; the guide "Billing API" gives decimal
 * amounts of the response's `currency` under `paas`. Which of them the vendor's server follows is not known
 * (docs/providers.md, "Northflank").
 *
 * @param rule a person's own word; `auto` goes by the keys
 * @param currency looked up only where it counts
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
