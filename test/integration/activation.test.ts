import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { EXTENSION_ID } from '../../src/contributions';

suite('activation', () => {
  test('the extension is found and activates', async () => {
    console.log(`VS Code ${vscode.version}, Node ${process.versions.node}`);
    const extension = vscode.extensions.getExtension(EXTENSION_ID);
    assert.ok(extension, `${EXTENSION_ID} is not among the installed extensions`);
    await extension.activate();
    assert.equal(extension.isActive, true);
  });
});
