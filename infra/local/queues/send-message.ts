import { z } from 'zod';
import { answerBatch, batchOf, checkBatch } from './batch.ts';
import {
  attributeSchema,
  checkAttributes,
  digestAttributes,
  type MessageAttributes,
  sizeOfAttributes,
} from './message-attributes.ts';
import { findQueueByUrl, type QueueContext } from './queue-context.ts';
import { md5 } from './queue-message.ts';
import type { QueueSettings } from './queue-settings.ts';
import type { NewMessage } from './queue-store.ts';
import { batchError, invalidValue, missingParameter, SqsError } from './sqs-error.ts';

/** API reference, SendMessage and SendMessageBatch: 1 MiB since August 2025, for a batch as a whole too. */
const MAX_MESSAGE_BYTES = 1_048_576;
const MAX_DELAY_SECONDS = 900;
/** API reference, SendMessage: the characters of XML 1.0. A lone surrogate is none of them. */
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const SYSTEM_ATTRIBUTES = ['AWSTraceHeader'];

const messageShape = {
  MessageBody: z.string().optional(),
  DelaySeconds: z.number().int().optional(),
  MessageAttributes: z.record(z.string(), attributeSchema).optional(),
  MessageSystemAttributes: z.record(z.string(), attributeSchema).optional(),
  MessageGroupId: z.string().optional(),
  MessageDeduplicationId: z.string().optional(),
};
const messageSchema = z.object(messageShape);
type MessageInput = z.infer<typeof messageSchema>;

export const sendMessageSchema = messageSchema.extend({ QueueUrl: z.string() });
export const sendMessageBatchSchema = batchOf(messageShape);

export function sendMessage(context: QueueContext, input: z.infer<typeof sendMessageSchema>): object {
  const queue = findQueueByUrl(context, input.QueueUrl);
  const message = readMessage(queue, input);
  const [id] = context.store.add(queue.name, [message]);
  context.signals.changed(queue.name);
  return describeSent(message, id);
}

export function sendMessageBatch(
  context: QueueContext,
  input: z.infer<typeof sendMessageBatchSchema>,
): object {
  const queue = findQueueByUrl(context, input.QueueUrl);
  checkBatch(input.Entries);
  const size = input.Entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
  if (size > MAX_MESSAGE_BYTES) {
    throw batchError(
      'BatchRequestTooLong',
      `Batch requests cannot be longer than ${MAX_MESSAGE_BYTES} bytes. You have sent ${size} bytes.`,
    );
  }
  const { done, failed } = readEntries(queue, input.Entries);
  const ids = context.store.add(
    queue.name,
    done.map(({ message }) => message),
  );
  context.signals.changed(queue.name);
  const sent = done.map(({ Id, message }, index) => ({ Id, ...describeSent(message, ids[index]) }));
  return answerBatch(sent, failed);
}

function readEntries(queue: QueueSettings, entries: (MessageInput & { Id: string })[]) {
  const done: { Id: string; message: NewMessage }[] = [];
  const failed: { Id: string; error: SqsError }[] = [];
  for (const entry of entries) {
    try {
      done.push({ Id: entry.Id, message: readMessage(queue, entry) });
    } catch (error) {
      if (!(error instanceof SqsError)) throw error;
      failed.push({ Id: entry.Id, error });
    }
  }
  return { done, failed };
}

function readMessage(queue: QueueSettings, input: MessageInput): NewMessage {
  const { MessageBody: body, MessageAttributes: attributes = {}, DelaySeconds: delay } = input;
  if (!body) throw missingParameter('MessageBody');
  if (input.MessageDeduplicationId !== undefined) {
    throw invalidValue('MessageDeduplicationId is for FIFO queues only.');
  }
  const delaySeconds = delay ?? queue.delaySeconds;
  if (delaySeconds < 0 || delaySeconds > MAX_DELAY_SECONDS) {
    throw invalidValue(`Value ${delaySeconds} for parameter DelaySeconds is invalid. Reason: 0 to 900.`);
  }
  checkAttributes(attributes);
  checkCharacters([body, ...Object.values(attributes).map(({ StringValue = '' }) => StringValue)]);
  if (sizeOf(input) > MAX_MESSAGE_BYTES) {
    throw invalidValue(
      `One or more parameters are invalid. Reason: Message must be shorter than ${MAX_MESSAGE_BYTES} bytes.`,
    );
  }
  return { body, attributes, delaySeconds, system: readSystem(input) };
}

function readSystem({ MessageGroupId, MessageSystemAttributes = {} }: MessageInput): Record<string, string> {
  const system: Record<string, string> = {};
  for (const [name, { StringValue }] of Object.entries(MessageSystemAttributes)) {
    if (!SYSTEM_ATTRIBUTES.includes(name)) {
      throw invalidValue(`Message system attribute name '${name}' is invalid.`);
    }
    system[name] = StringValue ?? '';
  }
  if (MessageGroupId !== undefined) system.MessageGroupId = MessageGroupId;
  return system;
}

function checkCharacters(texts: string[]): void {
  if (texts.some((text) => FORBIDDEN.test(text))) {
    throw new SqsError(
      'InvalidMessageContents',
      'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF',
    );
  }
}

function sizeOf({ MessageBody = '', MessageAttributes = {} }: MessageInput): number {
  return Buffer.byteLength(MessageBody) + sizeOfAttributes(MessageAttributes as MessageAttributes);
}

function describeSent({ body, attributes }: NewMessage, id: string | undefined): object {
  const digest = digestAttributes(attributes);
  return { MessageId: id, MD5OfMessageBody: md5(body), ...(digest && { MD5OfMessageAttributes: digest }) };
}
