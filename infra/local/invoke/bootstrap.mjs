/**
 * The runtime client of a function's process: what Lambda's nodejs24.x runtime is in AWS. It asks the Runtime API
 * for the next invocation, calls the handler and hands its answer back. Started by process.ts with the clock's
 * offset as its argument. Plain JavaScript, and as little of it as possible: it is part of every cold start.
 */
import { Agent, request } from 'node:http';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { realNow, shiftDate } from '../clock/shifted-date.mjs';

let offset = Number(process.argv[2]);
shiftDate(() => offset);

const [host, prefix] = process.env.AWS_LAMBDA_RUNTIME_API.split(/(?<=:\d+)(?=\/)/);
const [hostname, port] = host.split(':');
const agent = new Agent({ keepAlive: true, maxSockets: 2 });

// The laptop may be killed at any moment; its end of this pipe closes with it.
process.stdin.on('end', () => process.exit(0)).resume();
process.stdin.unref?.();

function call(method, path, body, headers = {}) {
  return new Promise((answered, failed) => {
    const options = {
      method,
      hostname,
      port,
      agent,
      path: `${prefix ?? ''}/2018-06-01/runtime${path}`,
      headers: { ...headers, 'folkmoot-max-rss-kb': String(process.resourceUsage().maxRSS) },
    };
    const req = request(options, (res) => {
      const chunks = [];
      res.on('data', (chunk) => chunks.push(chunk));
      res.on('error', failed);
      res.on('end', () => answered({ headers: res.headers, body: Buffer.concat(chunks).toString() }));
    });
    req.on('error', failed);
    req.end(body);
  });
}

function describe(error) {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return {
    errorType: error.name,
    errorMessage: error.message,
    trace: (error.stack ?? '').split('\n'),
    ...(error.cause === undefined ? {} : { cause: describe(error.cause) }),
  };
}

const postError = (path, error) => {
  const described = describe(error);
  console.error(JSON.stringify(described));
  return call('POST', path, JSON.stringify(described), {
    'content-type': 'application/json',
    'lambda-runtime-function-error-type': described.errorType,
  });
};

async function importFirst(file) {
  for (const extension of ['.mjs', '.js', '.cjs']) {
    try {
      return await import(pathToFileURL(file + extension).href);
    } catch (error) {
      const missing =
        error.code === 'ERR_MODULE_NOT_FOUND' && error.url === pathToFileURL(file + extension).href;
      if (!missing) throw error;
    }
  }
  throw Object.assign(new Error(`Cannot find module '${file}'`), { name: 'Runtime.ImportModuleError' });
}

async function loadHandler() {
  const [, file, path] = /^(.*?)\.([^/]*)$/.exec(process.env._HANDLER) ?? [];
  const module = await importFirst(resolve(join(process.env.LAMBDA_TASK_ROOT, file)));
  const find = (from) => path.split('.').reduce((value, key) => value?.[key], from);
  const handler = find(module) ?? find(module.default);
  if (typeof handler !== 'function') {
    throw Object.assign(new Error(`${process.env._HANDLER} is undefined or not exported`), {
      name: 'Runtime.HandlerNotFound',
    });
  }
  if (handler.length >= 3) {
    throw Object.assign(new Error('nodejs24.x has no handlers with a callback: return a promise instead'), {
      name: 'Runtime.CallbackHandlerDeprecated',
    });
  }
  return handler;
}

function contextOf(headers) {
  const { env } = process;
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    getRemainingTimeInMillis: () => deadline - realNow(),
  };
}

async function serveOne(handler) {
  const { headers, body } = await call('GET', '/invocation/next');
  offset = Number(headers['folkmoot-clock-offset']);
  process.env._X_AMZN_TRACE_ID = headers['lambda-runtime-trace-id'];
  const at = `/invocation/${headers['lambda-runtime-aws-request-id']}`;
  let answer;
  try {
    answer = JSON.stringify(await handler(JSON.parse(body), contextOf(headers))) ?? 'null';
  } catch (error) {
    await postError(`${at}/error`, error);
    return;
  }
  await call('POST', `${at}/response`, answer, { 'content-type': 'application/json' });
}

// A promise that nobody waits for ends the process, as in Lambda; the next invocation is a cold start.
process.on('unhandledRejection', (error) => {
  console.error(JSON.stringify({ ...describe(error), errorType: 'Runtime.UnhandledPromiseRejection' }));
  process.exit(128);
});

let handler;
try {
  handler = await loadHandler();
} catch (error) {
  await postError('/init/error', error).catch(() => {});
  process.exit(1);
}
try {
  while (true) await serveOne(handler);
} catch {
  // The Runtime API is gone: so is the laptop.
  process.exit(0);
}
