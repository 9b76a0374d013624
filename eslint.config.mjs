import js from '@eslint/js';
import importSort from 'eslint-plugin-simple-import-sort';
import tseslint from 'typescript-eslint';

/**
 * The house rules: which folder may import which. Read it beside docs/architecture.md.
 * Each entry lists what a folder must NOT import, as patterns relative to any depth.
 */
const room = (folder, forbidden, message) => ({
  files: [`${folder}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      { patterns: forbidden.map((pattern) => ({ regex: pattern, message: `${folder}: ${message}` })) },
    ],
  },
});

const VSCODE = '^vscode$';
const NODE = '^node:';
const UNDICI = '^undici';
const other = (...folders) => `\\.\\./(${folders.join('|')})(/|$)`;

const ROOMS = [
  ...['usage', 'protocol', 'http', 'providers', 'database', 'store', 'insights', 'worker'],
  ...['platform', 'views', 'commands'],
];

/** Every room but these, from any room: none has a folder of the same name. */
const allBut = (...allowed) => other(...ROOMS.filter((each) => !allowed.includes(each)));
const CONCRETE_PROVIDER = '(^|/)providers/(dedalus|miosa|northflank|sample)(/|$)';

const VIEWS = [
  ...[UNDICI, CONCRETE_PROVIDER],
  allBut('usage', 'protocol', 'providers', 'store', 'insights', 'platform'),
];

/** What would make a result depend on the time zone of the machine. */
const LOCAL_TIME = [
  'MemberExpression[property.name=/^[gs]et(Hours|Minutes|Seconds|Milliseconds|Date|Day|Month|FullYear|TimezoneOffset)$/]',
  'MemberExpression[property.name=/^to(Locale)?(Date|Time)String$/]',
  'NewExpression[callee.name="Date"][arguments.length>1]',
  ':matches(NewExpression, CallExpression)[callee.property.name="DateTimeFormat"]:not(:has(Property[key.name="timeZone"]))',
].map((selector) => ({ selector, message: 'times are UTC here, whatever the zone of the machine' }));

/** What would write dates of another calendar than the vendors' in some languages. */
const OTHER_CALENDAR = {
  selector:
    ':matches(NewExpression, CallExpression)[callee.property.name="DateTimeFormat"]:not(:has(Property[key.name="calendar"]))',
  message: 'months are those of the Gregorian calendar, whatever the language: set `calendar`',
};

/** What would let a vendor's words become a link or an icon. */
const MESSAGES = [
  'MemberExpression[property.name=/^(show(Information|Warning|Error)Message|show(QuickPick|InputBox)|create(QuickPick|InputBox)|setStatusBarMessage)$/]',
  'Identifier[name="ProgressLocation"]',
].map((selector) => ({
  selector,
  message: 'messages and inputs go through `platform/messages.ts` and `platform/inputs.ts`',
}));

/** What would not be translated, or keep words from running without VS Code. */
const TEXTS = [
  {
    selector:
      ':matches(ImportDeclaration[source.value="vscode"] > ImportSpecifier[imported.name="l10n"], CallExpression > MemberExpression > MemberExpression[property.name="l10n"])',
    message: '`l10n` is that of `platform/l10n.ts`',
  },
  {
    selector: 'CallExpression[callee.object.name="l10n"]:not(:function *)',
    message: 'a text made while its file is loaded is English in every language',
  },
];

/** One test of many, left in by mistake. */
const ONLY = ['MemberExpression[property.name="only"]', 'Property[key.name="only"]'].map((selector) => ({
  selector,
  message: 'the other tests would not run',
}));

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'node_modules/', '.vscode-test/'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './webview/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { 'import-sort': importSort },
    rules: {
      'import-sort/imports': [
        'error',
        { groups: [['vscodeStandIn$', '^node:', '^@?\\w', '^\\.\\.', '^\\.']] },
      ],
      eqeqeq: 'error',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: UNDICI, message: 'undici is for tests only' }] },
      ],
    },
  },
  room(
    'src/usage',
    [VSCODE, NODE, UNDICI, allBut('usage')],
    'pure meaning; no I/O, no VS Code, nothing above it',
  ),
  room('src/protocol', [VSCODE, NODE, UNDICI, allBut('usage')], 'message types only, on top of usage'),
  room('src/http', [VSCODE, UNDICI, allBut('usage')], 'network only; knows no vendor and no VS Code'),
  room(
    'src/providers',
    [VSCODE, UNDICI, allBut('usage', 'http')],
    'a vendor, its wire and its meaning; no VS Code',
  ),
  room('src/database', [VSCODE, UNDICI, allBut('usage')], 'SQLite, and what is kept in it; no VS Code'),
  room(
    'src/store',
    [VSCODE, UNDICI, CONCRETE_PROVIDER, allBut('usage', 'http', 'providers', 'database')],
    'fetch, keep, share between windows; no VS Code, no concrete vendor',
  ),
  room(
    'src/insights',
    [VSCODE, UNDICI, CONCRETE_PROVIDER, allBut('usage', 'providers', 'store')],
    'a folder a question: what it means and what it is made of; no VS Code',
  ),
  room(
    'src/worker',
    [VSCODE, UNDICI, CONCRETE_PROVIDER, allBut('usage', 'http', 'providers', 'database')],
    'a second thread: decoding rows, and the database; no VS Code',
  ),
  room(
    'src/platform',
    [
      ...[UNDICI, CONCRETE_PROVIDER, allBut('usage', 'protocol', 'providers', 'insights')],
      'insights/(?!budgets/budgetSetting|estimate/)',
    ],
    'thin wrappers over VS Code',
  ),
  room('src/views', VIEWS, 'reads the store and the insights, and draws'),
  ...['words', 'dashboard/charts', 'dashboard/overview', 'dashboard/reports'].map((folder) =>
    room(
      `src/views/${folder}`,
      [...VIEWS, VSCODE, '/platform/(?!l10n$)', '/ownRates$'],
      'texts, which plain Node can make; of VS Code only `l10n`, from `platform/l10n.ts`',
    ),
  ),
  room(
    'src/commands',
    [UNDICI, CONCRETE_PROVIDER, other('http', 'database', 'worker')],
    'one command a file',
  ),
  room(
    'webview',
    [VSCODE, NODE, UNDICI, '/src/(?!protocol/|usage/)'],
    'the page imports only src/protocol and src/usage',
  ),
  {
    files: ['test/**/*.ts', 'scripts/**/*.ts'],
    rules: {
      'no-restricted-imports': 'off',
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', name: ['test', 'it', 'describe', 'suite'], package: 'node:test' },
          ],
        },
      ],
    },
  },
  {
    files: ['src/**/*.ts', 'webview/**/*.ts', 'test/simulator/**/*.ts', 'test/support/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...LOCAL_TIME, OTHER_CALENDAR, ...TEXTS] },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/platform/{messages,inputs}.ts'],
    rules: { 'no-restricted-syntax': ['error', ...LOCAL_TIME, OTHER_CALENDAR, ...TEXTS, ...MESSAGES] },
  },
  {
    // A file has one subject.
    files: ['{src,webview,scripts,test}/**/*.ts'],
    rules: { 'max-lines': ['error', 400] },
  },
  {
    // A function fits a screen.
    files: ['{src,webview,scripts}/**/*.ts'],
    rules: {
      'max-lines-per-function': ['error', 60],
      'max-params': ['error', 5],
    },
  },
  { files: ['test/**/*.test.ts'], rules: { 'no-restricted-syntax': ['error', ...ONLY] } },
  { files: ['test/unit/**/*.ts'], rules: { 'no-restricted-syntax': ['error', ...LOCAL_TIME, ...ONLY] } },
  {
    files: ['test/ui/*.test.ts'],
    ignores: ['test/ui/today.test.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        {
          object: 'Date',
          property: 'now',
          message: 'a UI test has a known day: NOW, or the time it began at',
        },
      ],
    },
  },
  {
    files: ['**/*.ts'],
    rules: { 'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }] },
  },
  { files: ['**/*.mjs', '**/*.cjs'], ...tseslint.configs.disableTypeChecked },
  { files: ['**/*.cjs'], languageOptions: { sourceType: 'commonjs', globals: { process: 'readonly' } } },
);
