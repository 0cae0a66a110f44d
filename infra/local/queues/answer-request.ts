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

/** AWS JSON 1.0, as the SDK speaks to SQS. */
export async function answerRequest(context: QueueContext, req: IncomingMessage, res: ServerResponse) {
  try {
    const body = await readBody(req, MAX_REQUEST_BYTES);
    if (!body) throw new SqsError('RequestEntityTooLarge', 'The request is too large.');
    const target = String(req.headers['x-amz-target'] ?? '');
    const perform = ACTIONS.get(target.startsWith(TARGET) ? target.slice(TARGET.length) : '');
    if (!perform) throw unsupported(`The laptop's queues do not know the action "${target}".`);
    sendJson(res, 200, await perform(context, parseJson(body), res));
  } catch (error) {
    if (!(error instanceof SqsError)) throw error;
    res.setHeader('x-amzn-query-error', `${error.queryCode};Sender`);
    sendJson(res, 400, { __type: `com.amazonaws.sqs#${error.code}`, message: error.message });
  }
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

function sendJson(res: ServerResponse, status: number, body: object): void {
  res.writeHead(status, {
    'content-type': 'application/x-amz-json-1.0',
    'x-amzn-requestid': randomUUID(),
  });
  res.end(JSON.stringify(body));
}
