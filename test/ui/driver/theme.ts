/** The themes of VS Code that the product is looked at in: what the setting is called and the class on the page. */
export const THEMES = {
  light: { setting: 'Default Light Modern', pageClass: 'vs' },
  dark: { setting: 'Default Dark Modern', pageClass: 'vs-dark' },
  highContrast: { setting: 'Default High Contrast', pageClass: 'hc-black' },
  highContrastLight: { setting: 'Default High Contrast Light', pageClass: 'hc-light' },
} as const;

export type Theme = keyof typeof THEMES;
