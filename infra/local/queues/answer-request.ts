import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';
import { readBody } from '../engine/read-body.ts';
import {
  getQueueAttributes,
  getQueueUrl,
  listQueues,
  listQueuesSchema,
  purgeQueue,
  queueAttributesSchema,
  queueNameSchema,
  queueUrlSchema,
} from './describe-queue.ts';
import { readQuery, speaksQuery, writeQuery, writeQueryError } from './query-protocol.ts';
import type { QueueContext } from './queue-context.ts';
import { receiveMessage, receiveMessageSchema } from './receive-message.ts';
import { sendMessage, sendMessageBatch, sendMessageBatchSchema, sendMessageSchema } from './send-message.ts';
import {
  changeVisibility,
  changeVisibilityBatch,
  changeVisibilityBatchSchema,
  changeVisibilitySchema,
  deleteMessage,
  deleteMessageBatch,
  deleteMessageBatchSchema,
  deleteMessageSchema,
} from './settle-message.ts';
import { invalidValue, missingParameter, SqsError, unsupported } from './sqs-error.ts';

type Perform = (context: QueueContext, input: unknown, res: ServerResponse) => object | Promise<object>;

/** A batch of 1 MiB in which JSON had to escape every byte as `\u0000`. */
const MAX_REQUEST_BYTES = 8 * 1024 * 1024;
const TARGET = 'AmazonSQS.';

const ACTIONS = new Map<string, Perform>([
  ['SendMessage', action(sendMessageSchema, sendMessage)],
  ['SendMessageBatch', action(sendMessageBatchSchema, sendMessageBatch)],
  ['ReceiveMessage', action(receiveMessageSchema, receiveMessage)],
  ['DeleteMessage', action(deleteMessageSchema, deleteMessage)],
  ['DeleteMessageBatch', action(deleteMessageBatchSchema, deleteMessageBatch)],
  ['ChangeMessageVisibility', action(changeVisibilitySchema, changeVisibility)],
  ['ChangeMessageVisibilityBatch', action(changeVisibilityBatchSchema, changeVisibilityBatch)],
  ['GetQueueUrl', action(queueNameSchema, getQueueUrl)],
  ['ListQueues', action(listQueuesSchema, listQueues)],
  ['GetQueueAttributes', action(queueAttributesSchema, getQueueAttributes)],
  ['PurgeQueue', action(queueUrlSchema, purgeQueue)],
]);

/** AWS JSON 1.0, as the SDK speaks to SQS, or the Query protocol of older clients. */
export async function answerRequest(context: QueueContext, req: IncomingMessage, res: ServerResponse) {
  const isQuery = speaksQuery(req.headers);
  try {
    const body = await readBody(req, MAX_REQUEST_BYTES);
    if (!body) throw new SqsError('RequestEntityTooLarge', 'The request is too large.');
    const { operation, input } = isQuery ? readQuery(body) : readJson(req, body);
    const perform = ACTIONS.get(operation);
    if (!perform) throw unsupported(`The laptop's queues do not know the action "${operation}".`);
    const result = await perform(seenFrom(context, req), input, res);
    if (isQuery) sendXml(res, 200, writeQuery(operation, result));
    else sendJson(res, 200, result);
  } catch (error) {
    if (!(error instanceof SqsError)) throw error;
    if (isQuery) {
      sendXml(res, 400, writeQueryError(error.queryCode, error.message, 'Sender'));
      return;
    }
    res.setHeader('x-amzn-query-error', `${error.queryCode};Sender`);
    sendJson(res, 400, { __type: `com.amazonaws.sqs#${error.code}`, message: error.message });
  }
}

function readJson(req: IncomingMessage, body: Buffer): { operation: string; input: unknown } {
  const target = String(req.headers['x-amz-target'] ?? '');
  return {
    operation: target.startsWith(TARGET) ? target.slice(TARGET.length) : target,
    input: parseJson(body),
  };
}

/** Whoever asks gets addresses by which he came here: there may be something in front of this engine. */
function seenFrom(context: QueueContext, req: IncomingMessage): QueueContext {
  const { host } = req.headers;
  if (!host) return context;
  return { ...context, urlOf: (name) => `http://${host}/${context.owner.accountId}/${name}` };
}

function action<Schema extends z.ZodType>(
  schema: Schema,
  perform: (context: QueueContext, input: z.infer<Schema>, res: ServerResponse) => object | Promise<object>,
): Perform {
  return (context, input, res) => {
    const parsed = schema.safeParse(input);
    if (parsed.success) return perform(context, parsed.data, res);
    const [issue] = parsed.error.issues;
    const name = issue?.path.join('.') ?? '';
    const missing = issue?.code === 'invalid_type' && issue.message.endsWith('received undefined');
    throw missing ? missingParameter(name) : invalidValue(`${name}: ${issue?.message}`);
  };
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new SqsError('SerializationException', 'The request is not JSON.');
  }
}

function sendXml(res: ServerResponse, status: number, body: string): void {
  res.writeHead(status, { 'content-type': 'text/xml', 'x-amzn-requestid': randomUUID() }).end(body);
}

function sendJson(res: ServerResponse, status: number, body: object): void {
  res.writeHead(status, {
    'content-type': 'application/x-amz-json-1.0',
    'x-amzn-requestid': randomUUID(),
  });
  res.end(JSON.stringify(body));
}
