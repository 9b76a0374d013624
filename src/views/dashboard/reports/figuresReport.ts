import { l10n } from '../../../platform/l10n';
import type { FigureLine } from '../../../protocol/messages';
import type { ReportBody, ReportRow } from '../../../protocol/report';
import { column } from './figures';
import type { ReportInput, ReportMaker } from './report';

/** Every figure of the tiles with its exact value, what it was compared with, and where it comes from. */
export function figuresReport(): ReportMaker {
  return {
    id: 'figures',
    applies: () => true,
    wants: () => [], // shows what the tiles have
    head: () => ({ title: l10n.t('Details'), short: l10n.t('Details'), summary: '', tone: 'neutral' }),
    body,
  };
}

function body({ figures }: ReportInput): ReportBody {
  return {
    tables: [
      {
        caption: l10n.t('Exact figures'),
        columns: [
          column(l10n.t('Meter')),
          column(l10n.t('Figure')),
          column(l10n.t('Rounded'), 'number'),
          column(l10n.t('Exact'), 'number'),
          column(l10n.t('Change'), 'number'),
        ],
        rows: figures.flatMap(({ label, lines, opens }) =>
          lines.map((line) => ({ ...rowOf(label, line), ...(opens === undefined ? {} : { opens }) })),
        ),
        more: 0,
        empty: l10n.t('Nothing has been read yet.'),
      },
    ],
    notes: [...new Set(figures.flatMap(({ lines }) => lines.map(({ provenance }) => provenance)))],
    actions: [],
  };
}

function rowOf(label: string, { label: kind, value, exact, provenance, change }: FigureLine): ReportRow {
  const isCompared = change !== undefined && change.direction !== 'unknown';
  return {
    cells: [
      { text: label },
      { text: kind },
      { text: value, detail: provenance },
      exact === '' ? { text: '' } : { text: exact, detail: provenance },
      isCompared ? { text: change.text, detail: `${change.detail} · ${provenance}` } : { text: '' },
    ],
    tone: 'neutral',
  };
}
