import { l10n } from '../../platform/l10n';
import type { StatusBarFormat } from '../../platform/settings';
import { PROVIDERS } from '../../providers/registry';
import type { Formats } from '../../usage/format';
import { marked } from '../../usage/knownSum';
import { displayText, withoutMarks } from '../../usage/text';
import type { StatusFigure } from './statusFigure';

/** Characters without the icon: the bar is shared with other tools. */
const LIMIT = 24;

/**
 * The item's text without its icon: whose figure it is, the figure, and whether it is billed (`Dedalus 7.57M s billed`). Of
 * what does not fit into {@link LIMIT}, an account's own name goes first, for the vendor's short one; then "billed"; then the
 * vendor, since the figure's unit still says what is counted.
 */
export function statusText(figure: StatusFigure, format: StatusBarFormat, formats: Formats): string {
  const names = namesOf(figure);
  const shown = figureText(figure, format, formats);
  if (shown === undefined) {
    return firstThatFits(names.map((name) => l10n.t('{0} {1}', name, '–')));
  }
  const told = toldText(figure, shown);
  return firstThatFits([
    ...names.map((name) => l10n.t('{0} {1}', name, told)),
    l10n.t('{0} {1}', names.at(-1) ?? '', shown),
    told,
    shown,
  ]);
}

/** The item for a screen reader, without its budgets: a sentence, in which nothing is shortened. */
export function spokenText(figure: StatusFigure, format: StatusBarFormat, formats: Formats): string {
  const shown = figureText(figure, format, formats);
  return l10n.t(
    'Cloud usage this month, {0}: {1}',
    whoseWords(figure),
    shown === undefined ? l10n.t('unknown') : toldText(figure, shown),
  );
}

/** From the most telling to the shortest. Generated figures never stand under a name that could be a vendor's. */
function namesOf({ parts, sample }: StatusFigure): readonly string[] {
  const [{ account } = {}, ...others] = parts;
  if (account === undefined || others.length > 0) {
    return [l10n.t('{0} accounts', parts.length)];
  }
  const { name, shortName } = PROVIDERS[account.provider];
  return sample || account.label === name
    ? [shortName]
    : [withoutMarks(displayText(account.label)), shortName];
}

function whoseWords({ parts, sample }: StatusFigure): string {
  const [{ account } = {}, ...others] = parts;
  if (account === undefined || others.length > 0) {
    return l10n.t('sum of {0} accounts', parts.length);
  }
  return sample ? PROVIDERS[account.provider].name : displayText(account.label);
}

function toldText({ billed }: StatusFigure, shown: string): string {
  return billed ? l10n.t('{0} billed', shown) : shown;
}

/** The figure with its unit and, if it lacks a part, its mark; undefined if unknown. */
function figureText(
  { amount, meter, incomplete }: StatusFigure,
  format: StatusBarFormat,
  formats: Formats,
): string | undefined {
  if (amount === undefined || meter === undefined) {
    return undefined;
  }
  const figure = format === 'hours' ? formats.rounded(amount, meter) : formats.short(amount, meter);
  return marked(figure, { whole: !incomplete }, meter);
}

/** Else the last one: a figure is never cut. */
function firstThatFits(texts: readonly string[]): string {
  return texts.find((text) => Array.from(text).length <= LIMIT) ?? texts.at(-1) ?? '';
}
