import { randomUUID } from 'node:crypto';
import type { Access } from '../permissions/access.ts';
import { checkLimits } from '../tables/check-limits.ts';
import {
  describeBatch,
  describeOne,
  describeStreamList,
  describeStreamRead,
  describeTransaction,
  type TableArns,
} from './dynamodb-accesses.ts';
import { EngineError } from './engine-error.ts';
import { parseJsonBody, targetOf } from './json-body.ts';
import type { EngineProtocol, EngineRequest } from './protocol.ts';
import { tidyCall } from './tidy-call.ts';

type Describe = (body: Record<string, unknown>, operation: string, arns: TableArns) => Access[];

/**
 * Which permissions an operation needs, for those where it is not just the operation's own name on the table that
 * the request names. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 */
const describers: Record<string, Describe> = {
  BatchGetItem: describeBatch,
  BatchWriteItem: describeBatch,
  TransactGetItems: describeTransaction,
  TransactWriteItems: describeTransaction,
  DescribeStream: describeStreamRead,
  GetRecords: describeStreamRead,
  GetShardIterator: describeStreamRead,
  ListStreams: describeStreamList,
  ListTables: (_body, operation) => [{ action: `dynamodb:${operation}`, resource: '*' }],
  DescribeLimits: (_body, operation) => [{ action: `dynamodb:${operation}`, resource: '*' }],
  DescribeEndpoints: (_body, operation) => [{ action: `dynamodb:${operation}`, resource: '*' }],
};

const target = /^DynamoDB(?:Streams)?_20120810\.([A-Za-z]+)$/;
const jsonType = 'application/x-amz-json-1.0';

export function dynamoDbProtocol(arns: TableArns): EngineProtocol {
  return {
    name: 'dynamodb',
    signingName: 'dynamodb',
    // Developer guide, "Quotas": a request may be 16 MB.
    requestLimit: 17 * 1024 * 1024,
    describe: (request: EngineRequest) => {
      const operation = targetOf(request, target);
      if (!operation) throw unknownOperation();
      const body = tidyCall(operation, parseJsonBody(request, serializationError));
      const describe = describers[operation] ?? describeOne;
      return {
        operation,
        accesses: describe(body, operation, arns),
        problem: checkLimits(operation, body),
        body: Buffer.from(JSON.stringify(body)),
      };
    },
    answerError: ({ code, status, message }) => ({
      status,
      headers: { 'content-type': jsonType, 'x-amzn-requestid': randomUUID() },
      body: JSON.stringify({ __type: `${namespaceOf(code)}#${code}`, message }),
    }),
    throttled: new EngineError(
      'ThrottlingException',
      400,
      'Rate of requests exceeds the allowed throughput. Try again later.',
    ),
    failed: new EngineError('InternalServerError', 500, 'The request processing has failed.'),
    denied: { code: 'AccessDeniedException', status: 400 },
  };
}

/** Errors that every service of this kind has come from the framework, the others from DynamoDB itself. */
function namespaceOf(code: string): string {
  const common =
    /^(?:AccessDenied|UnrecognizedClient|InvalidSignature|MissingAuthenticationToken|UnknownOperation|Serialization|Throttling|IncompleteSignature)/;
  return common.test(code) ? 'com.amazon.coral.service' : 'com.amazonaws.dynamodb.v20120810';
}

const unknownOperation = () =>
  new EngineError('UnknownOperationException', 400, 'There is no such operation.');
const serializationError = () =>
  new EngineError('SerializationException', 400, 'The body of the request is not JSON.');
