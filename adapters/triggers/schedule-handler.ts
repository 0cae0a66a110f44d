import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { describeFault } from '#domain/shared/fault.ts';
import type { Log } from '#domain/shared/log.ts';

/**
 * The shared stack of scheduled functions: one log line with what was done. A fault is thrown on, so that
 * the run counts as failed and is tried again.
 */
export const scheduleHandler = <Done extends Readonly<Record<string, unknown>>>(
  schedule: string,
  log: Log,
  run: (correlationId: string) => Promise<Done>,
) =>
  middy<unknown, Done>().handler(async (_event: unknown, context: Context) => {
    const startedAt = performance.now();
    const correlationId = context.awsRequestId;
    const took = () => ({ schedule, durationMs: Math.round(performance.now() - startedAt), correlationId });
    try {
      const result = await run(correlationId);
      log('INFO', 'schedule completed', { ...took(), result });
      return result;
    } catch (fault) {
      log('ERROR', 'schedule failed', { ...took(), fault: describeFault(fault) });
      throw fault;
    }
  });
