import type { IncomingMessage } from 'node:http';

/**
 * Why a request is refused, or undefined. The console has no password, so it must not obey a page of some other
 * site that a browser on this machine has open: neither under another host name (DNS rebinding) nor by a form or a
 * script that writes across origins.
 */
export function refusal(req: IncomingMessage, port: number): string | undefined {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (!hosts.includes(req.headers.host ?? ''))
    return `The console answers to the host 127.0.0.1:${port} only.`;
  if (req.method === 'GET' || req.method === 'HEAD') return undefined;
  const { origin } = req.headers;
  const isForeign = origin !== undefined && !hosts.some((host) => origin === `http://${host}`);
  return isForeign ? 'The console takes no requests from other sites.' : undefined;
}
