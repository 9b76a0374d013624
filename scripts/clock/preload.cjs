'use strict';

/*
 * Loaded with `--require`, before anything else: `Date` is ahead of the machine's clock from then on, by as much as
 * `ahead.ts` wrote into the environment. Timers and durations stay as they are.
 */
const aheadMs = Number(process.env['USAGE_EXPLORER_CLOCK_AHEAD_MS']);
const MachineDate = Date;

function ShiftedDate(...parts) {
  if (new.target === undefined) return new ShiftedDate().toString();
  return Reflect.construct(MachineDate, parts.length === 0 ? [ShiftedDate.now()] : parts, new.target);
}
Object.setPrototypeOf(ShiftedDate, MachineDate);
ShiftedDate.prototype = MachineDate.prototype;
ShiftedDate.prototype.constructor = ShiftedDate;
Object.defineProperties(ShiftedDate, { name: { value: 'Date' }, length: { value: MachineDate.length } });
ShiftedDate.now = () => MachineDate.now() + aheadMs;

globalThis.Date = ShiftedDate;
