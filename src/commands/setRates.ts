import {
  DRAFT_FIELDS,
  type DraftField,
  draftOf,
  draftProblem,
  plainDraft,
  type RatesDraft,
  settingOf,
  typedDraft,
} from '../insights/estimate/draft';
import { takesRates } from '../insights/estimate/monthEstimate';
import { askChoice, askText, type Choice } from '../platform/inputs';
import { l10n } from '../platform/l10n';
import { tell } from '../platform/messages';
import { settings } from '../platform/settings';
import { PROVIDERS } from '../providers/registry';
import type { Account } from '../usage/account';
import { type ListPrices, RATE_FIELDS, type RateField } from '../usage/rates';
import { displayText } from '../usage/text';
import type { Typing } from '../usage/typedNumber';
import { fieldName, ratesProblemWords, ratesTroubleWords } from '../views/words/ratesWords';
import { unclearWords } from '../views/words/typedWords';
import { chooseAccount } from './shared/accountChoice';
import type { Services } from './shared/services';

type Beginning = { readonly draft: RatesDraft } | 'remove';

/**
 * Asks for the rates of an account whose vendor reports no costs: the person's own, or the published ones, which the person
 * sees before they are saved.
 */
export async function setRates(services: Services, suggested?: Account): Promise<void> {
  const fits = ({ provider }: Account): boolean => takesRates(PROVIDERS[provider].capabilities);
  const account = await chooseAccount(services, suggested, l10n.t('Set Rates'), fits);
  if (account === undefined) {
    if (!services.accounts.all.some(fits)) {
      void tell(
        'info',
        l10n.t('Rates are for accounts whose vendor does not report costs, and you have no such account.'),
      );
    }
    return;
  }
  const title = l10n.t('Set Rates: {0}', displayText(account.label));
  for (;;) {
    const beginning = await askBeginning(account, title);
    if (beginning === undefined) {
      return;
    }
    if (beginning === 'remove') {
      await settings.setRates(account.label, undefined);
      return;
    }
    const draft = await askDraft(beginning.draft, title, services.typing);
    if (draft === undefined) {
      return;
    }
    if (draft !== 'back') {
      await settings.setRates(account.label, settingOf(draft));
      return;
    }
  }
}

function askBeginning(account: Account, title: string): Promise<Beginning | undefined> {
  const written = settings.writtenRates(account.label);
  const trouble = ratesTroubleWords(settings.ratesProblems.filter(({ label }) => label === account.label));
  const { listPrices } = PROVIDERS[account.provider];
  const choices: Choice<Beginning>[] = [
    {
      label: l10n.t('Your own rates'),
      description: written === undefined ? '' : l10n.t('starting from the current ones'),
      value: { draft: draftOf(written) },
    },
    ...(listPrices === undefined ? [] : published(listPrices)),
  ];
  if (written !== undefined) {
    choices.push({ label: l10n.t('Remove rates'), value: 'remove' });
  }
  return askChoice(title, trouble ?? l10n.t('Your rates give an estimate, not the vendor’s bill.'), choices);
}

function published({ page, quotedBy, asOf, plans }: ListPrices): Choice<Beginning>[] {
  return plans.map(({ name, rates }) => ({
    label: l10n.t('Published list prices ({0})', name),
    description: l10n.t('as of {0}', asOf),
    detail: l10n.t('From {0}, as quoted by {1}. You review them before they are saved.', page, quotedBy),
    value: { draft: draftOf(rates) },
  }));
}

/** Asks field by field, then shows all fields before they are saved. Undefined if the person leaves. */
async function askDraft(
  beginning: RatesDraft,
  title: string,
  typing: Typing,
): Promise<RatesDraft | 'back' | undefined> {
  let draft = typedDraft(beginning, typing);
  let number = 0;
  for (;;) {
    const field = DRAFT_FIELDS[number];
    if (field === undefined) {
      const save = await askSave(draft, title);
      if (save !== false) {
        return save === undefined ? undefined : plainDraft(draft, typing);
      }
      number = 0;
      continue;
    }
    const answer = await askField(field, draft, title, typing);
    if (answer === undefined) {
      return undefined;
    }
    draft = { ...draft, [field]: answer.kind === 'answer' ? answer.value : answer.typed };
    number += answer.kind === 'answer' ? 1 : -1;
    if (number < 0) {
      return 'back';
    }
  }
}

function askField(
  field: DraftField,
  draft: RatesDraft,
  title: string,
  typing: Typing,
): ReturnType<typeof askText> {
  const check = (text: string): string | undefined => problemOf(field, text, draft, typing);
  const value = draft[field];
  return askText({
    ...{ title, value, check },
    prompt: promptOf(field, draft),
    placeholder: field === 'currency' ? 'USD' : l10n.t('optional'),
    problem: value === '' ? undefined : check(value),
    step: { number: DRAFT_FIELDS.indexOf(field) + 1, of: DRAFT_FIELDS.length },
    canGoBack: true,
  });
}

function problemOf(field: DraftField, text: string, draft: RatesDraft, typing: Typing): string | undefined {
  const typed = typing.read(text);
  if (field !== 'currency' && text !== '' && typed.kind !== 'decimal') {
    return unclearWords(typed) ?? l10n.t('Enter a number, such as {0}.', typing.write('0.04536'));
  }
  const plain = plainDraft({ ...draft, [field]: text }, typing);
  const problem = draftProblem(field, plain[field], plain);
  return problem === undefined ? undefined : ratesProblemWords(problem);
}

function promptOf(field: DraftField, { currency }: RatesDraft): string {
  if (field === 'currency') {
    return l10n.t('The currency of the rates, as an ISO 4217 code.');
  }
  if (isRate(field)) {
    return l10n.t(
      '{0} {1}. If empty, it has no price, and the estimate leaves it out.',
      currency.toUpperCase(),
      fieldName(field),
    );
  }
  return field === 'money'
    ? l10n.t(
        '{0} {1} (vCPU-time and memory together). Leave empty for none.',
        currency.toUpperCase(),
        fieldName(field),
      )
    : l10n.t('{0}. Leave empty for none.', fieldName(field));
}

function isRate(field: DraftField): field is RateField {
  return RATE_FIELDS.some((own) => own === field);
}

function askSave(draft: RatesDraft, title: string): Promise<boolean | undefined> {
  const filled = DRAFT_FIELDS.filter((field) => draft[field] !== '');
  const [currency, ...others] = filled.map((field) =>
    field === 'currency' ? draft.currency.toUpperCase() : `${draft[field]} ${fieldName(field)}`,
  );
  return askChoice(title, l10n.t('Save these rates?'), [
    { label: l10n.t('Save'), detail: `${currency ?? ''}: ${others.join(' · ')}`, value: true },
    { label: l10n.t('Change'), value: false },
  ]);
}
