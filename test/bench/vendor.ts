import { CHECKOUT } from '../../scripts/checkout';
import { type ProcessGroup, startGroup } from '../../scripts/processes';

export interface Vendor {
  readonly url: string;
  readonly key: string;
  readonly process: ProcessGroup;
}

/** A simulated vendor in a process of its own, so that it does not share a thread with what is measured. */
export async function startVendor(machines: number, more: readonly string[] = []): Promise<Vendor> {
  const args = ['--machines', String(machines), '--now', new Date().toISOString(), ...more];
  const group = startGroup('npx', ['--no-install', 'tsx', 'test/simulator/cli.ts', ...args], {
    cwd: CHECKOUT,
  });
  let printed = '';
  for await (const chunk of group.child.stdout ?? []) {
    printed += String(chunk);
    const [, url] = /url: (\S+)/.exec(printed) ?? [];
    const [, key] = /key: (\S+)\n/.exec(printed) ?? [];
    if (url !== undefined && key !== undefined) {
      group.child.stdout?.resume();
      return { url, key, process: group };
    }
  }
  throw new Error(`The simulator did not start: ${printed}`);
}
