import * as vscode from 'vscode';
import { CONTEXT_KEYS } from '../contributions';

export function setContextKey(name: keyof typeof CONTEXT_KEYS, value: boolean): void {
  void vscode.commands.executeCommand('setContext', CONTEXT_KEYS[name], value);
}
