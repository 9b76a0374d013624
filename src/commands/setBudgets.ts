import { type Budget, LIMIT_DECIMALS, OFFERED_THRESHOLDS } from '../insights/budgets/budget';
import {
  budgetRecord,
  readLimitText,
  readThresholds,
  readThresholdsText,
} from '../insights/budgets/budgetSetting';
import { budgetMeters } from '../insights/budgets/budgetStandings';
import { askChoice, askSeveral, askText } from '../platform/inputs';
import { l10n } from '../platform/l10n';
import { settings } from '../platform/settings';
import { PROVIDERS } from '../providers/registry';
import type { Account } from '../usage/account';
import type { Basis } from '../usage/budgetBasis';
import { decimalText } from '../usage/decimal';
import type { Formats } from '../usage/format';
import { type MeterId, meterOf } from '../usage/meter';
import { displayText } from '../usage/text';
import type { Typing } from '../usage/typedNumber';
import { estimateMeters } from '../views/ownRates';
import { exactLimitWords } from '../views/words/budgetWords';
import { unclearWords } from '../views/words/typedWords';
import { meterName } from '../views/words/usageWords';
import { chooseAccount } from './shared/accountChoice';
import type { Services } from './shared/services';

/** A budget in the settings, and its place there. */
interface Place {
  readonly index: number;
  readonly budget: Budget;
}

/** Asks for account, meter, limit and thresholds; an existing budget can be changed or removed. */
export async function setBudgets(services: Services, suggested?: Account): Promise<void> {
  const account = await chooseAccount(services, suggested, l10n.t('Set Budget'));
  if (account === undefined) {
    return;
  }
  const title = l10n.t('Set Budget: {0}', displayText(account.label));
  const chosen = await chooseBudget(title, account, services.formats);
  if (chosen === undefined) {
    return;
  }
  const { place, remove } = chosen;
  if (remove) {
    await settings.setBudget(place?.index, undefined);
    return;
  }
  const budget = await askBudget(services, title, account, place?.budget);
  if (budget !== undefined) {
    await settings.setBudget(place?.index, budgetRecord(budget));
  }
}

interface Chosen {
  /** Undefined for a new one. */
  readonly place: Place | undefined;
  readonly remove: boolean;
}

/** A new one, without asking, if the account has none yet. */
async function chooseBudget(
  title: string,
  { label }: Account,
  formats: Formats,
): Promise<Chosen | undefined> {
  const own = settings.budgets.budgets.filter(({ budget }) => budget.account === label);
  const fresh: Chosen = { place: undefined, remove: false };
  return own.length === 0
    ? fresh
    : askChoice<Chosen>(title, l10n.t('Which budget?'), [
        { label: l10n.t('New budget'), value: fresh },
        ...own.map((place) => ({
          label: l10n.t('Change: {0}', budgetLine(place.budget, formats)),
          description: place.budget.thresholds.map((percent) => formats.percent(percent / 100)).join(', '),
          value: { place, remove: false },
        })),
        ...own.map((place) => ({
          label: l10n.t('Remove: {0}', budgetLine(place.budget, formats)),
          value: { place, remove: true },
        })),
      ]);
}

function budgetLine(budget: Budget, formats: Formats): string {
  return l10n.t('{0}, {1} a month', meterName(budget.meter), exactLimitWords(budget, formats));
}

async function askBudget(
  services: Services,
  title: string,
  account: Account,
  before: Budget | undefined,
): Promise<Budget | undefined> {
  const meter = before?.meter ?? (await askMeter(services, title, account));
  const limit = meter && (await askLimit(title, meter, before, services.typing));
  const thresholds = limit === undefined ? undefined : await askThresholds(title, before, services);
  const on = thresholds && (await askBases(title, before));
  return meter === undefined || limit === undefined || thresholds === undefined || on === undefined
    ? undefined
    : { account: account.label, meter, limit, thresholds, on };
}

