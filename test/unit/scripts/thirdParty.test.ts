import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test, { type TestContext } from 'node:test';
import { build, type Metafile } from 'esbuild';
import { BUNDLES } from '../../../scripts/bundles';
import { CHECKOUT } from '../../../scripts/checkout';
import { checkComplete, sbomOf } from '../../../scripts/sbom';
import { checkLicences, noticesOf, thirdPartiesIn, type ThirdParty } from '../../../scripts/thirdParty';

const PACKAGE: ThirdParty = { name: 'left', version: '1.2.3', licence: 'MIT', texts: ['Copyright (c) Left'] };

/** Installs packages into a folder, by the name of the folder of each: its manifest, and other files. */
function installed(
  t: TestContext,
  packages: Readonly<Record<string, { manifest: object; files?: Readonly<Record<string, string>> }>>,
): string {
  const root = mkdtempSync(path.join(tmpdir(), 'usage-explorer-packages-'));
  t.after(() => {
    rmSync(root, { recursive: true });
  });
  for (const [folder, { manifest, files = {} }] of Object.entries(packages)) {
    const home = path.join(root, folder);
    mkdirSync(home, { recursive: true });
    for (const [name, text] of Object.entries({ 'package.json': JSON.stringify(manifest), ...files })) {
      writeFileSync(path.join(home, name), text);
    }
  }
  return root;
}

function bundleOf(...files: readonly string[]): Metafile {
  const inputs = Object.fromEntries(files.map((file) => [file, { bytesInOutput: 1 }]));
  const output = { bytes: 1, inputs, imports: [], exports: [] };
  return { inputs: {}, outputs: { 'dist/x.js': output } };
}

test('what ships has the notices of each package of others that is in it', { timeout: 120_000 }, async () => {
  const results = await Promise.all(
    BUNDLES.map((bundle) => build({ ...bundle, absWorkingDir: CHECKOUT, metafile: true, write: false })),
  );
  const packages = thirdPartiesIn(
    results.map(({ metafile }) => metafile),
    CHECKOUT,
  );
  assert.deepEqual(
    packages.map(({ name }) => name),
    ['@kurkle/color', 'chart.js'],
  );
  checkLicences(packages);
  const notices = noticesOf(packages);
  assert.match(notices, /Copyright \(c\) 2014-2024 Chart\.js Contributors/);
  assert.match(notices, /Copyright \(c\) 2018-2024 Jukka Kurkela/);
  assert.equal(notices.match(/Permission is hereby granted/g)?.length, 2);
});

test('packages are found wherever they are installed, each version once', (t) => {
  const root = installed(t, {
    'node_modules/left': { manifest: { name: 'left', version: '1.0.0', license: 'MIT' } },
    'node_modules/@b/right': { manifest: { name: '@b/right', version: '2.0.0', license: 'ISC' } },
    'node_modules/@b/right/node_modules/left': {
      manifest: { name: 'left', version: '0.9.0', license: 'MIT' },
    },
  });
  const files = ['left/a.js', 'left/lib/b.js', '@b/right/c.js', '@b/right/node_modules/left/d.js'];
  const metafile = bundleOf('src/own.ts', ...files.map((file) => `node_modules/${file}`));
  assert.deepEqual(
    thirdPartiesIn([metafile, metafile], root).map(({ name, version, licence }) => [name, version, licence]),
    [
      ['@b/right', '2.0.0', 'ISC'],
      ['left', '1.0.0', 'MIT'],
      ['left', '0.9.0', 'MIT'],
    ],
  );
});

test('licences and notices are read, whatever their files are called', (t) => {
  const files = {
    'LICENSE-MIT': 'one',
    'licence.md': 'two',
    NOTICE: 'three',
    'README.md': 'no',
    'license.js': 'no',
  };
  const root = installed(t, { 'node_modules/left': { manifest: { name: 'left', version: '1.0.0' }, files } });
  const [left] = thirdPartiesIn([bundleOf('node_modules/left/a.js')], root);
  assert.deepEqual(left?.texts.toSorted(), ['one', 'three', 'two']);
  assert.equal(left.licence, 'not named');
});

test('what has another licence, none or no text of it may not ship', () => {
  checkLicences([PACKAGE]);
  for (const licence of ['GPL-3.0-only', 'AGPL-3.0', 'UNLICENSED', 'SEE LICENSE IN x', 'not named', '']) {
    assert.throws(() => {
      checkLicences([PACKAGE, { ...PACKAGE, licence }]);
    }, /left 1\.2\.3 may not ship/);
  }
  assert.throws(() => {
    checkLicences([{ ...PACKAGE, texts: [] }]);
  }, /text of its licence/);
});

test('the bill of materials names what ships, with a hash and a licence', () => {
  const lock = sbomOf([]) as unknown as {
    bomFormat: string;
    metadata: { component: { name: string } };
    components: { name: string; hashes: unknown[]; licenses: unknown[] }[];
  };
  assert.equal(lock.bomFormat, 'CycloneDX');
  assert.equal(lock.metadata.component.name, 'usage-explorer');
  assert.deepEqual(lock.components.map(({ name }) => name).sort(), ['@kurkle/color', 'chart.js']);
  assert.ok(lock.components.every(({ hashes, licenses }) => hashes.length > 0 && licenses.length > 0));
});

test('a package in a bundle that the bill does not name may not ship', () => {
  checkComplete({ components: [PACKAGE] }, [PACKAGE]);
  assert.throws(() => {
    checkComplete({ components: [{ ...PACKAGE, version: '1.2.4' }] }, [PACKAGE]);
  }, /left 1\.2\.3/);
});
