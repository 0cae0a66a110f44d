import {
  type FunctionDefinition,
  failure,
  type InvocationResult,
  PAYLOAD_LIMIT,
} from './function-definition.ts';
import type { FunctionProcess } from './process.ts';
import type { FunctionRecord } from './statistics.ts';
import { type Invocation, superviseProcess, type Worker } from './worker.ts';

export interface Pool {
  invoke(payload: string): Promise<InvocationResult>;
  /** Kills the process that works on the invocation of a trace; without a match, all that work. */
  killProcess(traceId?: string): boolean;
  /** No invocation runs or waits. */
  idle(): boolean;
  /** Lets running invocations end, refuses waiting ones, ends the processes. */
  close(): Promise<void>;
}

/** What Lambda's Invoke says of an invocation beyond the reserved concurrency (with status 429). */
const throttled = JSON.stringify({
  errorType: 'TooManyRequestsException',
  errorMessage: 'Rate Exceeded.',
  Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
  Type: 'User',
});

/** How many processes a function without a reserved concurrency may have at once: a laptop has few cores. */
const DEFAULT_PROCESSES = 4;
/** The last process stays warm longer than the ones that were added for a burst. */
const SPARE_IDLE_MS = 15_000;
const LAST_IDLE_MS = 10 * 60_000;

/**
 * The processes of one function. Grows when an invocation finds all of them busy. Beyond a reserved concurrency
 * invocations are throttled, as in Lambda; without one they wait for one of the laptop's few processes, because the
 * account's thousand is further away than they can see from here. Idle processes end.
 */
export function openPool(options: {
  definition: FunctionDefinition;
  functionArn: string;
  record: FunctionRecord;
  clockOffset: () => number;
  start: () => FunctionProcess;
  register: (worker: Worker) => void;
  forget: (worker: Worker) => void;
}): Pool {
  const { definition } = options;
  const limit = definition.reservedConcurrency ?? DEFAULT_PROCESSES;
  const workers = new Set<Worker>();
  const idle = new Map<Worker, NodeJS.Timeout>();
  const queue: Invocation[] = [];
  let closing = false;

  const refuse = (
    invocation: Invocation,
    payload: string,
    status: InvocationResult['status'] = 'error',
  ): void => {
    const result: InvocationResult = { status, payload, durationMs: 0, requestId: '' };
    options.record.recordInvocation(result);
    invocation.resolve(result);
  };

  const retire = (worker: Worker): void => {
    clearTimeout(idle.get(worker));
    idle.delete(worker);
    worker.process.kill();
  };

  const rest = (worker: Worker): void => {
    if (closing) {
      retire(worker);
      return;
    }
    const patience = workers.size > 1 ? SPARE_IDLE_MS : LAST_IDLE_MS;
    idle.set(worker, setTimeout(() => retire(worker), patience).unref());
  };

  const takeIdle = (): Worker | undefined => {
    const worker = [...idle.keys()].at(-1);
    clearTimeout(worker && idle.get(worker));
    if (worker) idle.delete(worker);
    return worker;
  };

  /** Processes that start, or have answered and not yet asked for more: they will take what waits. */
  const expected = (): number => [...workers].filter((worker) => !worker.busy() && !idle.has(worker)).length;

  const inFlight = (): number => [...workers].filter((worker) => worker.busy()).length + queue.length;

  const growIfNeeded = (): void => {
    if (queue.length > expected() && workers.size < limit && !closing) grow();
  };

  const grow = (): void => {
    const worker = superviseProcess({
      definition,
      functionArn: options.functionArn,
      process: options.start(),
      record: options.record,
      clockOffset: options.clockOffset,
      events: {
        onReady: () => {
          const next = queue.shift();
          if (next) worker.give(next);
          else rest(worker);
        },
        onGone: (_worker, diedStarting) => {
          clearTimeout(idle.get(worker));
          idle.delete(worker);
          workers.delete(worker);
          options.forget(worker);
          const victim = diedStarting === undefined ? undefined : queue.shift();
          if (victim) refuse(victim, diedStarting ?? '');
          growIfNeeded();
        },
      },
    });
    workers.add(worker);
    options.register(worker);
  };

  return {
    invoke: (payload) =>
      new Promise((resolve) => {
        const invocation = { payload, resolve };
        if (closing) return refuse(invocation, failure('ServiceException', 'The laptop is stopping.'));
        if (Buffer.byteLength(payload) > PAYLOAD_LIMIT) {
          const message = `Request must be smaller than ${PAYLOAD_LIMIT} bytes for the InvokeFunction operation`;
          return refuse(invocation, failure('RequestEntityTooLargeException', message));
        }
        if (inFlight() >= (definition.reservedConcurrency ?? Number.POSITIVE_INFINITY)) {
          return refuse(invocation, throttled, 'throttled');
        }
        const worker = takeIdle();
        if (worker) return worker.give(invocation);
        queue.push(invocation);
        growIfNeeded();
      }),
    killProcess: (traceId) => {
      const busy = [...workers].filter((worker) => worker.busy());
      const traced = busy.filter((worker) => traceId !== undefined && worker.traces(traceId));
      const victims = traced.length > 0 ? traced : busy;
      for (const { process } of victims) process.kill();
      return victims.length > 0;
    },
    idle: () => queue.length === 0 && ![...workers].some((worker) => worker.busy()),
    close: async () => {
      closing = true;
      for (const invocation of queue.splice(0)) {
        refuse(invocation, failure('ServiceException', 'The laptop is stopping.'));
      }
      for (const worker of [...idle.keys()]) retire(worker);
      await Promise.all([...workers].map((worker) => worker.process.gone));
    },
  };
}
