import * as vscode from 'vscode';
import type { Alert } from '../../insights/budgets/budget';
import { l10n } from '../../platform/l10n';

/** On the right, beside other tools' items, where people look for numbers. */
const PRIORITY = 90;

export function createItem(): vscode.StatusBarItem {
  const item = vscode.window.createStatusBarItem(
    'usageExplorer.monthToDate',
    vscode.StatusBarAlignment.Right,
    PRIORITY,
  );
  item.name = l10n.t('Cloud usage this month');
  item.show();
  return item;
}

/** The theme's own colours, and none before a threshold is passed. */
export function backgroundOf(alert: Alert): vscode.ThemeColor | undefined {
  switch (alert) {
    case 'error':
      return new vscode.ThemeColor('statusBarItem.errorBackground');
    case 'warning':
      return new vscode.ThemeColor('statusBarItem.warningBackground');
    case 'none':
      return undefined;
  }
}
