import type { IncomingMessage } from 'node:http';
import type { BucketEngine } from '../buckets.ts';
import type { BucketDeployment } from '../template/inventory.ts';
import { deployedFiles } from './deployed-files.ts';
import type { Answer } from './proxy-answer.ts';

export type ServeBucket = (bucket: string, req: IncomingMessage, path: string) => Answer;

/** What CloudFront asks of S3 in the name of whoever asked CloudFront. */
const passedOn = [
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'if-unmodified-since',
  'range',
];

/**
 * What CloudFront gets from the buckets: the files that the deployments of the template put there, and what functions
 * did. It may list the buckets, and so is told when there is no such file.
 */
export function bucketServer(
  deployments: BucketDeployment[],
  buckets: Pick<BucketEngine, 'answer'>,
): ServeBucket {
  const serveDeployed = deployedFiles(deployments);
  return (bucket, req, path) => serveDeployed(bucket, req, path) ?? serveObject(buckets, bucket, req, path);
}

function serveObject(
  buckets: Pick<BucketEngine, 'answer'>,
  bucket: string,
  req: IncomingMessage,
  path: string,
): Answer {
  const headers = Object.fromEntries(
    passedOn.flatMap((name) => {
      const value = req.headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
  const { open, ...answer } = buckets.answer({
    method: req.method ?? '',
    bucket,
    key: path.slice(1),
    headers,
  });
  return { ...answer, body: open ?? Buffer.alloc(0) };
}