function askMeter(services: Services, title: string, account: Account): Promise<MeterId | undefined> {
  const { store } = services;
  const meters = budgetMeters(
    PROVIDERS[account.provider].capabilities,
    store.known(account.id)?.usage,
    estimateMeters(account),
  );
  return askChoice(
    title,
    l10n.t('What is the budget for?'),
    meters.map((value) => ({
      label: meterName(value),
      description: meterOf(value).display.unit,
      detail: value,
      value,
    })),
  );
}

async function askLimit(
  title: string,
  meter: MeterId,
  before: Budget | undefined,
  typing: Typing,
): Promise<Budget['limit'] | undefined> {
  const answer = await askText({
    title,
    prompt: l10n.t(
      'What is the limit for a calendar month (UTC), in {0}?',
      meterOf(meter).display.unit || l10n.t('the unit of the vendor’s figures'),
    ),
    value: before === undefined ? '' : typing.write(decimalText(before.limit, LIMIT_DECIMALS)),
    placeholder: typing.write('100'),
    check: (text) => limitProblem(text, typing),
  });
  const limit = answer?.kind === 'answer' ? readTypedLimit(answer.value, typing) : undefined;
  return typeof limit === 'string' ? undefined : limit;
}

function readTypedLimit(text: string, typing: Typing): ReturnType<typeof readLimitText> {
  const typed = typing.read(text);
  return typed.kind === 'decimal' ? readLimitText(typed.decimal) : 'notAnAmount';
}

function limitProblem(text: string, typing: Typing): string | undefined {
  const unclear = unclearWords(typing.read(text));
  if (unclear !== undefined) {
    return unclear;
  }
  switch (readTypedLimit(text, typing)) {
    case 'notAnAmount':
      return l10n.t(
        'Enter a number above zero, such as {0} or {1}.',
        typing.write('100'),
        typing.write('12.5'),
      );
    case 'tooFine':
      return l10n.t('It can have at most six decimals.');
    default:
      return undefined;
  }
}

/** Offers a list to tick, or a text for any other thresholds. */
async function askThresholds(
  title: string,
  before: Budget | undefined,
  { formats, typing }: Pick<Services, 'formats' | 'typing'>,
): Promise<readonly number[] | undefined> {
  const had = before?.thresholds ?? OFFERED_THRESHOLDS;
  const own = 'own';
  const isOffered = had.every((percent) => OFFERED_THRESHOLDS.includes(percent));
  const picked = await askSeveral<number | typeof own>(
    title,
    l10n.t('At which percentages of the limit should you be told?'),
    [
      ...OFFERED_THRESHOLDS.map((value) => ({ label: formats.percent(value / 100), value })),
      { label: l10n.t('Other…'), description: isOffered ? '' : had.join(', '), value: own },
    ],
    isOffered ? had : [own],
  );
  if (picked === undefined || picked.length === 0) {
    return undefined;
  }
  return picked.includes(own)
    ? askPercents(title, isOffered ? picked.filter((value) => value !== own) : had, typing)
    : readThresholds(picked);
}

async function askPercents(
  title: string,
  before: readonly number[],
  typing: Typing,
): Promise<readonly number[] | undefined> {
  const answer = await askText({
    title,
    prompt: l10n.t('Whole percentages of the limit, above zero, separated by commas'),
    value: before.join(', '),
    placeholder: '50, 80, 100',
    check: (text) =>
      readThresholdsText(text, typing) === undefined
        ? l10n.t('Enter whole percentages above zero, such as 50, 80, 100.')
        : undefined,
  });
  return answer?.kind === 'answer' ? readThresholdsText(answer.value, typing) : undefined;
}

async function askBases(title: string, before: Budget | undefined): Promise<readonly Basis[] | undefined> {
  const on = await askSeveral<Basis>(
    title,
    l10n.t('What are the thresholds compared with?'),
    [
      {
        label: l10n.t('Actual usage'),
        description: l10n.t('metered this month so far'),
        value: 'actual',
      },
      {
        label: l10n.t('The forecast'),
        description: l10n.t('the expected total of the month; an estimate'),
        value: 'forecast',
      },
    ],
    before?.on ?? ['actual'],
  );
  return on === undefined || on.length === 0 ? undefined : on;
}
