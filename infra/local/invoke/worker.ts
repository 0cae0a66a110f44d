import { randomBytes, randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { realNow } from '../clock/shifted-date.mjs';
import { type FunctionDefinition, failure, type InvocationResult } from './function-definition.ts';
import { watchMemory } from './memory-watch.ts';
import type { FunctionProcess } from './process.ts';
import type { RuntimeClient } from './runtime-api.ts';
import type { FunctionRecord } from './statistics.ts';

export interface Invocation {
  payload: string;
  resolve(result: InvocationResult): void;
}

export interface Worker extends RuntimeClient {
  readonly process: FunctionProcess;
  busy(): boolean;
  /** Whether it works on the invocation of this X-Ray trace. */
  traces(traceId: string): boolean;
  give(invocation: Invocation): void;
}

export interface WorkerEvents {
  onReady(worker: Worker): void;
  /** The process ended; `waiting` tells whether it died before it ever asked for work, and of what. */
  onGone(worker: Worker, diedStarting: string | undefined): void;
}

interface Running {
  invocation: Invocation;
  requestId: string;
  traceRoot: string;
  startedAt: number;
  timer: NodeJS.Timeout;
}

/** Lambda's own limit for loading a bundle. */
const INIT_LIMIT_MS = 10_000;

/** Sees one process of a function through its life: start, one invocation after the other, timeouts, death. */
export function superviseProcess(options: {
  definition: FunctionDefinition;
  functionArn: string;
  process: FunctionProcess;
  record: FunctionRecord;
  clockOffset: () => number;
  events: WorkerEvents;
}): Worker {
  const { definition, process, record, events } = options;
  const memory = watchMemory({ definition, process, record });
  memory.watch();
  let waiting: ServerResponse | undefined;
  let running: Running | undefined;
  let started = false;
  let initFailure: string | undefined;
  const initTimer = setTimeout(() => {
    initFailure = failure('Sandbox.Timedout', `Init phase timed out after ${INIT_LIMIT_MS / 1000} seconds`);
    process.kill();
  }, INIT_LIMIT_MS);

  const finish = (status: InvocationResult['status'], payload: string): void => {
    if (!running) return;
    clearTimeout(running.timer);
    const { invocation, requestId, startedAt } = running;
    running = undefined;
    const result = { status, payload, requestId, durationMs: performance.now() - startedAt };
    record.recordInvocation(result);
    invocation.resolve(result);
  };

  const timeOut = (requestId: string): void => {
    const seconds = definition.timeoutSeconds.toFixed(2);
    finish(
      'timeout',
      failure('Sandbox.Timedout', `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds`),
    );
    process.kill();
  };

  const worker: Worker = {
    process,
    busy: () => running !== undefined,
    traces: (traceId) => running !== undefined && traceId.includes(running.traceRoot),
    onRss: (kilobytes) => memory.learn(kilobytes),
    onNext: (res) => {
      waiting = res;
      memory.rest();
      if (!started) {
        started = true;
        clearTimeout(initTimer);
        record.recordStart(performance.now() - process.startedAt);
      }
      events.onReady(worker);
    },
    onResponse: (requestId, payload) => {
      if (running?.requestId !== requestId || memory.isExhausted()) return;
      if (payload !== 'too large') finish('ok', payload);
      else
        finish(
          'error',
          failure(
            'Function.ResponseSizeTooLarge',
            'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
          ),
        );
    },
    onError: (requestId, payload) => {
      if (running?.requestId === requestId && !memory.isExhausted()) finish('error', payload);
    },
    onInitError: (payload) => {
      initFailure = payload;
    },
    give: (invocation) => {
      memory.watch();
      const requestId = randomUUID();
      const traceRoot = newTraceRoot();
      const limit = definition.timeoutSeconds * 1000;
      running = {
        invocation,
        requestId,
        traceRoot,
        startedAt: performance.now(),
        timer: setTimeout(() => timeOut(requestId), limit),
      };
      waiting
        ?.writeHead(200, {
          'content-type': 'application/json',
          'lambda-runtime-aws-request-id': requestId,
          'lambda-runtime-deadline-ms': String(realNow() + limit),
          'lambda-runtime-invoked-function-arn': options.functionArn,
          'lambda-runtime-trace-id': `Root=${traceRoot};Parent=${randomBytes(8).toString('hex')};Sampled=0`,
          'folkmoot-clock-offset': String(options.clockOffset()),
        })
        .end(invocation.payload);
      waiting = undefined;
    },
  };

  void process.gone.then((cause) => {
    clearTimeout(initTimer);
    memory.rest();
    waiting?.destroy();
    const errorType = memory.isExhausted() ? 'Runtime.OutOfMemory' : 'Runtime.ExitError';
    const error = `Error: Runtime exited with error: ${cause}`;
    finish('error', failure(errorType, `RequestId: ${running?.requestId} ${error}`));
    events.onGone(worker, started ? undefined : (initFailure ?? failure(errorType, error)));
  });
  return worker;
}

/** As X-Ray makes them: the time in seconds and 96 random bits. */
function newTraceRoot(): string {
  const seconds = Math.floor(realNow() / 1000);
  return `1-${seconds.toString(16).padStart(8, '0')}-${randomBytes(12).toString('hex')}`;
}
