import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { CHECKOUT } from '../../scripts/checkout';
import {
  COMMANDS,
  CONTEXT_KEYS,
  DASHBOARD,
  EXTENSION_ID,
  INTERNAL_COMMANDS,
  SETTINGS,
  SETTINGS_SECTION,
  VIEW,
} from '../../src/contributions';
import { readBudgets } from '../../src/insights/budgets/budgetSetting';
import { PROVIDERS } from '../../src/providers/registry';
import { BASES } from '../../src/usage/budgetBasis';
import { isMeterId, METERS } from '../../src/usage/meter';

interface Manifest {
  readonly name: string;
  readonly publisher: string;
  readonly icon: string;
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly icon: string }[]>>;
    readonly configuration: {
      readonly properties: Readonly<
        Record<string, { readonly default: unknown; readonly scope: string; readonly ignoreSync?: boolean }>
      >;
    };
  };
}

const text = readFileSync(join(CHECKOUT, 'package.json'), 'utf8');
const manifest = JSON.parse(text) as Manifest;
const words = JSON.parse(readFileSync(join(CHECKOUT, 'package.nls.json'), 'utf8')) as Record<string, string>;
const { contributes } = manifest;

test('the commands of the manifest are the commands of the code', () => {
  assert.deepEqual(contributes.commands.map(({ command }) => command).sort(), Object.values(COMMANDS).sort());
  const known = new Set<string>(Object.values(COMMANDS));
  for (const entry of Object.values(contributes.menus).flat()) {
    assert.ok(known.has(entry.command), entry.command);
  }
});

test('commands that only our own rows run are in no menu', () => {
  for (const id of Object.values(INTERNAL_COMMANDS)) {
    assert.ok(!text.includes(id), id);
  }
});

test('the settings of the manifest are the settings of the code, with the same defaults', () => {
  const declared = Object.entries(contributes.configuration.properties).map(([name, { default: value }]) => [
    name,
    value,
  ]);
  const known = Object.entries(SETTINGS).map(([name, value]) => [`${SETTINGS_SECTION}.${name}`, value]);
  assert.deepEqual(declared, known);
});

test('the schema of budgets says what the code reads', () => {
  const setting = contributes.configuration.properties[`${SETTINGS_SECTION}.budgets`] as unknown as {
    readonly items: {
      readonly additionalProperties: boolean;
      readonly required: readonly string[];
      readonly properties: {
        readonly meter: { readonly anyOf: readonly { enum?: string[]; pattern?: string }[] };
        readonly thresholds: { readonly default: readonly number[] };
        readonly on: { readonly default: readonly string[]; readonly items: { enum: readonly string[] } };
      };
    };
  };
  const { properties, required, additionalProperties } = setting.items;
  const entry = { account: 'Acme', meter: 'awake_seconds', limit: 1 };
  assert.deepEqual(Object.keys(entry), required);
  assert.equal(additionalProperties, false);
  assert.deepEqual(properties.on.items.enum, BASES);
  const { thresholds, on } = properties;
  const written = { ...entry, thresholds: thresholds.default, on: on.default };
  assert.deepEqual(Object.keys(written), Object.keys(properties));
  assert.deepEqual(readBudgets([entry]), readBudgets([written]));
  const { anyOf } = properties.meter;
  const amounts = Object.values(METERS).filter(({ kind }) => kind === 'amount');
  assert.deepEqual(
    anyOf.flatMap((one) => one.enum ?? []),
    amounts.map(({ id }) => id),
  );
  const patterns = anyOf.flatMap(({ pattern }) => (pattern === undefined ? [] : [new RegExp(pattern)]));
  for (const meter of ['paas.USD', 'byoc.cents', 'spend.major', 'line.static_bandwidth_gb']) {
    assert.ok(isMeterId(meter) && patterns.some((pattern) => pattern.test(meter)), meter);
  }
  assert.ok(!patterns.some((pattern) => pattern.test('awake')));
});

test('neither a workspace nor the other side of a remote window sets anything', () => {
  const scopes = Object.values(contributes.configuration.properties).map(({ scope }) => scope);
  assert.deepEqual([...new Set(scopes)], ['application']);
});

test('the address to which a key is sent stays on this computer', () => {
  for (const provider of Object.values(PROVIDERS).filter(({ key }) => key !== undefined)) {
    const setting =
      contributes.configuration.properties[`${SETTINGS_SECTION}.providers.${provider.id}.baseUrl`];
    assert.equal(setting?.ignoreSync, true);
    assert.equal(setting.default, provider.defaultBaseUrl);
  }
});

test('the view, the panel and the extension have the names that the code uses', () => {
  assert.equal(contributes.views['usageExplorer']?.[0]?.id, VIEW);
  assert.ok(manifest.activationEvents.includes(`onWebviewPanel:${DASHBOARD}`));
  assert.equal(`${manifest.publisher}.${manifest.name}`, EXTENSION_ID);
});

test('every context key in a condition is one that the code sets', () => {
  const known = new Set<string>([...Object.values(CONTEXT_KEYS), VIEW]);
  const conditions = [...text.matchAll(/"when": "([^"]+)"/g)].flatMap(
    ([, when]) => when?.match(/usageExplorer\.\w+/g) ?? [],
  );
  assert.ok(conditions.length > 10);
  for (const key of conditions) {
    assert.ok(known.has(key), key);
  }
});

test('steps of the walkthrough are ticked by a command or a context key of the code', () => {
  const events = [...text.matchAll(/"on(Command|Context):([^"]+)"/g)].map(([, kind, id]) => ({ kind, id }));
  const known = {
    Command: new Set<string | undefined>(Object.values(COMMANDS)),
    Context: new Set<string | undefined>(Object.values(CONTEXT_KEYS)),
  };
  assert.deepEqual(
    events.filter(({ kind, id }) => !known[kind as keyof typeof known].has(id)),
    [],
  );
  assert.ok(events.some(({ id }) => id === CONTEXT_KEYS.hasVendorAccounts));
});

test('every text of the manifest is translated, and no translation is left over', () => {
  const used = new Set([...text.matchAll(/"%([^%]+)%"/g)].map(([, key]) => key));
  assert.deepEqual([...used].sort(), Object.keys(words).sort());
  assert.doesNotMatch(text, /"(title|description|markdownDescription|contents)": "[^%]/);
});

test('nothing starts the extension at every start of VS Code before it is up', () => {
  assert.ok(!manifest.activationEvents.includes('*'));
});

test('the pictures that the manifest names are there', () => {
  for (const [, path] of text.matchAll(/"(media\/[^"]+)"/g)) {
    assert.ok(existsSync(join(CHECKOUT, path ?? '')), path);
  }
});
