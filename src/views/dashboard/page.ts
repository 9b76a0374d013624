import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** The page's HTML: only its script and styles, under a policy that allows nothing else. */
export function dashboardPage(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  const nonce = randomBytes(16).toString('base64');
  const resource = (name: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', name)).toString();
  const policy = [
    // `default-src` covers only resources, not base addresses or form targets.
    ...[`default-src 'none'`, `base-uri 'none'`, `form-action 'none'`],
    ...[`script-src 'nonce-${nonce}'`, `style-src ${webview.cspSource}`],
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Usage Explorer</title>
<link rel="stylesheet" href="${resource('dashboard.css')}">
</head>
<body>
<div id="app"></div>
<script nonce="${nonce}" src="${resource('dashboard.js')}"></script>
</body>
</html>`;
}
