import type { Chart } from '../../../src/protocol/chart';
import { displayText } from '../../../src/usage/text';
import { previousFigure, seriesLabel } from '../parts/speech';
import type { TooltipLine } from '../parts/tooltip';
import { exact, largestAt, rounded, sumOfSlots } from './chartModel';
import type { Drawing } from './drawing';
import { createLineSwatch, createSwatch, previousPaint } from './paint';
import type { Marked } from './walk';

/** Maximum series named in a tooltip, besides the selected one; the table has them all. */
const NAMED_SERIES = 8;

/** A slot's lines in a tooltip: the largest series, the total, and the previous period. */
export function slotLines(drawing: Drawing, slot: number): TooltipLine[] {
  const { chart, model, paints, selected, language } = drawing;
  const { strings, formats } = language;
  const lines = largestAt(model, slot, NAMED_SERIES, selected).flatMap((index): TooltipLine[] => {
    const series = chart.series[index];
    const amount = model.cells[index]?.[slot];
    const paint = paints[index];
    return series === undefined || amount === undefined
      ? []
      : [
          {
            mark: paint && createSwatch(paint, slot >= chart.openFrom),
            label: seriesLabel(series, strings),
            rounded: formats.rounded(amount, chart.meter),
            exact: formats.exact(amount, chart.meter),
            strong: index === selected,
          },
        ];
  });
  return [...lines, totalLine(drawing, model.slotTotals[slot]), ...previousLine(chart, slot, drawing)];
}

/** What a tooltip says of marked slots. */
export function markedLines(drawing: Drawing, { first, last }: Marked): TooltipLine[] {
  const sum = sumOfSlots(drawing.chart, drawing.model, first, last);
  return sum ? [totalLine(drawing, sum)] : [];
}

function totalLine({ chart, language }: Drawing, reading: Parameters<typeof rounded>[0]): TooltipLine {
  const { strings, formats } = language;
  return {
    label: strings.total,
    rounded: rounded(reading, chart.meter, formats, strings.unknown),
    exact: reading ? exact(reading, chart.meter, formats, strings.unknown) : '',
    strong: true,
  };
}

function previousLine(chart: Chart, slot: number, { theme, language }: Drawing): TooltipLine[] {
  if (!chart.previous) {
    return [];
  }
  const value = chart.previous.values[slot] ?? NaN;
  return [
    {
      mark: createLineSwatch(previousPaint(theme)),
      label: displayText(chart.previous.label),
      rounded: previousFigure(chart, slot, language),
      exact: Number.isSafeInteger(value) ? language.formats.exact(value, chart.meter) : '',
      strong: false,
    },
  ];
}
