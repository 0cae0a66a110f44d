import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { escapeXml } from '../engine/escape-xml.ts';

/*
 * The AWS Query protocol, in which clients from before 2023 speak to SQS, Debian's `aws` among them: a form goes in,
 * XML comes out. Here it is translated to and from the JSON of the newer protocol.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-making-api-requests-xml.html
 */

const NAMESPACE = 'http://queue.amazonaws.com/doc/2012-11-05/';

/** A request in the words of the newer protocol. */
export interface QueryRequest {
  operation: string;
  input: Record<string, unknown>;
}

export const speaksQuery = (headers: Pick<IncomingHttpHeaders, 'content-type'>): boolean =>
  headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;

interface Branch {
  value: string | undefined;
  readonly children: Map<string, Branch>;
}

/** `Entry.1.Id=a` is a value at `Id`, under `1`, under `Entry`. */
export function readQuery(body: Buffer): QueryRequest {
  const root: Branch = { value: undefined, children: new Map() };
  for (const [name, value] of new URLSearchParams(body.toString('utf8'))) {
    let branch = root;
    for (const step of name.split('.')) {
      const next = branch.children.get(step) ?? { value: undefined, children: new Map() };
      branch.children.set(step, next);
      branch = next;
    }
    branch.value = value;
  }
  return { operation: root.children.get('Action')?.value ?? '', input: readStructure(root) };
}

const lists: Readonly<Record<string, string>> = {
  AttributeName: 'AttributeNames',
  MessageAttributeName: 'MessageAttributeNames',
  MessageSystemAttributeName: 'MessageSystemAttributeNames',
};
const maps: Readonly<Record<string, string>> = {
  MessageAttribute: 'MessageAttributes',
  MessageSystemAttribute: 'MessageSystemAttributes',
};
const numbers = new Set([
  'DelaySeconds',
  'MaxNumberOfMessages',
  'MaxResults',
  'VisibilityTimeout',
  'WaitTimeSeconds',
]);

function readStructure({ children }: Branch): Record<string, unknown> {
  const fields: [string, unknown][] = [];
  for (const [name, branch] of children) {
    const list = lists[name];
    const map = maps[name];
    if (list) fields.push([list, inOrder(branch).map(({ value }) => value)]);
    else if (map) fields.push([map, readMap(branch)]);
    else if (name.endsWith('RequestEntry')) fields.push(['Entries', inOrder(branch).map(readStructure)]);
    else fields.push([name, numbers.has(name) ? Number(branch.value) : branch.value]);
  }
  return Object.fromEntries(fields);
}

function readMap(branch: Branch): Record<string, unknown> {
  const entries = inOrder(branch).map(({ children }): [string, unknown] => {
    const value = children.get('Value');
    return [children.get('Name')?.value ?? '', value && readStructure(value)];
  });
  return Object.fromEntries(entries);
}

const inOrder = ({ children }: Branch): Branch[] =>
  [...children].toSorted(([a], [b]) => Number(a) - Number(b)).map(([, branch]) => branch);

/** What the parts of a list are called; for the results of a batch it depends on the operation. */
const members: Readonly<Record<string, string>> = {
  Messages: 'Message',
  QueueUrls: 'QueueUrl',
  Failed: 'BatchResultErrorEntry',
};
const pairs: Readonly<Record<string, string>> = {
  Attributes: 'Attribute',
  MessageAttributes: 'MessageAttribute',
};

export function writeQuery(operation: string, result: object): string {
  return (
    `<?xml version="1.0"?><${operation}Response xmlns="${NAMESPACE}">` +
    `<${operation}Result>${writeStructure(result, operation)}</${operation}Result>` +
    `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></${operation}Response>`
  );
}

export function writeQueryError(code: string, message: string, type: 'Sender' | 'Receiver'): string {
  return (
    `<?xml version="1.0"?><ErrorResponse xmlns="${NAMESPACE}"><Error><Type>${type}</Type>` +
    `<Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message><Detail/></Error>` +
    `<RequestId>${randomUUID()}</RequestId></ErrorResponse>`
  );
}

function writeStructure(value: object, operation: string): string {
  return Object.entries(value)
    .map(([name, content]) => writeField(name, content, operation))
    .join('');
}

function writeField(name: string, content: unknown, operation: string): string {
  const pair = pairs[name];
  if (Array.isArray(content)) {
    const member = name === 'Successful' ? `${operation}ResultEntry` : (members[name] ?? name);
    return content.map((item) => `<${member}>${writeValue(item, operation)}</${member}>`).join('');
  }
  if (pair && typeof content === 'object' && content !== null) {
    return Object.entries(content)
      .map(
        ([key, item]) =>
          `<${pair}><Name>${escapeXml(key)}</Name><Value>${writeValue(item, operation)}</Value></${pair}>`,
      )
      .join('');
  }
  return content === undefined ? '' : `<${name}>${writeValue(content, operation)}</${name}>`;
}

function writeValue(value: unknown, operation: string): string {
  if (typeof value === 'object' && value !== null) return writeStructure(value, operation);
  return escapeXml(String(value));
}
