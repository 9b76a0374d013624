import type { Failure } from '../usage/failure';

const MARK = '•••';

/** A run of this many characters of a key is taken out; a shorter key is taken out whole. */
const RUN = 8;

/**
 * So many of them in good replies: ids are long and many, and a shorter run stands in one by chance. Twice {@link RUN}, so
 * that each run holds a short one that begins at a multiple of its length.
 */
const LONG_RUN = 2 * RUN;

/** How much of a text of a failure is looked at, and how much is kept. */
const MOST_LOOKED_AT = 4096;
const MOST_KEPT = 300;

/** Texts of a reply are looked through together, so many characters at a time. */
const CHARACTERS_AT_ONCE = 64 * 1024;

/** A code in a URL, in JSON and scripts, and in HTML. */
const ESCAPE = /%[\da-f]{2}|\\u[\da-f]{4}|\\x[\da-f]{2}|&#(?:x[\da-f]{1,4}|\d{1,5});/g;

/** Of text in small letters. */
const NO_LETTERS = /[^\da-z]+/g;

/** A text may be escaped again on its way, so many times. */
const MOST_LAYERS = 3;

/** What a number of triples is kept for: most places in a text are told by theirs to hold no key. */
const TRIPLES = 1 << 14;

/** A text as it may be meant, and where in the original each of its characters begins and ends. */
interface Spelling {
  readonly text: string;
  readonly starts: readonly number[] | Uint32Array;
  readonly ends: readonly number[] | Uint32Array;
}

/** All runs of one length that the forms of a key have. */
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

  /** Where in the text, from a place on, the next of them begins; −1 for nowhere. Looks at each `step`th place. */
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
 * Finds secrets in texts, in any of these forms, in capitals or not: as they are; with characters escaped as in a URL, in
 * JSON or in HTML; as base64, whatever stands before; as hexadecimal; and each of them with anything but letters and digits
 * strewn in. Takes linear time.
 */
class Finder {
  readonly #exact: readonly Runs[];
  readonly #letters: readonly Runs[];

  constructor(secrets: readonly string[], run: number) {
    const all = secrets.filter((secret) => secret !== '').map((secret) => runsOf(secret, run));
    this.#exact = all.flatMap(({ exact }) => exact);
    this.#letters = all.flatMap(({ letters }) => letters);
  }

  /** Whether the text may hold a run of twice the length, at least. Many times faster than {@link redact}. */
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

/** Takes secrets out of text that came from outside, before anyone sees, logs or keeps it: a vendor may echo what it was sent. */
export function redact(text: string, secrets: readonly string[]): string {
  return new Finder(secrets, RUN).redact(text);
}

/** The failure without secrets, and with texts of a length that can be kept; the same one where there is nothing to do. */
export function redactFailure(failure: Failure, secrets: readonly string[]): Failure {
  const finder = new Finder(secrets, RUN);
  return mapTexts(failure, (text) => finder.redact(text.slice(0, MOST_LOOKED_AT)).slice(0, MOST_KEPT));
}

/** What was made of a good reply, without secrets; the same where there are none. Typed arrays are left as they are. */
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

/** Names that differ in secrets alone would become one, and their figures too: they are numbered. */
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
    return { exact: [runsIn([plain], run)], letters: [] }; // nobody's key, and its other forms are in any text
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

/** What of a secret's base64 does not hang on what stands before and after it, in both alphabets. */
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

/** The text in small letters, and what comes of it when its escapes are read, once and again. */
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

/** What an escape stands for, in small letters. */
function characterOf(escape: string): string {
  const digits = escape.replace(/^(?:%|\\[ux]|&#x?)/, '');
  const code = Number.parseInt(digits, escape.startsWith('&') && escape[2] !== 'x' ? 10 : 16);
  return lower(String.fromCharCode(code));
}

/** Letters and digits alone. */
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

/** Of letters of ASCII alone, so that each keeps its place. */
function lower(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function tripleAt(text: string, at: number): number {
  return (
    (text.charCodeAt(at) ^ (text.charCodeAt(at + 1) << 4) ^ (text.charCodeAt(at + 2) << 8)) & (TRIPLES - 1)
  );
}

/** All texts within plain data, joined to some of about the same length. */
function chunksOfTexts(value: unknown): string[] {
  const chunks: string[] = [];
  const keys = new Set<string>();
  let texts: string[] = [];
  let size = 0;
  const flush = (): void => {
    chunks.push(texts.join('\n'));
    [texts, size] = [[], 0];
  };
  visitTexts(value, keys, (text) => {
    texts.push(text);
    size += text.length;
    if (size >= CHARACTERS_AT_ONCE) {
      flush();
    }
  });
  texts = [...texts, ...keys];
  flush();
  return chunks;
}

/** Calls `visit` for each text but keys of objects, which are few and come again and again. */
function visitTexts(value: unknown, keys: Set<string>, visit: (text: string) => void): void {
  if (typeof value === 'string') {
    visit(value);
  } else if (value instanceof Map) {
    for (const [key, part] of value) {
      visitTexts(key, keys, visit);
      visitTexts(part, keys, visit);
    }
  } else if (Array.isArray(value)) {
    for (const part of value) {
      visitTexts(part, keys, visit);
    }
  } else if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
    for (const [key, part] of Object.entries(value)) {
      keys.add(key);
      visitTexts(part, keys, visit);
    }
  }
}

/** Plain data with other texts, keys of objects and of maps among them; what has none that changes stays the same object. */
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
