import { createHash, type Hash } from 'node:crypto';
import { z } from 'zod';
import { invalidValue } from './sqs-error.ts';

export const attributeSchema = z.object({
  DataType: z.string(),
  StringValue: z.string().optional(),
  /** Base64, as in the JSON protocol */
  BinaryValue: z.string().optional(),
});

/** As the JSON protocol sends and stores them. */
export type MessageAttributes = Record<string, z.infer<typeof attributeSchema>>;

/** API reference, SendMessage: at most ten, names of these characters that neither begin nor end with a dot. */
const MAX_ATTRIBUTES = 10;
const NAME = /^(?!AWS\.|Amazon\.|\.)[A-Za-z0-9_.-]{1,256}(?<!\.)$/i;
const TYPE = /^(?:String|Number|Binary)(?:\..{1,249})?$/;

const STRING_VALUE = 1;
const BINARY_VALUE = 2;

export function checkAttributes(attributes: MessageAttributes): void {
  const entries = Object.entries(attributes);
  if (entries.length > MAX_ATTRIBUTES) {
    throw invalidValue(`Number of message attributes [${entries.length}] exceeds the allowed maximum [10].`);
  }
  for (const [name, attribute] of entries) {
    if (!NAME.test(name)) throw invalidValue(`The message attribute name '${name}' is not valid.`);
    if (!TYPE.test(attribute.DataType)) {
      throw invalidValue(`The type of message attribute '${name}' is invalid.`);
    }
    const value = isBinary(attribute) ? attribute.BinaryValue : attribute.StringValue;
    if (!value) {
      throw invalidValue(`The message attribute '${name}' must contain a non-empty value of its type.`);
    }
  }
}

/** Bytes that count towards the size of a message: names, types and values. */
export function sizeOfAttributes(attributes: MessageAttributes): number {
  return Object.entries(attributes).reduce(
    (sum, [name, attribute]) =>
      sum + Buffer.byteLength(name) + Buffer.byteLength(attribute.DataType) + bytesOf(attribute).length,
    0,
  );
}

/**
 * The digest that consumers may verify: over the attributes sorted by name, each length as four bytes.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
 */
export function digestAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash('md5');
  for (const name of names) {
    const attribute = attributes[name];
    if (!attribute) continue;
    addPart(hash, Buffer.from(name));
    addPart(hash, Buffer.from(attribute.DataType));
    hash.update(Buffer.of(isBinary(attribute) ? BINARY_VALUE : STRING_VALUE));
    addPart(hash, bytesOf(attribute));
  }
  return hash.digest('hex');
}

/** Those that a receiver asked for: `All`, `.*`, `prefix.*` or exact names. */
export function selectAttributes(attributes: MessageAttributes, wanted: string[]): MessageAttributes {
  const matches = (name: string) =>
    wanted.some(
      (pattern) =>
        pattern === 'All' ||
        pattern === name ||
        (pattern.endsWith('.*') && name.startsWith(pattern.slice(0, -2))),
    );
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => matches(name)));
}

function addPart(hash: Hash, bytes: Buffer): void {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  hash.update(length).update(bytes);
}

function bytesOf(attribute: MessageAttributes[string]): Buffer {
  return isBinary(attribute)
    ? Buffer.from(attribute.BinaryValue ?? '', 'base64')
    : Buffer.from(attribute.StringValue ?? '');
}

function isBinary({ DataType }: MessageAttributes[string]): boolean {
  return DataType.startsWith('Binary');
}
