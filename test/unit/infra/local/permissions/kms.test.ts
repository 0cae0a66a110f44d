import { describe, expect, it } from 'vitest';
import { kmsAccesses } from '#infra/local/permissions/kms.ts';

const key = 'arn:aws:kms:eu-west-2:000000000000:key/k';
const table = 'arn:aws:dynamodb:eu-west-2:000000000000:table/t';

describe("what a call needs of the customer's key", () => {
  it.each([
    ['sqs:SendMessage', ['kms:GenerateDataKey', 'kms:Decrypt']],
    ['sqs:ReceiveMessage', ['kms:Decrypt']],
    ['sqs:DeleteMessage', []],
    ['s3:GetObject', ['kms:Decrypt']],
    ['s3:PutObject', ['kms:GenerateDataKey']],
    ['s3:DeleteObject', []],
    ['s3:ListBucket', []],
    ['dynamodb:PutItem', ['kms:Decrypt']],
    ['dynamodb:GetRecords', ['kms:Decrypt']],
    ['dynamodb:DescribeTable', []],
    ['ses:SendRawEmail', []],
  ])('%s: %j', (action, needed) => {
    const accesses = kmsAccesses({ action, resource: table }, key, 'eu-west-2');
    expect(accesses.map((access) => access.action)).toEqual(needed);
    for (const access of accesses) expect(access.resource).toBe(key);
  });

  it('says through which service, for whom and what', () => {
    const index = { action: 'dynamodb:Query', resource: `${table}/index/gsi1` };
    expect(kmsAccesses(index, key, 'eu-west-2')[0]?.context).toEqual({
      'aws:ViaAWSService': ['true'],
      'kms:ViaService': ['dynamodb.eu-west-2.amazonaws.com'],
      'kms:CallerAccount': ['000000000000'],
      'kms:EncryptionContextKeys': ['aws:dynamodb:tableName', 'aws:dynamodb:subscriberId'],
      'kms:EncryptionContext:aws:dynamodb:tableName': ['t'],
      'kms:EncryptionContext:aws:dynamodb:subscriberId': ['000000000000'],
    });
    const object = { action: 's3:GetObject', resource: 'arn:aws:s3:::b/a' };
    expect(kmsAccesses(object, key, 'eu-west-2')[0]?.context).toMatchObject({
      'kms:ViaService': ['s3.eu-west-2.amazonaws.com'],
      'kms:EncryptionContext:aws:s3:arn': ['arn:aws:s3:::b/a'],
    });
  });
});
