import { redactFailure, redactResult } from '../http/redact';
import type { UsageSource } from '../providers/provider';
import { toFailure, UsageError } from '../usage/failure';

/** The same source, with its key removed from results and failures, so that they can be stored and shown. */
export function redactedSource(source: UsageSource, key: string): UsageSource {
  const clean = withoutKey(key);
  const summary = source.summary?.bind(source);
  const machines = source.machines?.bind(source);
  const hour = source.hour?.bind(source);
  return {
    check: (signal) => clean(source.check(signal)),
    rows: (part, query, signal) => clean(source.rows(part, query, signal)),
    ...(summary && { summary: (period, signal) => clean(summary(period, signal)) }),
    ...(machines && { machines: (signal) => clean(machines(signal)) }),
    ...(hour && { hour: (query, signal) => clean(hour(query, signal)) }),
  };
}

function withoutKey(key: string): <T>(work: Promise<T>) => Promise<T> {
  return async (work) => {
    try {
      return redactResult(await work, [key]);
    } catch (error) {
      const failure = toFailure(error);
      const clean = redactFailure(failure, [key]);
      throw clean === failure ? error : new UsageError(clean);
    }
  };
}
