import { MarkdownString } from 'vscode';
import { displayText } from '../usage/text';

/**
 * A tooltip with a title, a table of figures and some sentences. All input stays text: no links, no commands, no icons,
 * no HTML, whatever name a vendor or a person gave to something.
 */
export class Tooltip {
  readonly #parts: string[] = [];

  constructor(title: string) {
    this.#parts.push(`**${escape(title)}**`);
  }

  /** Rows of label, value and, right of it, the same in another unit. */
  table(rows: readonly (readonly [string, string, string?])[]): this {
    if (rows.length > 0) {
      const lines = rows.map(
        ([label, value, other]) => `| ${escape(label)} | ${escape(value)} | ${GAP}${escape(other ?? '')} |`,
      );
      this.#parts.push(['| | | |', '|:--|--:|--:|', ...lines].join('\n'));
    }
    return this;
  }

  line(text: string | undefined): this {
    if (text !== undefined && text !== '') {
      this.#parts.push(escape(text));
    }
    return this;
  }

  toMarkdown(): MarkdownString {
    return new MarkdownString(this.#parts.join('\n\n'));
  }
}

/** VS Code draws columns without space between them. An entity, because Markdown drops spaces at a cell's edge. */
const GAP = '&emsp;';

/** Any ASCII punctuation may be escaped in Markdown, so all of it is. */
function escape(text: string): string {
  return displayText(text, 400).replace(/[!-/:-@[-`{-~]/g, '\\$&');
}
