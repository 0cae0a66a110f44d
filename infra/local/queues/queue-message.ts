import { createHash } from 'node:crypto';
import { digestAttributes, type MessageAttributes, selectAttributes } from './message-attributes.ts';
import type { ReceivedMessage } from './queue-store.ts';

/** A message as Lambda's event carries it (`Records[]`), without the fields that name the event source. */
export interface QueueMessage {
  messageId: string;
  receiptHandle: string;
  body: string;
  attributes: Record<string, string>;
  messageAttributes: Record<string, LambdaAttribute>;
  md5OfBody: string;
  md5OfMessageAttributes?: string;
}

interface LambdaAttribute {
  dataType: string;
  stringValue?: string;
  /** Base64 */
  binaryValue?: string;
  stringListValues: string[];
  binaryListValues: string[];
}

interface WantedParts {
  systemAttributes: string[];
  messageAttributes: string[];
}

/** What turns the name of a queue into its ARN, and who sent everything. */
export interface QueueOwner {
  region: string;
  accountId: string;
}

export function arnOf(owner: QueueOwner, queue: string): string {
  return `arn:aws:sqs:${owner.region}:${owner.accountId}:${queue}`;
}

export function toLambdaRecord(message: ReceivedMessage, owner: QueueOwner): QueueMessage {
  const digest = digestAttributes(message.attributes);
  return {
    messageId: message.id,
    receiptHandle: message.receiptHandle,
    body: message.body,
    attributes: systemAttributes(message, owner),
    messageAttributes: toLambdaAttributes(message.attributes),
    md5OfBody: md5(message.body),
    ...(digest && { md5OfMessageAttributes: digest }),
  };
}

/** An entry of `Messages` in the answer to ReceiveMessage. */
export function toApiMessage(message: ReceivedMessage, owner: QueueOwner, wanted: WantedParts): object {
  const attributes = selectAttributes(message.attributes, wanted.messageAttributes);
  const digest = digestAttributes(attributes);
  const system = Object.entries(systemAttributes(message, owner)).filter(
    ([name]) => wanted.systemAttributes.includes('All') || wanted.systemAttributes.includes(name),
  );
  return {
    MessageId: message.id,
    ReceiptHandle: message.receiptHandle,
    Body: message.body,
    MD5OfBody: md5(message.body),
    ...(system.length > 0 && { Attributes: Object.fromEntries(system) }),
    ...(digest && { MD5OfMessageAttributes: digest, MessageAttributes: attributes }),
  };
}

export function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

function systemAttributes(message: ReceivedMessage, owner: QueueOwner): Record<string, string> {
  return {
    SenderId: owner.accountId,
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.receives),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
    ...message.system,
    ...(message.deadLetterSource && { DeadLetterQueueSourceArn: arnOf(owner, message.deadLetterSource) }),
  };
}

function toLambdaAttributes(attributes: MessageAttributes): Record<string, LambdaAttribute> {
  const entries = Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => {
    const attribute: LambdaAttribute = { dataType: DataType, stringListValues: [], binaryListValues: [] };
    if (StringValue !== undefined) attribute.stringValue = StringValue;
    if (BinaryValue !== undefined) attribute.binaryValue = BinaryValue;
    return [name, attribute] as const;
  });
  return Object.fromEntries(entries);
}
