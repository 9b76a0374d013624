import { execFileSync } from 'node:child_process';
import { CHECKOUT } from './checkout';
import type { ThirdParty } from './thirdParty';
import { WITHOUT_KEYS } from './withoutKeys';

/** The fields that we need of a CycloneDX bill of materials. */
export interface Sbom {
  readonly metadata: { readonly component: { name: string } };
  readonly components: readonly { readonly name: string; readonly version: string }[];
}

/**
 * The bill of materials of what ships, by the lock file: names, versions, licences and hashes (CycloneDX, JSON).
 *
 * @throws {Error} when a package is in a bundle but not in the bill
 */
export function sbomOf(packages: readonly ThirdParty[]): Sbom {
  const args = [
    'sbom',
    '--sbom-format',
    'cyclonedx',
    '--sbom-type',
    'application',
    '--omit',
    'dev',
    '--omit',
    'optional',
  ];
  const env = { ...process.env, ...WITHOUT_KEYS };
  const text = execFileSync('npm', [...args, '--package-lock-only'], {
    cwd: CHECKOUT,
    env,
    encoding: 'utf8',
  });
  const sbom = JSON.parse(text) as Sbom;
  sbom.metadata.component.name = 'usage-explorer'; // npm takes the name of the folder
  checkComplete(sbom, packages);
  return sbom;
}

export function checkComplete(
  { components }: Pick<Sbom, 'components'>,
  packages: readonly ThirdParty[],
): void {
  const listed = new Set(components.map(({ name, version }) => `${name} ${version}`));
  const missing = packages
    .map(({ name, version }) => `${name} ${version}`)
    .filter((each) => !listed.has(each));
  if (missing.length > 0) {
    throw new Error(`In a bundle, but no runtime dependency of package-lock.json: ${missing.join(', ')}`);
  }
}
