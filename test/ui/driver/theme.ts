/**
 * The themes of VS Code that the product is looked at in: what the setting is called, the class on the window's page and the
 * kind that a webview is told.
 */
export const THEMES = {
  light: { setting: 'Default Light Modern', pageClass: 'vs', kind: 'vscode-light' },
  dark: { setting: 'Default Dark Modern', pageClass: 'vs-dark', kind: 'vscode-dark' },
  highContrast: { setting: 'Default High Contrast', pageClass: 'hc-black', kind: 'vscode-high-contrast' },
  highContrastLight: {
    setting: 'Default High Contrast Light',
    pageClass: 'hc-light',
    kind: 'vscode-high-contrast-light',
  },
} as const;

export type Theme = keyof typeof THEMES;
