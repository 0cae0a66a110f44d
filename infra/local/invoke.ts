import { join } from 'node:path';
import type { Clock } from './clock.ts';
import type { Credentials } from './engine.ts';
import type { CredentialStore } from './invoke/credentials.ts';
import type { FunctionDefinition, InvocationResult } from './invoke/function-definition.ts';
import { openLog, openNowhere } from './invoke/function-log.ts';
import { openPool, type Pool } from './invoke/pool.ts';
import { startProcess } from './invoke/process.ts';
import { type RuntimeApi, startRuntimeApi } from './invoke/runtime-api.ts';
import { type FunctionRecord, type FunctionStatistics, openRecord } from './invoke/statistics.ts';

/** Where the SDKs of the functions find the engines: `AWS_ENDPOINT_URL_<service>`. */
export interface EngineEndpoints {
  dynamodb?: string | undefined;
  s3?: string | undefined;
  sqs?: string | undefined;
  ses?: string | undefined;
}

export interface RunnerOptions {
  functions: FunctionDefinition[];
  region: string;
  accountId: string;
  endpoints: EngineEndpoints;
  credentials: CredentialStore;
  clock: Clock;
  /** One file a function. */
  logDir: string;
  /** Whether a function's role may write its log; without it the function runs, and nobody sees what it says. */
  mayLog?: (name: string) => boolean;
  /** Told of every invocation that did not succeed. */
  onFailure?: (name: string, result: InvocationResult) => void;
}

/** Runs functions as Lambda does: processes of their own, with the limits of the template. */
export interface Runner {
  /** Invokes a function with JSON and waits for its answer. Throws only when there is no such function. */
  invoke(name: string, payload: string): Promise<InvocationResult>;
  names(): string[];
  statistics(): FunctionStatistics[];
  credentialsOf(name: string): Credentials | undefined;
  /**
   * Kills (SIGKILL) the process that works on an invocation, by the trace that the SDKs send along with every call
   * (`X-Amzn-Trace-Id`); without a match, the function's processes that work. Answers whether it killed one.
   */
  killProcess(functionName: string, traceId?: string): boolean;
  /** No invocation runs or waits. */
  idle(): boolean;
  close(): Promise<void>;
}

interface RunningFunction {
  pool: Pool;
  record: FunctionRecord;
}

/** Starts the Runtime API; processes start when they are first needed. */
export async function startRunner(options: RunnerOptions): Promise<Runner> {
  const api = await startRuntimeApi();
  const running = new Map<string, RunningFunction>();
  for (const definition of options.functions) {
    running.set(definition.name, openFunction(definition, options, api));
  }
  return {
    invoke: async (name, payload) => {
      const found = running.get(name);
      if (!found)
        throw new Error(`There is no function "${name}". Functions: ${[...running.keys()].join(', ')}.`);
      const result = await found.pool.invoke(payload);
      if (result.status !== 'ok') options.onFailure?.(name, result);
      return result;
    },
    names: () => [...running.keys()],
    statistics: () => [...running.values()].map(({ record }) => record.read()),
    credentialsOf: (name) => (running.has(name) ? options.credentials.of(name) : undefined),
    killProcess: (functionName, traceId) => running.get(functionName)?.pool.killProcess(traceId) ?? false,
    idle: () => [...running.values()].every(({ pool }) => pool.idle()),
    close: async () => {
      await Promise.all([...running.values()].map(({ pool }) => pool.close()));
      await api.close();
    },
  };
}

function openFunction(
  definition: FunctionDefinition,
  options: RunnerOptions,
  api: RuntimeApi,
): RunningFunction {
  const record = openRecord(definition);
  const log = openLog(options.logDir, definition.name);
  const mayLog = options.mayLog ?? (() => true);
  const environment = environmentOf(definition, options);
  const pool = openPool({
    definition,
    record,
    functionArn: `arn:aws:lambda:${options.region}:${options.accountId}:function:${definition.name}`,
    clockOffset: options.clock.offset,
    start: () =>
      startProcess({
        definition,
        environment,
        log: mayLog(definition.name) ? log : openNowhere(),
        runtimeApi: new URL(api.endpoint).host,
        clockOffset: options.clock.offset(),
      }),
    register: (worker) => api.register(worker.process.token, worker),
    forget: (worker) => api.forget(worker.process.token),
  });
  return { pool, record };
}

function environmentOf(definition: FunctionDefinition, options: RunnerOptions): Record<string, string> {
  const { accessKeyId, secretAccessKey, sessionToken } = options.credentials.of(definition.name);
  const endpoints = Object.entries(options.endpoints).flatMap(([service, endpoint]) =>
    endpoint ? [[`AWS_ENDPOINT_URL_${service.toUpperCase()}`, endpoint]] : [],
  );
  return {
    ...definition.environment,
    ...Object.fromEntries(endpoints),
    ...(sessionToken ? { AWS_SESSION_TOKEN: sessionToken } : {}),
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_REGION: options.region,
    AWS_DEFAULT_REGION: options.region,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: definition.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${definition.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'laptop',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    ...pathOfLayers(definition),
    LAMBDA_TASK_ROOT: definition.code,
    _HANDLER: definition.handler,
    LANG: 'en_US.UTF-8',
    PATH: '/usr/local/bin:/usr/bin:/bin',
    TZ: ':UTC',
  };
}

/**
 * Where `require` looks besides. In Lambda all layers lie in /opt, the later over the earlier; only `require` goes by
 * this path, `import` does not.
 * https://docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html#packaging-layers-paths
 */
function pathOfLayers({ layers = [] }: FunctionDefinition): Record<string, string> {
  if (layers.length === 0) return {};
  const folders = layers.toReversed();
  const path = ['nodejs/node24/node_modules', 'nodejs/node_modules'].flatMap((inside) =>
    folders.map((folder) => join(folder, inside)),
  );
  return { NODE_PATH: path.join(':') };
}
