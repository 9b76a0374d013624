type Value = string | number | boolean;

/** Where texts come from: `vscode.l10n` has this shape. */
interface Texts {
  readonly t: (message: string, ...values: Value[]) => string;
}

const ENGLISH: Texts = {
  t: (message, ...values) =>
    message.replace(/\{(\d+)\}/g, (place, index) => String(values[Number(index)] ?? place)),
};

let texts = ENGLISH;

/** The texts of the product. They are in the person's language once connected to VS Code, and in English before. */
export const l10n: Texts = {
  t: (message, ...values) => texts.t(message, ...values),
};

/** Takes all texts that are made from now on from `source`; English again without one. */
export function connectTexts(source: Texts = ENGLISH): void {
  texts = source;
}
