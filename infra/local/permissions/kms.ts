import type { Access } from './access.ts';

/**
 * What a caller needs of the customer's key with which a table, queue or bucket is encrypted, beside the access
 * itself; nothing for calls that leave the contents alone. The service calls KMS in the name of its caller, which
 * `kms:ViaService` tells.
 *
 * Queues: who sends needs GenerateDataKey and Decrypt, who receives Decrypt:
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 * Buckets: who reads an object needs Decrypt, who writes one GenerateDataKey (and, in parts, Decrypt: the laptop's
 * S3 takes objects whole):
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 * Tables: DynamoDB encrypts with grants of its own, and has the table's key decrypted for whoever reads or writes:
 * https://docs.aws.amazon.com/kms/latest/developerguide/services-dynamodb.html
 *
 * @param key ARN of the key
 */
export function kmsAccesses({ action, resource }: Access, key: string, region: string): Access[] {
  const [service = '', operation = ''] = action.split(':');
  const context = {
    'aws:ViaAWSService': ['true'],
    'kms:ViaService': [`${service}.${region}.amazonaws.com`],
    'kms:CallerAccount': [key.split(':')[4] ?? ''],
    ...encryptionContext(service, resource),
  };
  return (needs[service]?.[operation] ?? []).map((need) => ({ action: need, resource: key, context }));
}

const decrypt = ['kms:Decrypt'];

const tableOperations = [
  'BatchGetItem',
  'BatchWriteItem',
  'ConditionCheckItem',
  'DeleteItem',
  'GetItem',
  'GetRecords',
  'PutItem',
  'Query',
  'Scan',
  'UpdateItem',
];

const needs: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  sqs: { SendMessage: ['kms:GenerateDataKey', 'kms:Decrypt'], ReceiveMessage: decrypt },
  s3: { GetObject: decrypt, GetObjectVersion: decrypt, PutObject: ['kms:GenerateDataKey'] },
  dynamodb: Object.fromEntries(tableOperations.map((operation) => [operation, decrypt])),
};

/** What the service binds the data key to: the ARN of the queue or object, or name and account of the table. */
function encryptionContext(service: string, resource: string): Record<string, string[]> {
  if (service !== 'dynamodb') return contextOf({ [`aws:${service}:arn`]: resource });
  const [, , , , account = '', path = ''] = resource.split(':');
  return contextOf({
    'aws:dynamodb:tableName': path.split('/')[1] ?? '',
    'aws:dynamodb:subscriberId': account,
  });
}

const contextOf = (pairs: Record<string, string>): Record<string, string[]> => ({
  'kms:EncryptionContextKeys': Object.keys(pairs),
  ...Object.fromEntries(
    Object.entries(pairs).map(([name, value]) => [`kms:EncryptionContext:${name}`, [value]]),
  ),
});
