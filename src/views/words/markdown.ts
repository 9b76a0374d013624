import { MarkdownString } from 'vscode';
import { displayText } from '../../usage/text';

/**
 * A tooltip of a title, a table of figures and some sentences. Everything that is put in stays text: no links, no
 * commands, no icons, no HTML, whatever a vendor or a person called something.
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

/** VS Code draws columns without a space between them; as an entity, for Markdown drops spaces at the edge of a cell. */
const GAP = '&emsp;';

/** Any ASCII punctuation may be escaped in Markdown, so all of it is. */
function escape(text: string): string {
  return displayText(text, 400).replace(/[!-/:-@[-`{-~]/g, '\\$&');
}
