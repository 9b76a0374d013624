import '../../support/vscodeStandIn';
import assert from 'node:assert/strict';
import test from 'node:test';
import type * as vscode from 'vscode';
import { dashboardPage } from '../../../src/views/dashboard/page';

const WEBVIEW = { cspSource: 'https://page.example', asWebviewUri: (uri: unknown) => uri };
const FOLDER = 'https://page.example' as unknown as vscode.Uri;

test('the page may load its script and its styles, and send, embed and connect to nothing', () => {
  const page = dashboardPage(WEBVIEW as unknown as vscode.Webview, FOLDER);
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? '';
  const rules = policy.split('; ');
  const nonce = /<script nonce="([^"]+)"/.exec(page)?.[1] ?? '';
  assert.match(nonce, /^[\w+/]{22}==$/);
  assert.deepEqual(rules.sort(), [
    `base-uri 'none'`,
    `default-src 'none'`,
    `form-action 'none'`,
    `script-src 'nonce-${nonce}'`,
    'style-src https://page.example',
  ]);
});
