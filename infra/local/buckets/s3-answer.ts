import type { ServerResponse } from 'node:http';
import { renderXml, type XmlTree } from './xml.ts';

export function sendEmpty(res: ServerResponse, status: number, headers: Record<string, string> = {}): void {
  res.writeHead(status, headers).end();
}

export function sendXml(
  res: ServerResponse,
  name: string,
  tree: XmlTree,
  { status = 200, headers = {} }: { status?: number; headers?: Record<string, string> } = {},
): void {
  const body = Buffer.from(renderXml(name, tree));
  res.writeHead(status, {
    ...headers,
    'content-type': 'application/xml',
    'content-length': String(body.length),
  });
  res.end(body);
}
