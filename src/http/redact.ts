import type { Failure } from '../usage/failure';

const MARK = '•••';

/** A run of this many characters of a key is redacted; a shorter key is redacted whole. */
const RUN = 8;

/**
 * The same in good replies: their many long ids may contain a shorter run by chance. Twice {@link RUN}, so that each long run
 * contains a short one that begins at a multiple of {@link RUN}.
 */
const LONG_RUN = 2 * RUN;

/** How much of a failure's text is examined, and how much is kept. */
const MOST_LOOKED_AT = 4096;
const MOST_KEPT = 300;

/** A reply's texts are searched together, about this many characters at a time. */
const CHARACTERS_AT_ONCE = 64 * 1024;

/** An escape in a URL, in JSON and scripts, or in HTML. */
const ESCAPE = /%[\da-f]{2}|\\u[\da-f]{4}|\\x[\da-f]{2}|&#(?:x[\da-f]{1,4}|\d{1,5});/g;

/** For text in lower case. */
const NO_LETTERS = /[^\da-z]+/g;

/** Maximum layers of escapes that a text gets on its way. */
const MOST_LAYERS = 3;

/** Size of the hash table of character triples, which rules out most places in a text. */
const TRIPLES = 1 << 14;

/** A possible reading of a text, and where in the original each of its characters begins and ends. */
interface Spelling {
  readonly text: string;
  readonly starts: readonly number[] | Uint32Array;
  readonly ends: readonly number[] | Uint32Array;
}

/** All runs of one length in the forms of a key. */
class Runs {
  readonly length: number;
  readonly #runs = new Set<string>();
  readonly #triples = new Uint8Array(TRIPLES);

  constructor(length: number) {
    this.length = length;
  }

  addAllOf(form: string): void {
    for (let at = 0; at + this.length <= form.length; at += 1) {
      this.#runs.add(form.slice(at, at + this.length));
      this.#triples[tripleAt(form, at)] = 1;
    }
  }

  /** The index at or after `from` where the next run begins; −1 if none does. Checks every `step`th index. */
  next(text: string, from: number, step: number): number {
    for (let at = from; at + this.length <= text.length; at += step) {
      if (this.#triples[tripleAt(text, at)] === 1 && this.#runs.has(text.slice(at, at + this.length))) {
        return at;
      }
    }
    return -1;
  }
}

/**
 * Finds secrets in texts, in upper or lower case, in these forms: as they are; with characters escaped as in a URL, in JSON
 * or in HTML; as base64 at any alignment; as hexadecimal; and each of these with anything but letters and digits mixed in.
 * Takes linear time.
 */
class Finder {
  readonly #exact: readonly Runs[];
  readonly #letters: readonly Runs[];

  constructor(secrets: readonly string[], run: number) {
    const all = secrets.filter((secret) => secret !== '').map((secret) => runsOf(secret, run));
    this.#exact = all.flatMap(({ exact }) => exact);
    this.#letters = all.flatMap(({ letters }) => letters);
  }

