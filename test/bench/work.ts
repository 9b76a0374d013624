import { startClockedVendor } from './clockedVendor';
import { inHost } from './inHost';
import { held, type Measure } from './measure';
import { tell } from './reading';
import type { Pauses, WorkDay } from './results';
import { spread } from './spread';

const MACHINES = 2000;

/**
 * The longest pause of a real extension host that checks, forecast and budgets make with 2,000 machines, over those of the
 * idle host; and the pauses of a day with some refreshes, with all that it reads and draws.
 */
export async function work(): Promise<Measure[]> {
  const vendor = await startClockedVendor(MACHINES, 'day');
  try {
    const { refreshes, machines, days, day, idle, parts } = await inHost<WorkDay>({
      script: 'work',
      env: vendor.env,
    });
    console.log(`${refreshes} refreshes in a day, of ${machines} machines with ${days} days`);
    tellPauses('reading, drawing and working', day);
    tellPauses('idle', idle);
    return (['checks', 'forecast', 'budgets'] as const).map((part) => {
      const own = spread(parts[part].map((one) => one.own.longest));
      const beside = spread(parts[part].map((one) => one.idle.longest));
      tell(`${part}: longest pause each time`, own, 'ms');
      tell('idle for as long: longest pause each time', beside, 'ms');
      return held(
        `longest pause that ${part} make over an idle host`,
        { value: own.median - beside.median, unit: 'ms', peer: 'idle host, ms', peerValue: beside.median },
        { must: '≤ 10', aim: '≤ 5' },
      );
    });
  } finally {
    await vendor.close();
  }
}

function tellPauses(what: string, { p99, longest, over }: Pauses): void {
  console.log(
    `${what} for ${(over / 1000).toFixed(1)} s: pauses p99 ${p99.toFixed(1)} ms, longest ${longest.toFixed(1)} ms`,
  );
}
