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
  readMonthAgain: 'usageExplorer.readMonthAgain',
  openDashboard: 'usageExplorer.openDashboard',
  openSample: 'usageExplorer.openSample',
  openBillingPage: 'usageExplorer.openBillingPage',
  exportUsage: 'usageExplorer.exportUsage',
  showKeptUsage: 'usageExplorer.showKeptUsage',
  restoreAccounts: 'usageExplorer.restoreAccounts',
  showLog: 'usageExplorer.showLog',
  openSettings: 'usageExplorer.openSettings',
  sortMachines: 'usageExplorer.sortMachines',
  filterMachines: 'usageExplorer.filterMachines',
  clearFilter: 'usageExplorer.clearFilter',
  hideUnused: 'usageExplorer.hideUnused',
  showUnused: 'usageExplorer.showUnused',
  setAlias: 'usageExplorer.setAlias',
  copyId: 'usageExplorer.copyId',
  chooseStatusBarAccount: 'usageExplorer.chooseStatusBarAccount',
  nextStatusBarAccount: 'usageExplorer.nextStatusBarAccount',
  chooseGrouping: 'usageExplorer.chooseGrouping',
  moveAccountUp: 'usageExplorer.moveAccountUp',
  moveAccountDown: 'usageExplorer.moveAccountDown',
  setColour: 'usageExplorer.setColour',
  setBudgets: 'usageExplorer.setBudgets',
  setRates: 'usageExplorer.setRates',
} as const;

/** Commands that rows of the tree and of tooltips run, with arguments; they are not in menus or the palette. */
export const INTERNAL_COMMANDS = {
  showMore: 'usageExplorer.showMore',
  resolveFailure: 'usageExplorer.resolveFailure',
  exportRows: 'usageExplorer.exportRows',
  savePicture: 'usageExplorer.savePicture',
} as const;

/** The argument of a key that is pressed in the tree: VS Code does not say on which row. */
export const SELECTED_ROW = 'selectedRow';

export const SETTINGS_SECTION = 'usageExplorer';

/** Names within the section, with their defaults. */
export const SETTINGS = {
  refreshInterval: 15,
  'statusBar.visible': true,
  'statusBar.format': 'seconds',
  'statusBar.account': '',
  'statusBar.click': 'dashboard',
  budgets: [],
  'providers.dedalus.baseUrl': 'https://dcs.dedaluslabs.ai',
  'providers.miosa.baseUrl': 'https://api.miosa.ai/api/v1',
  'providers.northflank.baseUrl': 'https://api.northflank.com/v1',
  'providers.northflank.moneyUnit': 'auto',
  rates: {},
} as const;

export const CONTEXT_KEYS = {
  /** The list of accounts has been read, so that an empty one is really empty. */
  ready: 'usageExplorer.ready',
  hasAccounts: 'usageExplorer.hasAccounts',
  /** Some account is at a vendor; the sample account alone is none. */
  hasVendorAccounts: 'usageExplorer.hasVendorAccounts',
  /** The list of accounts could not be read; another one can replace it. */
  accountsSetAside: 'usageExplorer.accountsSetAside',
  filtered: 'usageExplorer.filtered',
  hidesUnused: 'usageExplorer.hidesUnused',
} as const;

/** `contextValue` of tree rows, on which menus depend. */
export const ROWS = {
  account: 'account',
  accountWithoutBilling: 'accountWithoutBilling',
  sampleAccount: 'account.sample',
  /** Suffix for an account that could not be read; what helps follows, after a dot. */
  failed: '.failed',
  /** Suffix for an account whose vendor reports no costs, so that a person may set rates. */
  takesRates: '.takesRates',
  machine: 'machine',
  meteringBucket: 'meteringBucket',
  groups: 'groups',
  group: 'group',
  noGroup: 'noGroup',
  branch: 'branch',
  failure: 'failure',
} as const;
