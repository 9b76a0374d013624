import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

/** A reply that the simulator was about to send and that the vendor's OpenAPI document does not allow. */
export class SchemaViolation extends Error {}

export type JsonObject = Readonly<Record<string, unknown>>;

/** The replies that an OpenAPI 3.1 document allows. Schemas are compiled once, when they are first needed. */
export class Contract {
  readonly #document: JsonObject;
  readonly #ajv: Ajv2020;
  readonly #compiled = new Map<string, ValidateFunction>();

  constructor(document: JsonObject) {
    this.#document = document;
    // Not strict: an OpenAPI document holds words that are not JSON Schema.
    this.#ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats(this.#ajv);
    this.#ajv.addSchema(document, 'openapi');
  }

  /**
   * Throws SchemaViolation unless `json` is allowed as this operation's reply. A status that the operation does not
   * list is held to `default`, and a vendor error of such a status to the form of the listed errors.
   */
  checkReply(path: string, status: number, contentType: string, json: string): void {
    const responses = ['paths', path, 'get', 'responses'];
    const media = [String(status), 'default', '401']
      .map((name) => [...responses, name, 'content', contentType, 'schema'])
      .find((pointer) => this.#find(pointer) !== undefined);
    if (media === undefined) {
      throw new SchemaViolation(`GET ${path} has no ${contentType} reply with status ${String(status)}`);
    }
    this.#check(media, json);
  }

  /** Throws SchemaViolation unless `json` is allowed by the named component. */
  checkComponent(name: string, json: string): void {
    this.#check(['components', 'schemas', name], json);
  }

  /** The document's own example of a reply. */
  example(path: string, status: number, name: string): unknown {
    const at = [
      'paths',
      path,
      'get',
      'responses',
      String(status),
      'content',
      'application/json',
      'examples',
      name,
    ];
    const value = this.#find([...at, 'value']);
    if (value === undefined) throw new Error(`no example ${name} of ${String(status)} for ${path}`);
    return value;
  }

  #check(pointer: readonly string[], json: string): void {
    const key = pointer
      .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
      .join('/');
    const validate = this.#compiled.get(key) ?? this.#ajv.compile({ $ref: `openapi#/${key}` });
    this.#compiled.set(key, validate);
    if (!validate(JSON.parse(json))) {
      throw new SchemaViolation(`${pointer.join(' › ')}: ${this.#ajv.errorsText(validate.errors)}`);
    }
  }

  #find(pointer: readonly string[]): unknown {
    let value: unknown = this.#document;
    for (const part of pointer) {
      if (!isObject(value)) return undefined;
      value = value[part];
    }
    return value;
  }
}

/** Reads an OpenAPI document; `path` is a file of this repository. */
export function readDocument(path: string): JsonObject {
  const document: unknown = parse(readFileSync(path, 'utf8'));
  if (!isObject(document)) throw new TypeError(`${path} is not a document`);
  return document;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