  /** Whether the text may hold a run of at least twice the length. Many times faster than {@link redact}. */
  mayHold(original: string): boolean {
    const isIn = (text: string, all: readonly Runs[]): boolean =>
      all.some((runs) => runs.next(text, 0, runs.length) >= 0);
    let text = original.toLowerCase();
    for (let layer = 0; ; layer += 1) {
      if (isIn(text, this.#exact) || isIn(text.replace(NO_LETTERS, ''), this.#letters)) {
        return true;
      }
      const before = text;
      text = text.replace(ESCAPE, (escape) => characterOf(escape));
      if (text === before || layer === MOST_LAYERS) {
        return false;
      }
    }
  }

  redact(original: string): string {
    const found = new Uint8Array(original.length);
    for (const layer of layersOf(original)) {
      markAll(found, layer, this.#exact);
      markAll(found, lettersOf(layer), this.#letters);
    }
    let clean = '';
    let after = 0;
    for (let at = found.indexOf(1); at >= 0; at = found.indexOf(1, after)) {
      const end = found.indexOf(0, at);
      clean += original.slice(after, at) + MARK;
      after = end < 0 ? original.length : end;
    }
    return clean + original.slice(after);
  }
}

/** Removes secrets from text from outside, before anyone sees, logs or keeps it: a vendor may echo what it was sent. */
export function redact(text: string, secrets: readonly string[]): string {
  return new Finder(secrets, RUN).redact(text);
}

/** The failure without secrets, and with long texts cut; the same object if nothing changes. */
export function redactFailure(failure: Failure, secrets: readonly string[]): Failure {
  const finder = new Finder(secrets, RUN);
  return mapTexts(failure, (text) => finder.redact(text.slice(0, MOST_LOOKED_AT)).slice(0, MOST_KEPT));
}

/** What was decoded from a good reply, without secrets; the same object if there are none. Skips typed arrays. */
export function redactResult<T>(result: T, secrets: readonly string[]): T {
  const quick = new Finder(secrets, RUN);
  if (!chunksOfTexts(result).some((text) => quick.mayHold(text))) {
    return result;
  }
  const finder = new Finder(secrets, LONG_RUN);
  return mapTexts(
    result,
    toldApart((text) => (quick.mayHold(text) ? finder.redact(text) : text)),
  );
}

/** Numbers names that differ only in secrets; otherwise they and their figures would be merged. */
function toldApart(redacted: (text: string) => string): (text: string) => string {
  const changed = new Map<string, string>();
  const counts = new Map<string, number>();
  return (text) => {
    const known = changed.get(text);
    const clean = known ?? redacted(text);
    if (known !== undefined || clean === text) {
      return clean;
    }
    const count = (counts.get(clean) ?? 0) + 1;
    counts.set(clean, count);
    const name = count === 1 ? clean : `${clean} (${count})`;
    changed.set(text, name);
    return name;
  };
}

function runsOf(secret: string, most: number): { exact: Runs[]; letters: Runs[] } {
  const run = Math.min(most, secret.length);
  const plain = lower(secret);
  if (secret.length < RUN) {
    return { exact: [runsIn([plain], run)], letters: [] }; // too short for a key, and its other forms are common
  }
  const bytes = Buffer.from(secret);
  const forms: readonly (readonly [readonly string[], number])[] = [
    [[plain], run],
    [base64Of(bytes).map(lower), base64Length(run)],
    [[bytes.toString('hex')], 2 * run],
  ];
  return {
    exact: forms.map(([texts, length]) => runsIn(texts, length)),
    letters: forms.map(([texts, length]) =>
      runsIn(
        texts.map((text) => text.replace(NO_LETTERS, '')),
        length,
      ),
    ),
  };
}

function runsIn(forms: readonly string[], length: number): Runs {
  const runs = new Runs(length);
  for (const form of forms) {
    runs.addAllOf(form);
  }
  return runs;
}

/** The part of a secret's base64 that does not depend on what surrounds it, in both alphabets. */
function base64Of(secret: Buffer): string[] {
  return [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), secret]);
    const [first, end] = [Math.ceil((8 * before) / 6), Math.floor((8 * bytes.length) / 6)];
    return [bytes.toString('base64').slice(first, end), bytes.toString('base64url').slice(first, end)];
  });
}

/** This many characters of base64 can only come from a run of the secret, however it is aligned. */
function base64Length(run: number): number {
  return Math.floor((8 * run - 4) / 6);
}

function markAll(found: Uint8Array, { text, starts, ends }: Spelling, all: readonly Runs[]): void {
  for (const runs of all) {
    for (let at = runs.next(text, 0, 1); at >= 0; at = runs.next(text, at + 1, 1)) {
      found.fill(1, starts[at], ends[at + runs.length - 1]);
    }
  }
}

/** The text in lower case, and the results of decoding its escapes repeatedly. */
function layersOf(original: string): Spelling[] {
  const starts = Uint32Array.from({ length: original.length }, (_, at) => at);
  const layers: Spelling[] = [{ text: lower(original), starts, ends: starts.map((at) => at + 1) }];
  for (let layer = layers[0]; layer !== undefined && layers.length <= MOST_LAYERS;) {
    layer = unescaped(layer);
    layers.push(...(layer === undefined ? [] : [layer]));
  }
  return layers;
}

