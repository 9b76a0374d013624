import { l10n } from '../../platform/l10n';
import type { Remedy } from '../../protocol/overview';
import type { Expected, Failure } from '../../usage/failure';
import type { Formats } from '../../usage/format';
import { displayText } from '../../usage/text';

export interface FailureWords {
  /** Fits a row: a few words. */
  readonly short: string;
  /** A whole sentence, with what the vendor said when that helps. */
  readonly sentence: string;
  readonly remedy: Remedy;
}

export function remedyLabel(remedy: Remedy): string {
  switch (remedy) {
    case 'refresh':
      return l10n.t('Try Again');
    case 'updateKey':
      return l10n.t('Update Key');
    case 'openSettings':
      return l10n.t('Open Settings');
    case 'openProxySettings':
      return l10n.t('Open Proxy Settings');
    case 'showLog':
      return l10n.t('Show Log');
  }
}

/** A failure in plain words, and what helps. */
export function failureWords(failure: Failure, formats: Formats): FailureWords {
  const wordsOf = WORDS[failure.kind] as (failure: Failure, formats: Formats) => FailureWords;
  return wordsOf(failure, formats);
}

type WordsOf = {
  readonly [K in Failure['kind']]: (
    failure: Extract<Failure, { readonly kind: K }>,
    formats: Formats,
  ) => FailureWords;
};

const WORDS: WordsOf = {
  keyMissing: () =>
    words(l10n.t('no key'), l10n.t('There is no key for this account on this computer.'), 'updateKey'),
  keychain: (failure) =>
    words(
      l10n.t('no secret storage'),
      l10n.t(
        'The secret storage of this computer did not return the key, perhaps because it is locked: {0}',
        displayText(failure.detail, 200),
      ),
      'refresh',
    ),
  keyForOtherAddress: (failure) =>
    words(
      l10n.t('address changed'),
      l10n.t(
        'The address in the settings has changed. The key was given for {0} and is sent nowhere else. Enter it again to use it at the new address.',
        failure.origin,
      ),
      'updateKey',
    ),
  keyRejected: (failure) =>
    words(l10n.t('key refused'), said(l10n.t('The vendor refused the key.'), failure.detail), 'updateKey'),
  organisationMismatch: (failure) =>
    words(
      l10n.t('wrong organisation'),
      said(l10n.t('The key does not belong to the organisation you entered.'), failure.detail),
      'updateKey',
    ),
  outOfCredits: (failure) =>
    words(
      l10n.t('out of credits'),
      said(l10n.t('The account is out of credits, so the vendor no longer answers.'), failure.detail),
      'refresh',
    ),
  forbidden: (failure) =>
    words(
      l10n.t('not allowed'),
      said(l10n.t('The key is valid, but it has no permission to read usage.'), failure.detail),
      'updateKey',
    ),
  badAddress: (failure) =>
    words(
      l10n.t('bad address'),
      l10n.t(
        'The API address must start with https:// (http:// is allowed only on this computer) and contain no password: {0}',
        displayText(failure.address),
      ),
      'openSettings',
    ),
  redirected: (failure) =>
    words(
      l10n.t('sent elsewhere'),
      failure.withUserInfo === true
        ? l10n.t(
            'The API redirects to {0}, an address with a user name or a password in it. The redirect is not followed.',
            displayText(failure.target),
          )
        : l10n.t('The API redirects to {0}. The key is not sent there.', displayText(failure.target)),
      'openSettings',
    ),
  notFound: (failure) =>
    words(
      l10n.t('not found'),
      l10n.t(
        'There is no usage API at {0}. The vendor may have moved it, or the address in the settings is wrong.',
        failure.url,
      ),
      'openSettings',
    ),
  gone: (failure, formats) =>
    words(
      l10n.t('no longer answered'),
      l10n.t(
        'The vendor no longer answers this request ({0}). Figures until {1} are kept, and the request is repeated once a day.',
        failure.url,
        formats.instant(failure.keptUntil),
      ),
      'refresh',
    ),
  rateLimited: (failure, formats) =>
    words(
      l10n.t('asked to wait'),
      l10n.t(
        'The vendor asked to wait until {0}. No request is sent before then.',
        formats.instant(failure.retryAt),
      ),
      'refresh',
    ),
  blocked: (failure) =>
    words(
      l10n.t('refused on the way'),
      l10n.t(
        'A bot protection or a network filter refused the request on its way to the vendor (status {0}). The key was not refused. The request is repeated later.',
        failure.status,
      ),
      'refresh',
    ),
  refused: (failure) =>
    words(
      l10n.t('request refused'),
      said(l10n.t('The vendor refused the request (status {0}).', failure.status), failure.detail),
      'showLog',
    ),
  serverError: (failure) =>
    words(
      l10n.t('vendor trouble'),
      said(l10n.t('The vendor’s server has a problem (status {0}).', failure.status), failure.detail),
      'refresh',
    ),
  timeout: (failure) =>
    words(
      l10n.t('no answer'),
      l10n.t('The vendor’s server did not answer within {0} s.', failure.seconds),
      'refresh',
    ),
  unreachable: (failure) =>
    words(
      l10n.t('not reachable'),
      l10n.t('{0} cannot be reached ({1}). Check the network and the proxy.', failure.host, failure.code),
      'refresh',
    ),
  certificate: (failure) =>
    words(
      l10n.t('not trusted'),
      l10n.t(
        'The certificate of {0} is not trusted ({1}). Behind a company proxy, install the company’s certificate on this computer. The check is never skipped.',
        failure.host,
        failure.code,
      ),
      'showLog',
    ),
  proxyLogin: () =>
    words(
      l10n.t('proxy login'),
      l10n.t(
        'The proxy asks for a user name and a password (status 407), so the request did not reach the vendor. Enter them in the proxy settings, then refresh: there is no automatic retry.',
      ),
      'openProxySettings',
    ),
  cut: (failure) =>
    words(
      l10n.t('connection lost'),
      failure.offset === undefined
        ? l10n.t('The connection was lost in the middle of the answer.')
        : l10n.t('The answer ended too early, at byte {0}. None of it is shown.', failure.offset),
      'refresh',
    ),
  cancelled: () => words(l10n.t('cancelled'), l10n.t('The request was cancelled.'), 'refresh'),
  notJson: ({ offset, contentType }) =>
    offset !== undefined && offset > 0
      ? words(
          l10n.t('broken answer'),
          l10n.t('The answer is broken: it is not JSON at byte {0}. None of it is shown.', offset),
          'refresh',
        )
      : words(
          l10n.t('not an API'),
          l10n.t(
            'The answer is not JSON ({0}). It may be a sign-in page of the network, or the address may be wrong.',
            displayText(contentType),
          ),
          'openSettings',
        ),
  notCovered: () =>
    words(
      l10n.t('not in the answer'),
      l10n.t('The vendor’s answer covers only part of the request. The rest is unknown, not zero.'),
      'refresh',
    ),
  malformed: (failure) =>
    words(
      l10n.t('unexpected answer'),
      l10n.t(
        'The answer is not what the vendor documents: {0} should be {1}. None of it is shown.',
        displayText(failure.path),
        expectedWords(failure.expected),
      ),
      'showLog',
    ),
  tooLarge: (failure) => words(l10n.t('answer too large'), tooLargeSentence(failure), 'showLog'),
  internal: (failure) =>
    words(
      l10n.t('internal error'),
      l10n.t('Usage Explorer has an internal error: {0}', displayText(failure.detail)),
      'showLog',
    ),
};

