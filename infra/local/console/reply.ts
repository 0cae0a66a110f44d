import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Html } from './html.ts';

/** What a route of the console answers. */
export type Reply =
  | { kind: 'json'; status: number; body: unknown }
  | { kind: 'page'; status: number; body: Html }
  | { kind: 'bytes'; type: string; body: Buffer; headers?: Record<string, string> }
  | { kind: 'redirect'; to: string; cookies?: string[] };

export const json = (body: unknown, status = 200): Reply => ({ kind: 'json', status, body });
export const problem = (status: number, message: string): Reply => json({ message }, status);
export const shown = (body: Html, status = 200): Reply => ({ kind: 'page', status, body });
export const seeOther = (to: string, cookies: string[] = []): Reply => ({ kind: 'redirect', to, cookies });

/** Programs get JSON; a browser, which asks for text/html, gets a page. */
export const wantsPage = (req: IncomingMessage): boolean => /\btext\/html\b/.test(req.headers.accept ?? '');

export function sendReply(res: ServerResponse, reply: Reply, formTargets: string[]): void {
  const common = {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    vary: 'accept',
  };
  const policy =
    `default-src 'none'; style-src 'self'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'; ` +
    `form-action 'self' ${formTargets.join(' ')}`;
  switch (reply.kind) {
    case 'json':
      res
        .writeHead(reply.status, { ...common, 'content-type': 'application/json; charset=utf-8' })
        .end(`${JSON.stringify(reply.body)}\n`);
      return;
    case 'page':
      res
        .writeHead(reply.status, {
          ...common,
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': policy,
        })
        .end(reply.body.text);
      return;
    case 'bytes':
      res
        .writeHead(200, {
          ...common,
          'content-type': reply.type,
          'content-security-policy': "default-src 'none'; sandbox",
          ...reply.headers,
        })
        .end(reply.body);
      return;
    case 'redirect':
      res.writeHead(303, { ...common, location: reply.to, 'set-cookie': reply.cookies ?? [] }).end();
  }
}
