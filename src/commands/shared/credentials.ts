import { type Answer, askChoice, askText, type TextQuestion } from '../../platform/inputs';
import { l10n } from '../../platform/l10n';
import type { Provider } from '../../providers/provider';
import { type BoundKey, isHeaderText } from '../../usage/account';
import { type Failure, toFailure } from '../../usage/failure';
import { failureWords } from '../../views/words/failureWords';
import { hostOf, type KeyPlace, keyPrompt } from './keyPlace';
import type { Services } from './services';

/** A key that the vendor accepted, and the organisation it was accepted for. */
export interface Credentials {
  readonly key: BoundKey;
  readonly organisationId: string | undefined;
}

export interface CredentialsQuestion {
  readonly title: string;
  readonly place: KeyPlace;
  /** The account's present one. */
  readonly organisationId: string | undefined;
  /** The total number of questions; these two come first. */
  readonly steps: number;
}

/** Failures of the key itself, after which the key is asked for again. */
const ABOUT_THE_KEY: ReadonlySet<Failure['kind']> = new Set<Failure['kind']>(['keyRejected', 'forbidden']);

/**
 * Asks for a key and an optional organisation id, and tries them at the vendor before anything is kept.
 * Undefined when the person leaves.
 */
export async function askCredentials(
  services: Services,
  question: CredentialsQuestion,
): Promise<Credentials | undefined> {
  let key = '';
  let problem: string | undefined;
  for (;;) {
    const keyAnswer = await askKey(services, question, key, problem);
    if (keyAnswer === undefined || keyAnswer.kind === 'back') {
      return undefined;
    }
    key = keyAnswer.value;
    const outcome = await askOrganisation(services, question, key);
    if (outcome === undefined || 'key' in outcome) {
      return outcome;
    }
    problem = outcome.keyProblem;
  }
}

async function askKey(
  services: Services,
  { title, place, steps }: CredentialsQuestion,
  value: string,
  problem: string | undefined,
): Promise<Answer<string>> {
  const { provider } = place;
  const variable = provider.key?.environmentVariable ?? '';
  const offered = services.environment[variable]?.trim() ?? '';
  if (isHeaderText(offered) && value === '') {
    const fromEnvironment = await askChoice(title, l10n.t('Where is the key?'), [
      { label: l10n.t('Enter a key'), value: false },
      {
        label: l10n.t('Use the key in {0}', variable),
        description: l10n.t('an environment variable; the key is sent to {0}', hostOf(place)),
        value: true,
      },
    ]);
    if (fromEnvironment !== false) {
      return fromEnvironment === undefined ? undefined : { kind: 'answer', value: offered };
    }
  }
  return askText({
    title,
    prompt: keyPrompt(place),
    placeholder: keyPlaceholder(provider),
    password: true,
    page: keysPage(provider),
    value,
    problem,
    step: { number: 1, of: steps },
    check: (text) => {
      if (text === '') {
        return l10n.t('Paste the key here.');
      }
      return isHeaderText(text) ? undefined : l10n.t('A key has only ASCII characters and no spaces.');
    },
  });
}

/** Asks for the organisation, and on Enter checks the key with it. `keyProblem`: why the key is asked for again, if known. */
async function askOrganisation(
  services: Services,
  { title, place, organisationId, steps }: CredentialsQuestion,
  key: string,
): Promise<Credentials | { readonly keyProblem: string | undefined } | undefined> {
  let accepted: BoundKey | undefined;
  let keyProblem: string | undefined;
  const answer = await askText({
    title,
    prompt: scopePrompt(place),
    placeholder: l10n.t('optional'),
    value: organisationId ?? '',
    step: { number: 2, of: steps },
    check: (text) =>
      text === '' || (isHeaderText(text) && !/^\.+$/.test(text)) // dots would change the URL's path
        ? undefined
        : l10n.t('An ID has only ASCII characters and no spaces.'),
    accept: async (text, signal) => {
      const outcome = await tryOut(services, { ...place, key, organisationId: orUndefined(text) }, signal);
      if (!('kind' in outcome)) {
        accepted = outcome;
        return undefined;
      }
      const { sentence } = failureWords(outcome, services.formats);
      if (ABOUT_THE_KEY.has(outcome.kind)) {
        keyProblem = sentence;
        return undefined;
      }
      return sentence;
    },
  });
  if (answer === undefined) {
    return undefined;
  }
  return accepted !== undefined && answer.kind === 'answer'
    ? { key: accepted, organisationId: orUndefined(answer.value) }
    : { keyProblem };
}

function keysPage({ key }: Provider): TextQuestion['page'] {
  return key && { title: l10n.t('Open the page where keys are made'), address: key.keysPage };
}

/** Where keys are made, and how they mostly begin, which is not required. */
function keyPlaceholder({ key, name }: Provider): string {
  const page = key?.keysPage ?? name;
  return key?.prefix === undefined
    ? l10n.t('Create a key at {0}', page)
    : l10n.t('{0}… Create a key at {1}', key.prefix, page);
}

/** Asks for the part of what the key can see, in the vendor's own word. */
function scopePrompt(place: KeyPlace): string {
  const host = hostOf(place);
  switch (place.provider.key?.scope) {
    case 'tenant':
      return l10n.t(
        'Tenant (ID or slug), if the key can see several. Press Enter to check the key at {0}.',
        host,
      );
    case 'team':
      return l10n.t(
        'Team ID, to see only one team; a token of an organisation needs it. Press Enter to check the key at {0}.',
        host,
      );
    case 'organisation':
    case undefined:
      return l10n.t('Organisation ID, if the key needs one. Press Enter to check the key at {0}.', host);
  }
}

async function tryOut(
  services: Services,
  draft: Parameters<Services['checkKey']>[0],
  signal: AbortSignal,
): Promise<BoundKey | Failure> {
  try {
    return await services.checkKey(draft, signal);
  } catch (error) {
    return toFailure(error);
  }
}

function orUndefined(text: string): string | undefined {
  return text === '' ? undefined : text;
}