function tooLargeSentence(failure: Extract<Failure, { kind: 'tooLarge' }>): string {
  if ('limitRows' in failure) {
    return l10n.t('The answer has more than {0} rows and was not read.', failure.limitRows);
  }
  const mebibytes = failure.limitBytes / 1024 ** 2;
  switch (failure.of ?? 'answer') {
    case 'answer':
      return l10n.t('The answer is larger than {0} MiB and was not read.', mebibytes);
    case 'part':
      return l10n.t('A single part of the answer is larger than {0} MiB, so it was not read.', mebibytes);
    case 'memory':
      return l10n.t('The answer takes more than {0} MiB of memory, so it was not read.', mebibytes);
  }
}

function expectedWords(expected: Expected): string {
  switch (expected) {
    case 'object':
      return l10n.t('an object');
    case 'list':
      return l10n.t('a list');
    case 'text':
      return l10n.t('text');
    case 'number':
      return l10n.t('a number');
    case 'flag':
      return l10n.t('true or false');
    case 'exactInteger':
      return l10n.t('a whole number that can be shown exactly');
    case 'smallInteger':
      return l10n.t('a whole number below 2^53');
    case 'dateTime':
      return l10n.t('a date and time with a time zone');
    case 'lastPage':
      return l10n.t('absent on the last page');
    case 'asAsked':
      return l10n.t('what was requested');
    case 'inPeriod':
      return l10n.t('within the period of the answer');
    case 'entryCount':
      return l10n.t('the number of entries');
    case 'onlyOne':
      return l10n.t('the only one for its hour');
    case 'shallow':
      return l10n.t('nested less deeply');
  }
}

function words(short: string, sentence: string, remedy: Remedy): FailureWords {
  return { short, sentence, remedy };
}

function said(sentence: string, detail: string): string {
  return detail === '' ? sentence : l10n.t('{0} It said: “{1}”', sentence, displayText(detail, 200));
}
