import '../../support/vscodeStandIn';
import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import test from 'node:test';
import * as vscode from 'vscode';
import { saveFile } from '../../../src/platform/saveFile';

test('a file is not suggested to lie in the folder that is open', async () => {
  const suggested: unknown[] = [];
  Object.assign(vscode.workspace, { workspaceFolders: [{ uri: '/repository' }] });
  Object.assign(vscode.window, {
    showSaveDialog: ({ defaultUri }: vscode.SaveDialogOptions) => {
      suggested.push(defaultUri);
      return Promise.resolve(undefined);
    },
  });
  assert.equal(await saveFile('usage.csv', {}, [], 'Export'), undefined);
  assert.deepEqual(suggested, [`${homedir()}/usage.csv`]);
});
