import { findPackageJSON } from 'node:module';
import path from 'node:path';

/** The checkout's root folder, also from a bundle in another folder of it. */
export const CHECKOUT = path.dirname(findPackageJSON('..', __filename) ?? '');

/** Everything that the scripts download or that a throw-away profile leaves behind; ignored by git. */
export const VSCODE_TEST = path.join(CHECKOUT, '.vscode-test');

/** The compiled integration suite: the module whose `run()` VS Code calls. */
export const SUITE = path.join(CHECKOUT, 'out', 'integration', 'index.js');

/** What `npm run package` writes. */
export const VSIX = path.join(CHECKOUT, 'usage-explorer.vsix');

/** The bill of materials that `npm run package` writes beside it. */
export const SBOM = path.join(CHECKOUT, 'usage-explorer.cdx.json');

/** The third-party notices that `npm run build` writes, for the package. */
export const NOTICES = path.join(CHECKOUT, 'ThirdPartyNotices.txt');
