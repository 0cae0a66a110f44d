import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { authenticate } from './authenticate.ts';
import { type BucketContext, findBucket } from './bucket-context.ts';
import { copyObject } from './copy-object.ts';
import { deleteObject, deleteObjects } from './delete-object.ts';
import { getObject } from './get-object.ts';
import { listObjects, listVersions } from './list-objects.ts';
import { getTags, putTags } from './object-tags.ts';
import { postObject } from './post-object.ts';
import { putObject } from './put-object.ts';
import { sendEmpty, sendXml } from './s3-answer.ts';
import { notImplemented, S3Error } from './s3-error.ts';
import { readRequest, type S3Request } from './s3-request.ts';

type Operation = (context: BucketContext, request: S3Request, res: ServerResponse) => void | Promise<void>;

interface Route {
  /** Parameters that make it this operation */
  needs: string[];
  /** Parameters that it understands besides */
  knows: string[];
  run: Operation;
}

const LISTING = ['prefix', 'delimiter', 'max-keys', 'encoding-type', 'fetch-owner'];
const OVERRIDES = [
  'response-cache-control',
  'response-content-disposition',
  'response-content-encoding',
  'response-content-language',
  'response-content-type',
  'response-expires',
];

/** What there is, by method and by what it is about. The first route whose needs are met is taken. */
const ROUTES: Record<string, Route[]> = {
  'GET service': [route([], ['max-buckets'], listBuckets)],
  'HEAD bucket': [route([], [], headBucket)],
  'GET bucket': [
    route(['location'], [], getLocation),
    route(['versions'], [...LISTING, 'key-marker', 'version-id-marker'], listVersions),
    route(['list-type'], [...LISTING, 'continuation-token', 'start-after'], listObjects),
  ],
  'POST bucket': [route(['delete'], [], deleteObjects)],
  'GET object': [
    route(['tagging'], ['versionId'], getTags),
    route([], ['versionId', ...OVERRIDES], getObject),
  ],
  'HEAD object': [route([], ['versionId', ...OVERRIDES], getObject)],
  'PUT object': [
    route(['tagging'], ['versionId'], putTags),
    route([], [], (context, request, res) =>
      request.headers['x-amz-copy-source'] === undefined
        ? putObject(context, request, res)
        : copyObject(context, request, res),
    ),
  ],
  'DELETE object': [route([], ['versionId'], deleteObject)],
};

function route(needs: string[], knows: string[], run: Operation): Route {
  return { needs, knows: [...needs, ...knows, 'x-id'], run };
}

export async function routeRequest(context: BucketContext, req: IncomingMessage, res: ServerResponse) {
  const requestId = randomUUID();
  res.setHeader('x-amz-request-id', requestId);
  /** An SDK whose request was refused as too early or too late sets its clock by this header. */
  res.setHeader('date', context.now().toUTCString());
  try {
    const request = readRequest(req);
    if (isForm(request)) {
      findBucket(context, request.bucket);
      await postObject(context, request, res);
      return;
    }
    await authenticate(context, request);
    const { run } = findRoute(request);
    if (request.bucket) findBucket(context, request.bucket);
    await run(context, request, res);
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
    sendError(req, res, error, requestId);
  }
}

function isForm({ method, bucket, key, headers }: S3Request): boolean {
  const isMultipart = headers['content-type']?.startsWith('multipart/form-data') ?? false;
  return method === 'POST' && bucket !== '' && key === '' && isMultipart && !headers.authorization;
}

function findRoute(request: S3Request): Route {
  const subject = request.key ? 'object' : request.bucket ? 'bucket' : 'service';
  const names = [...request.query.keys()].filter((name) => !/^x-amz-/i.test(name));
  const found = ROUTES[`${request.method} ${subject}`]?.find(({ needs }) =>
    needs.every((name) => names.includes(name)),
  );
  const unknown = names.find((name) => !found?.knows.includes(name));
  if (!found || unknown !== undefined) {
    throw notImplemented(`${request.method} on a ${subject}${unknown ? ` with ${unknown}` : ''}`);
  }
  return found;
}

function sendError(req: IncomingMessage, res: ServerResponse, error: S3Error, requestId: string): void {
  req.resume();
  const { code, message, status, headers } = error;
  if (req.method === 'HEAD') {
    sendEmpty(res, status, headers);
    return;
  }
  const Resource = (req.url ?? '').split('?')[0] ?? '';
  sendXml(
    res,
    'Error',
    { Code: code, Message: message, Resource, RequestId: requestId },
    { status, headers },
  );
}

function listBuckets(context: BucketContext, _: S3Request, res: ServerResponse): void {
  const Bucket = [...context.buckets.keys()]
    .sort()
    .map((Name) => ({ Name, CreationDate: new Date(0).toISOString() }));
  sendXml(res, 'ListAllMyBucketsResult', { Owner: { ID: 'laptop' }, Buckets: { Bucket } });
}

function headBucket(context: BucketContext, _: S3Request, res: ServerResponse): void {
  sendEmpty(res, 200, { 'x-amz-bucket-region': context.region });
}

function getLocation(context: BucketContext, _: S3Request, res: ServerResponse): void {
  res.writeHead(200, { 'content-type': 'application/xml' });
  res.end(
    `<?xml version="1.0" encoding="UTF-8"?>\n<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${context.region}</LocationConstraint>`,
  );
}
