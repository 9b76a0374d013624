import type { DashboardView } from '../../../src/protocol/messages';
import { displayText } from '../../../src/usage/text';
import { composePicture, type PictureLegendItem, type PictureWords } from '../parts/picture';
import { pictureOrigin } from '../parts/pictureOrigin';
import { seriesLabel, totalName, unitLine } from '../parts/speech';
import { rounded, roundedAverage } from './chartModel';
import type { Drawing } from './drawing';
import { allowancePaint, createLineSwatch, createSwatch, netPaint, previousPaint } from './paint';
import { isAnyKnown } from './stack';

/** A PNG of a chart, with words that say what it shows. */
export function pictureOf(
  canvas: HTMLCanvasElement,
  drawing: Drawing,
  view: DashboardView,
): Promise<ArrayBuffer> {
  return composePicture(canvas, pictureWords(drawing, view), pictureLegend(drawing), drawing.theme);
}

function pictureWords({ chart, model, language }: Drawing, view: DashboardView): PictureWords {
  const { strings, formats } = language;
  const total = rounded(model.total, chart.meter, formats, strings.unknown);
  const figures = [
    `${totalName(chart, strings)}: ${total}`,
    ...(model.average ? [`${strings.average}: ${roundedAverage(model.average, chart.meter, formats)}`] : []),
  ];
  return {
    title: `${chart.title}, ${unitLine(chart, strings)}`,
    lines: [pictureOrigin(view, view.shown, language), figures.join(' · ')],
  };
}

function pictureLegend({ chart, model, net, paints, theme, language }: Drawing): PictureLegendItem[] {
  const { strings, formats } = language;
  const series = chart.series.map((own, index): PictureLegendItem => {
    const paint = paints[index];
    const figure = rounded(model.seriesTotals[index], chart.meter, formats, strings.unknown);
    return {
      swatch: paint && createSwatch(paint),
      text: `${displayText(seriesLabel(own, strings), 40)}: ${figure}`,
    };
  });
  const lines = [
    { line: isAnyKnown(net) ? { label: strings.total } : undefined, paint: netPaint(theme) },
    { line: chart.previous, paint: previousPaint(theme) },
    { line: chart.allowance, paint: allowancePaint(theme) },
  ].flatMap(({ line, paint }) =>
    line ? [{ swatch: createLineSwatch(paint), text: displayText(line.label) }] : [],
  );
  return [...series, ...lines];
}
