import { fixture } from '../../fixtures/files';
import { Contract, isObject, type JsonObject, readDocument } from '../schema';

/** `current` is the published document; `newer` is what the vendor's SDKs of 0.5.0 and later read. */
export type Drift = 'current' | 'newer';

const FILE = fixture('api/dedalus.openapi.yaml');
const contracts = new Map<Drift, Contract>();

/** The contract of a generation, shared by all simulators of a process: compiling takes longer than most tests. */
export function dedalusContract(drift: Drift): Contract {
  const known = contracts.get(drift);
  if (known !== undefined) return known;
  const document = readDocument(FILE);
  const contract = new Contract(drift === 'current' ? document : newerDocument(document));
  contracts.set(drift, contract);
  return contract;
}

/**
 * No OpenAPI document of the newer generation is published. Its TypeScript SDK shows the usage rows without
 * `stripe_*` and with `latest_meter_emitted_at` in place of `latest_stripe_emitted_at`; everything else is the same.
 */
function newerDocument(document: JsonObject): JsonObject {
  const components = objectAt(document, 'components');
  const schemas = objectAt(components, 'schemas');
  const newer = Object.fromEntries(
    ['MachineComputeUsageRowBody', 'MachineStorageUsageRowBody'].map((name) => [
      name,
      newerRow(objectAt(schemas, name)),
    ]),
  );
  return { ...document, components: { ...components, schemas: { ...schemas, ...newer } } };
}

function newerRow(row: JsonObject): JsonObject {
  const properties = Object.entries(objectAt(row, 'properties'))
    .filter(([name]) => !name.startsWith('stripe_'))
    .map(([name, schema]) => [
      name === 'latest_stripe_emitted_at' ? 'latest_meter_emitted_at' : name,
      schema,
    ]);
  const required = (row['required'] as readonly string[]).filter((name) => !name.startsWith('stripe_'));
  return { ...row, properties: Object.fromEntries(properties) as unknown, required };
}

function objectAt(parent: JsonObject, name: string): JsonObject {
  const value = parent[name];
  if (!isObject(value)) throw new TypeError(`the OpenAPI document has no ${name}`);
  return value;
}