function unescaped({ text, starts, ends }: Spelling): Spelling | undefined {
  const read = { text: '', starts: [] as number[], ends: [] as number[] };
  let after = 0;
  const copyUntil = (end: number): void => {
    read.text += text.slice(after, end);
    for (; after < end; after += 1) {
      read.starts.push(starts[after] ?? 0);
      read.ends.push(ends[after] ?? 0);
    }
  };
  for (const { 0: escape, index } of text.matchAll(ESCAPE)) {
    copyUntil(index);
    read.text += characterOf(escape);
    read.starts.push(starts[index] ?? 0);
    after = index + escape.length;
    read.ends.push(ends[after - 1] ?? 0);
  }
  if (after === 0) {
    return undefined;
  }
  copyUntil(text.length);
  return read;
}

/** What an escape stands for, in lower case. */
function characterOf(escape: string): string {
  const digits = escape.replace(/^(?:%|\\[ux]|&#x?)/, '');
  const code = Number.parseInt(digits, escape.startsWith('&') && escape[2] !== 'x' ? 10 : 16);
  return lower(String.fromCharCode(code));
}

/** Only letters and digits. */
function lettersOf({ text, starts, ends }: Spelling): Spelling {
  const letters = { text: text.replace(NO_LETTERS, ''), starts: [] as number[], ends: [] as number[] };
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if ((code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39)) {
      letters.starts.push(starts[at] ?? 0);
      letters.ends.push(ends[at] ?? 0);
    }
  }
  return letters;
}

/** Only ASCII letters, so that each keeps its place. */
function lower(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function tripleAt(text: string, at: number): number {
  return (
    (text.charCodeAt(at) ^ (text.charCodeAt(at + 1) << 4) ^ (text.charCodeAt(at + 2) << 8)) & (TRIPLES - 1)
  );
}

/** All texts in plain data, joined into chunks of similar length. Each once: every day of a reply names the same machines. */
function chunksOfTexts(value: unknown): string[] {
  const all = new Set<string>();
  collectTexts(value, all);
  const chunks: string[] = [];
  let texts: string[] = [];
  let size = 0;
  for (const text of all) {
    texts.push(text);
    size += text.length;
    if (size >= CHARACTERS_AT_ONCE) {
      chunks.push(texts.join('\n'));
      [texts, size] = [[], 0];
    }
  }
  return [...chunks, texts.join('\n')];
}

function collectTexts(value: unknown, into: Set<string>): void {
  if (typeof value === 'string') {
    into.add(value);
  } else if (value instanceof Map) {
    for (const [key, part] of value) {
      collectTexts(key, into);
      collectTexts(part, into);
    }
  } else if (Array.isArray(value)) {
    for (const part of value) {
      collectTexts(part, into);
    }
  } else if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
    for (const [key, part] of Object.entries(value)) {
      into.add(key);
      collectTexts(part, into);
    }
  }
}

/** Changes texts in plain data, including keys of objects and maps; unchanged parts stay the same object. */
function mapTexts<T>(value: T, change: (text: string) => string): T {
  return mapped(value, change) as T;
}

function mapped(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') {
    return change(value);
  }
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) {
    return value;
  }
  if (value instanceof Map) {
    const entries = [...value].flat();
    const changed = mappedList(entries, change);
    return changed === entries ? value : new Map(pairs(changed));
  }
  if (Array.isArray(value)) {
    return mappedList(value, change);
  }
  const entries = Object.entries(value).flat();
  const changed = mappedList(entries, change);
  return changed === entries ? value : Object.fromEntries(pairs(changed));
}

function mappedList(list: readonly unknown[], change: (text: string) => string): readonly unknown[] {
  let changed: unknown[] | undefined;
  for (const [index, part] of list.entries()) {
    const other = mapped(part, change);
    if (other !== part) {
      changed ??= [...list];
      changed[index] = other;
    }
  }
  return changed ?? list;
}

function pairs(list: readonly unknown[]): [string, unknown][] {
  return list.flatMap((key, at) => (at % 2 === 0 ? [[key as string, list[at + 1]]] : []));
}
