import type { DutyMap } from '../../../src/protocol/chart';
import { shownDuty } from '../../../src/usage/duty';
import type { Formats } from '../../../src/usage/format';
import { displayText } from '../../../src/usage/text';
import { HOUR, utcDay } from '../../../src/usage/time';
import type { Language } from '../parts/speech';
import type { TooltipWords } from '../parts/tooltipWords';
import type { DataTableRow } from '../table/tableRows';
import { type DutyModel, dutyOf, HOURS_OF_DAY, startOfCell } from './dutyModel';

/** Hundredths of a percent, in which a duty is sorted and copied. */
const FINE = 10_000;

const METER = 'cpu_millicore_seconds';

/** Whose duty it is, safe for the page. */
export function nameOf({ of }: DutyMap): string {
  return displayText(of);
}

/** `Fri 20 Nov 14:00–15:00 UTC` */
export function cellName({ map }: DutyModel, cell: number, { formats }: Language): string {
  const day = map.days[Math.floor(cell / HOURS_OF_DAY)] ?? '';
  return `${formats.day(day)} ${hourName(cell, formats)} UTC`;
}

/** `14:00–15:00` */
function hourName(cell: number, formats: Formats): string {
  const start = (cell % HOURS_OF_DAY) * HOUR;
  return formats.span(start, start + HOUR);
}

/** The duty in percents, or the word for why there is none. */
export function dutyText({ map, states }: DutyModel, cell: number, { formats, strings }: Language): string {
  if (states[cell] === 'asleep') {
    return strings.asleep;
  }
  const duty = dutyOf(map, [cell]);
  return states[cell] !== 'awake' || duty === undefined ? strings.unknown : formats.percent(shownDuty(duty));
}

/** What the tooltip of a cell shows. */
export function dutyLines(model: DutyModel, cell: number, language: Language): TooltipWords[] {
  const { formats, strings } = language;
  const duty = { label: strings.duty, rounded: dutyText(model, cell, language), exact: '' };
  const lines = quantities(model, cell).map(({ word, amount, meter }) => ({
    label: strings[word],
    rounded: formats.rounded(amount, meter),
    exact: formats.exact(Math.round(amount), meter),
    strong: false,
  }));
  return [...lines, { ...duty, strong: true }];
}

/** One cell in a sentence: `Fri 20 Nov 14:00–15:00 UTC: 42 %, Awake time: 3.5 h, …`. */
export function speakCell(model: DutyModel, cell: number, language: Language): string {
  const { formats, strings } = language;
  const parts = quantities(model, cell).map(
    ({ word, amount, meter }) => `${strings[word]}: ${formats.rounded(amount, meter)}`,
  );
  return `${[`${cellName(model, cell, language)}: ${dutyText(model, cell, language)}`, ...parts].join('. ')}.`;
}

/** The figures of a cell besides its duty; empty if machines slept or nothing is known. */
function quantities({ map, states }: DutyModel, cell: number) {
  return states[cell] === 'awake'
    ? ([
        { word: 'awakeTime', amount: map.awake[cell] ?? Number.NaN, meter: 'awake_seconds' },
        { word: 'usedTime', amount: map.used[cell] ?? Number.NaN, meter: METER },
        { word: 'capacityTime', amount: map.capacity[cell] ?? Number.NaN, meter: METER },
      ] as const)
    : [];
}

/** The period in short: its duty, and when machines were busiest. Nothing when they never were. */
export function dutyFacts({ average, busiest }: DutyModel, { formats, strings }: Language): string[] {
  return [
    ...(average === undefined ? [] : [`${strings.average}: ${formats.percent(shownDuty(average))}`]),
    ...(busiest === undefined
      ? []
      : [
          `${strings.busiestHour}: ${hourName(busiest.hour, formats)}, ${formats.percent(shownDuty(busiest.duty))}`,
        ]),
  ];
}

/** The map in a few sentences: what an image's alternative text says. */
export function summariseDuty(model: DutyModel, language: Language): string {
  return [`${language.strings.duty}, ${nameOf(model.map)}`, ...dutyFacts(model, language)]
    .map((part) => `${part}.`)
    .join(' ');
}

/** The rows of the table: all known hours, including those asleep. */
export function dutyRows(model: DutyModel, language: Language): DataTableRow[] {
  const { formats } = language;
  return model.states.flatMap((state, cell): DataTableRow[] => {
    if (state !== 'awake' && state !== 'asleep') {
      return [];
    }
    const at = startOfCell(model.map, cell);
    const duty = state === 'awake' ? dutyOf(model.map, [cell]) : undefined;
    const of = [model.map.used[cell] ?? Number.NaN, model.map.capacity[cell] ?? Number.NaN] as const;
    return [
      {
        at,
        time: formats.day(utcDay(at)),
        key: '',
        name: hourName(cell, formats),
        amount: duty === undefined ? undefined : Math.round(duty * FINE),
        rounded: duty === undefined ? language.strings.asleep : formats.cell(duty * 100),
        exact:
          duty === undefined ? '' : `${formats.count(of[0])} / ${formats.exact(Math.round(of[1]), METER)}`,
        note: '',
      },
    ];
  });
}
