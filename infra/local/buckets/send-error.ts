import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendEmpty, sendXml } from './s3-answer.ts';
import type { S3Error } from './s3-error.ts';

/** More than the largest part of an upload that anybody sends here; beyond it, a client has to bear a broken pipe. */
const MOST_DRAINED_BYTES = 64 * 1024 * 1024;

/**
 * Answers with a refusal, when what is still to come of the request has been read. Node closes a connection on which
 * an answer ends before the request does, and a client that is still writing then learns of a broken pipe, and nothing
 * of the answer.
 */
export function sendError(
  req: IncomingMessage,
  res: ServerResponse,
  error: S3Error,
  requestId: string,
): void {
  afterBody(req, () => {
    if (!res.headersSent && !res.destroyed) answer(req, res, error, requestId);
  });
}

function afterBody(req: IncomingMessage, then: () => void): void {
  if (req.readableEnded || req.destroyed) {
    then();
    return;
  }
  let drained = 0;
  let isDone = false;
  const finish = () => {
    if (isDone) return;
    isDone = true;
    then();
  };
  req.on('data', (chunk: Buffer) => {
    drained += chunk.length;
    if (drained > MOST_DRAINED_BYTES) finish();
  });
  req.on('end', finish);
  req.on('close', finish);
  req.resume();
}

function answer(req: IncomingMessage, res: ServerResponse, error: S3Error, requestId: string): void {
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
