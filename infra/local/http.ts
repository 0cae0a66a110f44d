import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { BucketEngine } from './buckets.ts';
import { listen } from './engine/listen.ts';
import { readBody } from './engine/read-body.ts';
import type { Engine, Now } from './engine.ts';
import { type Answer, jsonAnswer, proxyAnswer } from './http/proxy-answer.ts';
import { proxyEvent } from './http/proxy-event.ts';
import { MAX_HEADER_BYTES, refuseAtApi, refuseAtCloudFront } from './http/request-limits.ts';
import { routeSelector, type SelectRoute } from './http/select-route.ts';
import { bucketServer, type ServeBucket } from './http/serve-bucket.ts';
import { openThrottle } from './http/throttle.ts';
import type { InvocationResult } from './invoke/function-definition.ts';
import type { DoorPermissions } from './start/door-permissions.ts';
import type { Behaviour, HttpApi, Inventory } from './template/inventory.ts';

export interface FrontDoorOptions {
  inventory: Pick<Inventory, 'region' | 'accountId' | 'apis' | 'behaviours' | 'deployments'>;
  port: number;
  publicUrl: string;
  now: Now;
  invoke: (name: string, payload: string) => Promise<InvocationResult>;
  /** Where bucket origins have what no deployment put there. */
  buckets: Pick<BucketEngine, 'answer'>;
  permissions: DoorPermissions;
  /** False for load tests: nothing is answered 429. */
  throttled: boolean;
}

interface Context {
  options: FrontDoorOptions;
  behaviours: Behaviour[];
  apis: Map<string, { api: HttpApi; select: SelectRoute; mayPass: () => boolean }>;
  serveBucket: ServeBucket;
}

const BODY_LIMIT = 10 * 1024 * 1024;
/** Requests in flight may take as long as the slowest web function. */
const CLOSING_GRACE_MS = 30_000;

/** Plays what stands before the functions: CloudFront's distribution and the HTTP API behind it. */
export function startFrontDoor(options: FrontDoorOptions): Promise<Engine> {
  const { inventory } = options;
  const context: Context = {
    options,
    behaviours: inventory.behaviours.length > 0 ? inventory.behaviours : apiAlone(inventory.apis),
    apis: new Map(
      inventory.apis.map((api) => [
        api.id,
        {
          api,
          select: routeSelector(api.routes),
          mayPass: openThrottle(options.throttled ? api.throttle : undefined),
        },
      ]),
    ),
    serveBucket: bucketServer(inventory.deployments, options.buckets),
  };
  return listen('front door', options.port, (req, res) => serve(context, req, res), {
    closingGraceMs: CLOSING_GRACE_MS,
    maxHeaderBytes: MAX_HEADER_BYTES,
  });
}

/** Without a distribution, the (only) API is the door. */
function apiAlone([api]: HttpApi[]): Behaviour[] {
  if (!api) return [];
  const methods = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'];
  return [
    { pattern: '/*', methods, origin: { kind: 'api', api: api.id }, requestHeaders: {}, addedHeaders: [] },
  ];
}

async function serve(context: Context, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const hasDistribution = context.options.inventory.behaviours.length > 0;
  const refusal = hasDistribution && refuseAtCloudFront(req, context.options.publicUrl);
  if (refusal) {
    req.resume();
    await send(res, req, refusal, undefined);
    return;
  }
  const [rawPath = '/', query = ''] = splitOnce(req.url ?? '/', '?');
  const behaviour = context.behaviours.find(({ pattern }) => matchesPathPattern(pattern, rawPath));
  if (!behaviour?.methods.includes(req.method ?? '')) {
    req.resume();
    await send(res, req, jsonAnswer(403, 'CloudFront does not accept this method for this path.'), behaviour);
    return;
  }
  await send(res, req, await answerFrom(context, behaviour, req, { rawPath, query }), behaviour);
}

async function answerFrom(
  context: Context,
  behaviour: Behaviour,
  req: IncomingMessage,
  { rawPath, query }: { rawPath: string; query: string },
): Promise<Answer> {
  const path = decodePath(rawPath);
  if (path === undefined) return jsonAnswer(400, 'Bad Request');
  if (behaviour.origin.kind === 'api') {
    return callApi(context, behaviour, behaviour.origin.api, req, { path, query });
  }
  req.resume();
  const { bucket, distributionArn } = behaviour.origin;
  const mayRead = context.options.permissions.mayRead(bucket, path.slice(1), distributionArn);
  return mayRead ? context.serveBucket(bucket, req, path) : jsonAnswer(403, 'Access Denied');
}

async function callApi(
  { options, apis }: Context,
  behaviour: Behaviour,
  apiId: string,
  req: IncomingMessage,
  { path, query }: { path: string; query: string },
): Promise<Answer> {
  const found = apis.get(apiId);
  const body = await readBody(req, BODY_LIMIT);
  const refusal = refuseAtApi(req, behaviour);
  if (refusal) return refusal;
  if (!body) return jsonAnswer(413, 'Request Entity Too Large');
  if (!found?.mayPass()) return jsonAnswer(429, 'Too Many Requests');
  const selected = found.select(req.method ?? '', path);
  if (!selected) return jsonAnswer(404, 'Not Found');
  // As in AWS, whoever asked learns nothing of it; the laptop says it on its own output.
  if (!options.permissions.mayInvoke(found.api, selected.route, req.method ?? '')) {
    return jsonAnswer(500, 'Internal Server Error');
  }
  const event = proxyEvent(req, { path, query, body }, selected, {
    accountId: options.inventory.accountId,
    region: options.inventory.region,
    apiId,
    scheme: new URL(options.publicUrl).protocol.replace(':', ''),
    requestHeaders: behaviour.requestHeaders,
    now: options.now(),
  });
  const result = await withinTime(
    options.invoke(selected.route.function, JSON.stringify(event)),
    selected.route.timeoutMs,
  );
  return result ? proxyAnswer(result) : jsonAnswer(503, 'Service Unavailable');
}

async function withinTime<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  const first = await Promise.race([promise, late]);
  clearTimeout(timer);
  return first;
}

async function send(
  res: ServerResponse,
  req: IncomingMessage,
  answer: Answer,
  behaviour: Behaviour | undefined,
): Promise<void> {
  const headers: Record<string, string | string[] | number> = { ...answer.headers };
  for (const { name, value, override } of behaviour?.addedHeaders ?? []) {
    if (override || headers[name] === undefined) headers[name] = value;
  }
  if (answer.closes) headers.connection = 'close';
  const hasBody = answer.status !== 204 && answer.status !== 304;
  const { body } = answer;
  if (hasBody && typeof body !== 'function') headers['content-length'] ??= body.length;
  try {
    res.writeHead(answer.status, headers);
  } catch {
    // A header that HTTP does not allow, such as one with a line break in it.
    res.writeHead(500, { 'content-type': 'application/json' }).end('{"message":"Internal Server Error"}');
    return;
  }
  if (!hasBody || req.method === 'HEAD') res.end();
  else if (typeof body === 'function') await pipeline(await body(), res);
  else res.end(body);
}

/** CloudFront's patterns: `*` stands for any number of characters, `?` for one. */
function matchesPathPattern(pattern: string, path: string): boolean {
  if (pattern === '/*') return true;
  const literal = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${literal.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(path);
}

function decodePath(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
