import { Agent, request } from 'node:http';

/** An error answer of DynamoDB; `name` is its type, as an SDK would say it. */
export class DynamoError extends Error {
  constructor(type: string, message: string) {
    super(message);
    this.name = type.split('#').at(-1) ?? type;
  }
}

export type CallDynamo = <T>(operation: string, body: object) => Promise<T>;

type Api = 'DynamoDB_20120810' | 'DynamoDBStreams_20120810';

/**
 * Calls the database as the laptop itself, in DynamoDB's own JSON: the records of a stream are then already in the
 * form in which Lambda hands them to a function, which an SDK would have to be talked out of again.
 */
export function callDynamoAt(endpoint: string, api: Api): CallDynamo & { close(): void } {
  const agent = new Agent({ keepAlive: true });
  const call: CallDynamo = <T>(operation: string, body: object): Promise<T> =>
    new Promise((resolve, reject) => {
      const req = request(endpoint, {
        agent,
        method: 'POST',
        headers: {
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-date': '20260101T000000Z',
          'x-amz-target': `${api}.${operation}`,
          authorization:
            'AWS4-HMAC-SHA256 Credential=laptop/20260101/eu-west-2/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
        },
      });
      req.on('error', reject);
      req.on('response', (res) => {
        const chunks: Buffer[] = [];
        res.on('data', (chunk: Buffer) => chunks.push(chunk));
        res.on('error', reject);
        res.on('end', () => {
          const answer = JSON.parse(Buffer.concat(chunks).toString());
          if (res.statusCode === 200) resolve(answer as T);
          else reject(new DynamoError(answer.__type ?? 'Unknown', answer.message ?? answer.Message ?? ''));
        });
      });
      req.end(JSON.stringify(body));
    });
  return Object.assign(call, { close: () => agent.destroy() });
}
