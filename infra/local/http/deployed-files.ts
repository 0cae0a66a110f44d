import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { extname, join, relative, sep } from 'node:path';
import type { BucketDeployment } from '../template/inventory.ts';
import type { Answer } from './proxy-answer.ts';

interface DeployedFile {
  path: string;
  headers: Record<string, string>;
}

/** As the deployment to S3 guesses them from the name. */
const contentTypes: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.gif': 'image/gif',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/vnd.microsoft.icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/** Undefined: there is no such file. */
export type ServeFile = (bucket: string, req: IncomingMessage, path: string) => Answer | undefined;

/** The files that the deployments of the template put in the buckets. */
export function deployedFiles(deployments: BucketDeployment[]): ServeFile {
  const files = new Map<string, DeployedFile>();
  for (const deployment of deployments) {
    for (const source of deployment.sources) addFolder(files, deployment, source);
  }
  const loaded = new Map<string, { body: Buffer; etag: string }>();
  return (bucket, req, path) => {
    const key = `${bucket}${path}`;
    const file = files.get(key);
    if (!file) return undefined;
    const content = loaded.get(key) ?? load(file.path);
    loaded.set(key, content);
    const headers = { ...file.headers, etag: content.etag };
    if (req.headers['if-none-match'] === content.etag) return { status: 304, headers, body: Buffer.alloc(0) };
    return { status: 200, headers, body: content.body };
  };
}

function addFolder(files: Map<string, DeployedFile>, deployment: BucketDeployment, source: string): void {
  for (const entry of readdirSync(source, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const name = relative(source, path).split(sep).join('/');
    const contentType = contentTypes[extname(name).toLowerCase()] ?? 'binary/octet-stream';
    const prefix = deployment.prefix.replace(/\/?$/, deployment.prefix ? '/' : '');
    files.set(`${deployment.bucket}/${prefix}${name}`, {
      path,
      headers: { 'content-type': contentType, ...deployment.headers },
    });
  }
}

function load(path: string): { body: Buffer; etag: string } {
  const body = readFileSync(path);
  return { body, etag: `"${createHash('md5').update(body).digest('hex')}"` };
}
