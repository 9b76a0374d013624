import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import ts from 'typescript';
import { CHECKOUT } from '../../../scripts/checkout';

/** The files that a file imports, types too. */
function importsOf(file: string): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(path.join(CHECKOUT, file), 'utf8'));
  return importedFiles
    .filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => `${path.join(path.dirname(file), fileName)}.ts`);
}

/** The first way from a file back to itself, if there is one. */
function cycleIn(graph: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const done = new Set<string>();
  const look = (file: string, way: readonly string[]): readonly string[] | undefined => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const next of graph.get(file) ?? []) {
      const found = look(next, [...way, file]);
      if (found !== undefined) return found;
    }
    done.add(file);
    return undefined;
  };
  return [...graph.keys()].map((file) => look(file, [])).find((found) => found !== undefined);
}

test('no file imports itself by way of others', () => {
  const files = globSync('{src,webview}/**/*.ts', { cwd: CHECKOUT });
  const graph = new Map(files.map((file) => [file, importsOf(file)]));
  assert.ok([...graph.values()].flat().every((file) => graph.has(file) || !file.startsWith('src/')));
  assert.equal(cycleIn(graph), undefined);
});

test('a way back is found', () => {
  const graph = new Map([
    ['a', ['b']],
    ['b', ['c']],
    ['c', ['b']],
  ]);
  assert.deepEqual(cycleIn(graph), ['b', 'c', 'b']);
});
