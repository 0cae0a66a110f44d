import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Engine } from '../engine.ts';

interface ListenOptions {
  closingGraceMs?: number;
  /** Left out: Node's own, 16 KB. */
  maxHeaderBytes?: number;
}

type Handler = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

/** Long enough that an SDK's pooled connection is closed by its owner, not under its next request. */
const KEEP_ALIVE_MS = 75_000;
const CLOSING_GRACE_MS = 1_000;

/**
 * Serves an engine on 127.0.0.1 (port 0: any free port). A handler that throws is a defect of the engine:
 * it is logged and answered with a bare 500, so that the caller's SDK sees a server error and retries. Closing
 * lets running requests finish for `closingGraceMs`.
 */
export async function listen(
  name: string,
  port: number,
  handle: Handler,
  { closingGraceMs = CLOSING_GRACE_MS, maxHeaderBytes }: ListenOptions = {},
): Promise<Engine> {
  const server = createServer({ ...(maxHeaderBytes && { maxHeaderSize: maxHeaderBytes }) }, (req, res) => {
    handle(req, res).catch((error: unknown) => failRequest(name, res, error));
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { port: bound } = server.address() as AddressInfo;
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= closeServer(server, closingGraceMs);
    return closed;
  };
  return { endpoint: `http://127.0.0.1:${bound}`, close };
}

function failRequest(name: string, res: ServerResponse, error: unknown): void {
  if (res.destroyed) return;
  console.error(`${name} engine failed`, error);
  if (res.headersSent) {
    res.destroy();
    return;
  }
  res.writeHead(500, { 'content-type': 'text/plain' }).end('InternalFailure');
}

async function closeServer(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
  });
  const force = setTimeout(() => server.closeAllConnections(), graceMs);
  // A connection whose answer was under way is kept alive by its client: it becomes idle only now.
  const sweep = setInterval(() => server.closeIdleConnections(), 20);
  await closed;
  clearInterval(sweep);
  clearTimeout(force);
}
