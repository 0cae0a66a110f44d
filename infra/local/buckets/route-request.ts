import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Access } from '../permissions/access.ts';
import { type AskingContext, asker, type May } from './asker.ts';
import { authenticate } from './authenticate.ts';
import { onBucket, onCopying, onEveryBucket, onListing, onObject, onWriting } from './bucket-accesses.ts';
import { type BucketContext, findBucket } from './bucket-context.ts';
import { copyObject } from './copy-object.ts';
import { allowOrigin, answerPreflight, isPreflight } from './cors.ts';
import { deleteObject, deleteObjects } from './delete-object.ts';
import { getObject } from './get-object.ts';
import { listObjects, listVersions } from './list-objects.ts';
import { getTags, putTags } from './object-tags.ts';
import { postObject } from './post-object.ts';
import { putObject } from './put-object.ts';
import { sendEmpty, sendXml } from './s3-answer.ts';
import { notImplemented, S3Error } from './s3-error.ts';
import { readRequest, type S3Request } from './s3-request.ts';
import { sendError } from './send-error.ts';

type Operation = (context: AskingContext, request: S3Request, res: ServerResponse) => void | Promise<void>;

interface Route {
  /** As S3 calls it: `GetObject` */
  name: string;
  /** Parameters that make it this operation */
  needs: string[];
  /** Parameters that it understands besides */
  knows: string[];
  /** What the caller has to be allowed */
  accesses: (request: S3Request) => Access[];
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

const getting = {
  knows: ['versionId', ...OVERRIDES],
  accesses: onObject('s3:GetObject', 's3:GetObjectVersion'),
  run: getObject,
};

/** What there is, by method and by what it is about. The first route whose needs are met is taken. */
const ROUTES: Record<string, Route[]> = {
  'GET service': [
    route('ListBuckets', {
      knows: ['max-buckets'],
      accesses: onEveryBucket('s3:ListAllMyBuckets'),
      run: listBuckets,
    }),
  ],
  'HEAD bucket': [route('HeadBucket', { accesses: onBucket('s3:ListBucket'), run: headBucket })],
  'GET bucket': [
    route('GetBucketLocation', {
      needs: ['location'],
      accesses: onBucket('s3:GetBucketLocation'),
      run: getLocation,
    }),
    route('ListObjectVersions', {
      needs: ['versions'],
      knows: [...LISTING, 'key-marker', 'version-id-marker'],
      accesses: onListing('s3:ListBucketVersions'),
      run: listVersions,
    }),
    route('ListObjectsV2', {
      needs: ['list-type'],
      knows: [...LISTING, 'continuation-token', 'start-after'],
      accesses: onListing('s3:ListBucket'),
      run: listObjects,
    }),
  ],
  // Each of the objects is asked about by itself.
  'POST bucket': [route('DeleteObjects', { needs: ['delete'], accesses: () => [], run: deleteObjects })],
  'GET object': [
    route('GetObjectTagging', {
      needs: ['tagging'],
      knows: ['versionId'],
      accesses: onObject('s3:GetObjectTagging', 's3:GetObjectVersionTagging'),
      run: getTags,
    }),
    route('GetObject', getting),
  ],
  'HEAD object': [route('HeadObject', getting)],
  'PUT object': [
    route('PutObjectTagging', {
      needs: ['tagging'],
      knows: ['versionId'],
      accesses: onObject('s3:PutObjectTagging', 's3:PutObjectVersionTagging'),
      run: putTags,
    }),
    route('PutObject', { accesses: onWriting, run: putObject }),
  ],
  'DELETE object': [
    route('DeleteObject', {
      knows: ['versionId'],
      accesses: onObject('s3:DeleteObject', 's3:DeleteObjectVersion'),
      run: deleteObject,
    }),
  ],
};

const COPYING = route('CopyObject', { accesses: onCopying, run: copyObject });

function route(
  name: string,
  { needs = [], knows = [], accesses, run }: Partial<Route> & Pick<Route, 'accesses' | 'run'>,
): Route {
  return { name, needs, knows: [...needs, ...knows, 'x-id'], accesses, run };
}

export async function routeRequest(context: BucketContext, req: IncomingMessage, res: ServerResponse) {
  const requestId = randomUUID();
  res.setHeader('x-amz-request-id', requestId);
  /** An SDK whose request was refused as too early or too late sets its clock by this header. */
  res.setHeader('date', context.now().toUTCString());
  try {
    const request = readRequest(req);
    const bucket = context.buckets.get(request.bucket);
    if (isPreflight(request)) {
      answerPreflight(bucket, request, res);
      return;
    }
    allowOrigin(bucket, request, res);
    if (isForm(request)) {
      findBucket(context, request.bucket);
      await postObject({ ...context, requestId }, request, res);
      return;
    }
    const accessKeyId = await authenticate(context, request);
    const { accesses, run } = findRoute(request);
    if (request.bucket) findBucket(context, request.bucket);
    const may = asker(context, accessKeyId);
    may(accesses(request));
    await hidingWhatIsMissing(may, request, () => run({ ...context, may, requestId }, request, res));
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
    sendError(req, res, error, requestId);
  }
}

function isForm({ method, bucket, key, headers }: S3Request): boolean {
  const isMultipart = headers['content-type']?.startsWith('multipart/form-data') ?? false;
  return method === 'POST' && bucket !== '' && key === '' && isMultipart && !headers.authorization;
}

/**
 * Somebody who may not list a bucket is not told whether an object is missing or forbidden (API reference, GetObject,
 * "Permissions").
 */
async function hidingWhatIsMissing(may: May, request: S3Request, run: () => void | Promise<void>) {
  try {
    await run();
  } catch (error) {
    const isReading = request.key !== '' && ['GET', 'HEAD'].includes(request.method);
    if (isReading && error instanceof S3Error && error.code === 'NoSuchKey')
      may(onBucket('s3:ListBucket')(request));
    throw error;
  }
}

/** What a request asks for, in S3's own word, and what its sender has to be allowed before it is begun. */
export function describeRequest(request: S3Request): {
  operation: string;
  /** A form, whose signature is in its body, and what a browser asks by itself, have no signature in their heads. */
  isSigned: boolean;
  accesses: Access[];
} {
  if (isPreflight(request)) return { operation: 'OptionsObject', isSigned: false, accesses: [] };
  if (isForm(request)) return { operation: 'PostObject', isSigned: false, accesses: [] };
  const { name, accesses } = findRoute(request);
  return { operation: name, isSigned: true, accesses: accesses(request) };
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
  const isCopy = found.name === 'PutObject' && request.headers['x-amz-copy-source'] !== undefined;
  return isCopy ? COPYING : found;
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
