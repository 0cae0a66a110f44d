import type { IncomingMessage, ServerResponse } from 'node:http';
import { listen } from '../engine/listen.ts';
import { readBody } from '../engine/read-body.ts';
import type { Engine } from '../engine.ts';
import { PAYLOAD_LIMIT } from './function-definition.ts';

/** One end of the Runtime API: what a function's process says, by the token in its address. */
export interface RuntimeClient {
  /** It is ready for work. Answered later, through `giveWork`. */
  onNext(res: ServerResponse): void;
  onResponse(requestId: string, payload: string | 'too large'): void;
  onError(requestId: string, payload: string): void;
  onInitError(payload: string): void;
  onRss(kilobytes: number): void;
}

export interface RuntimeApi extends Engine {
  register(token: string, client: RuntimeClient): void;
  forget(token: string): void;
}

const route =
  /^\/([0-9a-f-]{36})\/2018-06-01\/runtime\/(?:(init\/error)|invocation\/(?:(next)|([^/]+)\/(response|error)))$/;

/** Serves Lambda's Runtime API (version 2018-06-01) to all processes of all functions. */
export async function startRuntimeApi(): Promise<RuntimeApi> {
  const clients = new Map<string, RuntimeClient>();
  const engine = await listen('Runtime API', 0, (req, res) => answer(clients, req, res));
  return {
    ...engine,
    register: (token, client) => {
      clients.set(token, client);
    },
    forget: (token) => {
      clients.delete(token);
    },
  };
}

async function answer(
  clients: Map<string, RuntimeClient>,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const [, token = '', initError, next, requestId = '', outcome] = route.exec(req.url ?? '') ?? [];
  const client = clients.get(token);
  if (!client) {
    res.writeHead(404).end();
    return;
  }
  client.onRss(Number(req.headers['folkmoot-max-rss-kb'] ?? 0));
  if (next) {
    client.onNext(res);
    return;
  }
  const body = await readBody(req, PAYLOAD_LIMIT);
  if (initError) client.onInitError(body?.toString() ?? '');
  else if (outcome === 'error') client.onError(requestId, body?.toString() ?? '');
  else client.onResponse(requestId, body?.toString() ?? 'too large');
  res.writeHead(202, { 'content-length': 0 }).end();
}
