import * as vscode from 'vscode';

/** The log channel; pure code gets it as its four-method `Logger`. */
export function createLog(): vscode.LogOutputChannel {
  return vscode.window.createOutputChannel('Usage Explorer', { log: true });
}
