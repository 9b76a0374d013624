import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { checkClock } from '../../scripts/clock/check';
import { EXTENSION_ID } from '../../src/contributions';
import { LAUNCHERS_CLOCK } from './result';

suite('activation', () => {
  test('the extension is found and activates', async () => {
    console.log(`VS Code ${vscode.version}, Node ${process.versions.node}`);
    const extension = vscode.extensions.getExtension(EXTENSION_ID);
    assert.ok(extension, `${EXTENSION_ID} is not among the installed extensions`);
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  test('its clock is that of the process which runs the tests', async () => {
    const since = Date.now();
    const { headers } = await fetch(process.env[LAUNCHERS_CLOCK] ?? '');
    checkClock('The launcher', Date.parse(headers.get('date') ?? ''), since);
  });
});
