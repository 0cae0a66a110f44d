import { randomUUID } from 'node:crypto';
import { readQuery, speaksQuery, writeQueryError } from '../queues/query-protocol.ts';
import { queueNameIn } from '../queues/queue-context.ts';
import { type EngineAnswer, EngineError } from './engine-error.ts';
import { parseJsonBody, targetOf, textOf } from './json-body.ts';
import type { EngineProtocol, EngineRequest } from './protocol.ts';

const target = /^AmazonSQS\.([A-Za-z]+)$/;

/**
 * A batch needs the permission of its single action.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html
 */
const batchActions: Record<string, string> = {
  SendMessageBatch: 'SendMessage',
  DeleteMessageBatch: 'DeleteMessage',
  ChangeMessageVisibilityBatch: 'ChangeMessageVisibility',
};

export function sqsProtocol(arnOf: (queue: string) => string, accountId: string): EngineProtocol {
  return {
    name: 'sqs',
    signingName: 'sqs',
    requestLimit: 8 * 1024 * 1024,
    describe: (request: EngineRequest) => {
      const { operation, input } = readCall(request);
      const url = textOf(input, 'QueueUrl');
      const queue = url ? queueNameIn(url, accountId) : textOf(input, 'QueueName');
      const action = `sqs:${batchActions[operation] ?? operation}`;
      return { operation, accesses: [{ action, resource: queue ? arnOf(queue) : '*' }] };
    },
    answerError: ({ code, status, message }, headers): EngineAnswer => {
      const type = status < 500 ? 'Sender' : 'Receiver';
      const queryCode = code.replace(/Exception$/, '');
      if (isQuery(headers)) {
        return {
          status,
          headers: { 'content-type': 'text/xml' },
          body: writeQueryError(queryCode, message, type),
        };
      }
      return {
        status,
        headers: {
          'content-type': 'application/x-amz-json-1.0',
          'x-amzn-requestid': randomUUID(),
          'x-amzn-query-error': `${queryCode};${type}`,
        },
        body: JSON.stringify({ __type: `com.amazonaws.sqs#${code}`, message }),
      };
    },
    throttled: new EngineError('RequestThrottled', 403, 'The request was denied due to request throttling.'),
    failed: new EngineError('InternalFailure', 500, 'The request processing has failed.'),
    denied: { code: 'AccessDeniedException', status: 403 },
  };
}

const isQuery = ({ 'content-type': contentType }: EngineRequest['headers']): boolean =>
  speaksQuery({ 'content-type': String(contentType ?? '') });

/** What is asked for, by either of the two protocols that SQS knows. */
function readCall(request: EngineRequest): { operation: string; input: Record<string, unknown> } {
  if (isQuery(request.headers)) {
    const call = readQuery(request.body);
    if (/^[A-Za-z]+$/.test(call.operation)) return call;
    throw unknownOperation();
  }
  const operation = targetOf(request, target);
  if (!operation) throw unknownOperation();
  return { operation, input: parseJsonBody(request, notJson) };
}

const unknownOperation = () => new EngineError('UnsupportedOperation', 400, 'There is no such operation.');
const notJson = () => new EngineError('SerializationException', 400, 'The body of the request is not JSON.');
