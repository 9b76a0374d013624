/** Every id that package.json and the code share, once; test/unit/contributions.test.ts compares the two. */

export const EXTENSION_ID = 'usage-explorer.usage-explorer';

export const VIEW = 'usageExplorer.usage';

export const DASHBOARD = 'usageExplorer.dashboard';

export const COMMANDS = {
  addAccount: 'usageExplorer.addAccount',
  updateKey: 'usageExplorer.updateKey',
  renameAccount: 'usageExplorer.renameAccount',
  removeAccount: 'usageExplorer.removeAccount',
  refresh: 'usageExplorer.refresh',
  openDashboard: 'usageExplorer.openDashboard',
  openSample: 'usageExplorer.openSample',
  openBillingPage: 'usageExplorer.openBillingPage',
  exportUsage: 'usageExplorer.exportUsage',
  showKeptUsage: 'usageExplorer.showKeptUsage',
  showLog: 'usageExplorer.showLog',
  sortMachines: 'usageExplorer.sortMachines',
  filterMachines: 'usageExplorer.filterMachines',
  clearFilter: 'usageExplorer.clearFilter',
  hideUnused: 'usageExplorer.hideUnused',
  showUnused: 'usageExplorer.showUnused',
  setAlias: 'usageExplorer.setAlias',
  copyId: 'usageExplorer.copyId',
  chooseStatusBarAccount: 'usageExplorer.chooseStatusBarAccount',
} as const;

/** Commands that rows of the tree and of tooltips run, with arguments; they are in no menu and not in the palette. */
export const INTERNAL_COMMANDS = {
  showMore: 'usageExplorer.showMore',
  resolveFailure: 'usageExplorer.resolveFailure',
  exportRows: 'usageExplorer.exportRows',
  savePicture: 'usageExplorer.savePicture',
} as const;

export const SETTINGS_SECTION = 'usageExplorer';

/** Names behind the section, with their defaults. */
export const SETTINGS = {
  refreshInterval: 15,
  'statusBar.visible': true,
  'statusBar.format': 'seconds',
  'statusBar.account': '',
  'providers.dedalus.baseUrl': 'https://dcs.dedaluslabs.ai',
} as const;

export const CONTEXT_KEYS = {
  /** The list of accounts has been read, so that an empty one is really empty. */
  ready: 'usageExplorer.ready',
  hasAccounts: 'usageExplorer.hasAccounts',
  filtered: 'usageExplorer.filtered',
  hidesUnused: 'usageExplorer.hidesUnused',
} as const;

/** `contextValue` of tree rows, on which menus depend. */
export const ROWS = {
  account: 'account',
  sampleAccount: 'account.sample',
  machine: 'machine',
  meteringBucket: 'meteringBucket',
  failure: 'failure',
} as const;
