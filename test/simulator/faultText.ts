import { type Fault, type FaultEffect } from './faults';

/** What `--fail` accepts; shown by `--help`. */
export const FAULT_HELP = `WHAT[@PATH], where WHAT is one of
    429, 429=problem, 502=html   a status, with the vendor's error body or another
    delay=MS                     waits before it answers
    slow=BYTES/MS                sends so many bytes, pauses, and so on
    cut=BYTES                    ends the connection after so many bytes of the body
    oversize=BYTES               pads the body
    redirect=URL  broken  hang  drop`;

/** Reads a fault as written on a command line, such as `429@/v1/usage`. Throws RangeError when it cannot. */
export function faultFromText(text: string): Fault {
  const [, what = '', argument = '', path] = /^([^=@]+)(?:=([^@]*))?(?:@(.+))?$/.exec(text) ?? [];
  const effect = effectOf(what, argument);
  if (effect === undefined) throw new RangeError(`cannot read the fault ${JSON.stringify(text)}`);
  return path === undefined ? effect : { ...effect, match: { path } };
}

function effectOf(what: string, argument: string): FaultEffect | undefined {
  const numbers = argument.split('/').map(Number);
  const [first = NaN, second = NaN] = numbers;
  const whole = Number.isInteger(first) && argument !== '';
  if (/^[1-5]\d\d$/.test(what)) return statusEffect(Number(what), argument);
  switch (what) {
    case 'delay':
      return whole ? { delayMs: first } : undefined;
    case 'slow':
      return whole && Number.isInteger(second) ? { slowBody: { bytes: first, pauseMs: second } } : undefined;
    case 'cut':
      return whole ? { cutAfterBytes: first } : undefined;
    case 'oversize':
      return whole ? { oversizeBytes: first } : undefined;
    case 'redirect':
      return argument === '' ? undefined : { redirectTo: argument };
    case 'broken':
      return { brokenJson: true };
    case 'hang':
      return { hang: true };
    case 'drop':
      return { drop: true };
    default:
      return undefined;
  }
}

function statusEffect(status: number, body: string): FaultEffect | undefined {
  if (body === '') return { status };
  return body === 'vendor' || body === 'problem' || body === 'html' ? { status, body } : undefined;
}
