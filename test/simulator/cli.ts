import { parseArgs } from 'node:util';
import { TASK_LINES } from '../../scripts/taskLines';
import { generateFleet } from './dedalus/generatedFleet';
import { MISBEHAVIOUR_HELP, misbehaviourFromText } from './dedalus/misbehaviourText';
import { FAULT_HELP, faultFromText } from './faultText';
import { startMiosa } from './miosa/simulator';
import { startNorthflank } from './northflank/simulator';
import { startSimulator } from './server';
import { type VendorServer } from './vendorServer';

const HELP = `Starts a simulated vendor on this computer and prints its address and its key. Ctrl+C ends it.

  --vendor dedalus|miosa|northflank; dedalus when left out

  --port N       a free one when left out
  --seed N       other usage; 1 when left out
  --key TEXT     a random one when left out
  --now TIME     stops the clock at this instant, RFC 3339
  --gzip         compresses replies
  --fail FAULT   may be given more than once: ${FAULT_HELP}

Of Dedalus:
  --machines N   12 when left out
  --all-awake    all machines run all the time: the most rows that a month can have
  --storage-bucket hour|day
  --newer        rows as the vendor's newer SDKs read them
  --misbehave MISBEHAVIOUR   may be given more than once: ${MISBEHAVIOUR_HELP}

Of Northflank:
  --major        prices in whole units beside a currency, in place of cents
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      vendor: { type: 'string', default: 'dedalus' },
      port: { type: 'string' },
      machines: { type: 'string' },
      'all-awake': { type: 'boolean', default: false },
      seed: { type: 'string' },
      key: { type: 'string' },
      now: { type: 'string' },
      'storage-bucket': { type: 'string' },
      newer: { type: 'boolean', default: false },
      gzip: { type: 'boolean', default: false },
      major: { type: 'boolean', default: false },
      fail: { type: 'string', multiple: true, default: [] },
      misbehave: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const { seed = 1 } = number('seed', values.seed);
  const { machines = 12 } = number('machines', values.machines);
  const faults = values.fail.map(faultFromText);
  const misbehaviours = values.misbehave.map(misbehaviourFromText);
  if (misbehaviours.length > 0 && values.vendor !== 'dedalus')
    throw new RangeError(`--misbehave is of dedalus, not of ${values.vendor}`);
  const common = {
    ...number('port', values.port),
    seed,
    ...(values.key === undefined ? {} : { key: values.key }),
    ...(values.now === undefined ? {} : { now: fixedClock(values.now) }),
    gzip: values.gzip,
  };
  const simulator = await start(values.vendor, {
    dedalus: () =>
      startSimulator({
        ...common,
        fleet: generateFleet({ seed, machines, ...(values['all-awake'] ? { kinds: ['server'] } : {}) }),
        storageBucket: values['storage-bucket'] === 'day' ? 'day' : 'hour',
        drift: values.newer ? 'newer' : 'current',
        misbehaviours,
      }),
    miosa: () => startMiosa(common),
    northflank: () => startNorthflank({ ...common, byoc: true, form: values.major ? 'major' : 'cents' }),
  });
  for (const fault of faults) simulator.inject(fault);
  const { begins, ends } = TASK_LINES.simulator;
  console.log(`${begins}${simulator.baseUrl}\n${ends}${simulator.key}`);
  process.once('SIGINT', () => {
    void simulator.close();
  });
}

function start(
  vendor: string,
  vendors: Readonly<Record<string, () => Promise<VendorServer>>>,
): Promise<VendorServer> {
  const own = Object.hasOwn(vendors, vendor) ? vendors[vendor] : undefined;
  if (own === undefined)
    throw new RangeError(`--vendor takes ${Object.keys(vendors).join(', ')}, not ${vendor}`);
  return own();
}

function number<Name extends string>(name: Name, text: string | undefined): Partial<Record<Name, number>> {
  if (text === undefined) return {};
  if (!/^\d+$/.test(text)) throw new RangeError(`--${name} takes a whole number, not ${text}`);
  const value: Partial<Record<Name, number>> = {};
  value[name] = Number(text);
  return value;
}

function fixedClock(text: string): () => number {
  const now = Date.parse(text);
  if (Number.isNaN(now))
    throw new RangeError(`--now takes an instant such as 2026-11-18T09:00:00Z, not ${text}`);
  return () => now;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
