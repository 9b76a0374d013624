import { parseArgs } from 'node:util';
import { generateFleet } from './dedalus/generatedFleet';
import { FAULT_HELP, faultFromText } from './faultText';
import { startSimulator } from './server';

const HELP = `Starts a simulated Dedalus API on this computer and prints its address and its key. Ctrl+C ends it.

  --port N       a free one when left out
  --machines N   12 when left out
  --all-awake    all machines run all the time: the most rows that a month can have
  --seed N       another fleet; 1 when left out
  --key TEXT     a random one when left out
  --now TIME     stops the clock at this instant, RFC 3339
  --storage-bucket hour|day
  --newer        rows as the vendor's newer SDKs read them
  --gzip         compresses replies
  --fail FAULT   may be given more than once: ${FAULT_HELP}
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      machines: { type: 'string' },
      'all-awake': { type: 'boolean', default: false },
      seed: { type: 'string' },
      key: { type: 'string' },
      now: { type: 'string' },
      'storage-bucket': { type: 'string' },
      newer: { type: 'boolean', default: false },
      gzip: { type: 'boolean', default: false },
      fail: { type: 'string', multiple: true, default: [] },
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
  const simulator = await startSimulator({
    ...number('port', values.port),
    seed,
    fleet: generateFleet({ seed, machines, ...(values['all-awake'] ? { kinds: ['server'] } : {}) }),
    ...(values.key === undefined ? {} : { key: values.key }),
    ...(values.now === undefined ? {} : { now: fixedClock(values.now) }),
    storageBucket: values['storage-bucket'] === 'day' ? 'day' : 'hour',
    drift: values.newer ? 'newer' : 'current',
    gzip: values.gzip,
  });
  for (const fault of faults) simulator.inject(fault);
  console.log(`url: ${simulator.url}\nkey: ${simulator.key}`);
  process.once('SIGINT', () => {
    void simulator.close();
  });
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
