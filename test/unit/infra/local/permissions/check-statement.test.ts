import { describe, expect, it } from 'vitest';
import { checkStatement } from '#infra/local/permissions/check-statement.ts';
import type { PolicyStatement } from '#infra/local/permissions/statement.ts';

const identity = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' };
const resource = { ...identity, Principal: '*' };
const under = (Condition: object) => ({ ...identity, Condition });

describe('a statement that can be decided on', () => {
  it.each<[PolicyStatement]>([
    [identity],
    [{ ...identity, Sid: 'a', Action: ['*', 'S3:*', 's3:Get?bject'], Resource: ['*', 'arn:aws:s3:::b'] }],
    [{ Effect: 'Deny', NotAction: 's3:*', NotResource: 'arn:aws:s3:::b' }],
    [under({ Bool: { 'aws:SecureTransport': false }, NumericLessThan: { 's3:TlsVersion': 1.2 } })],
    [under({ 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['post#*', `\${aws:username}`] } })],
    [
      under({
        StringEqualsIfExists: { 'AWS:SourceAccount': '000000000000', 's3:RequestObjectTag/scan': 'clean' },
      }),
    ],
    [under({ Null: { 'kms:EncryptionContext:aws:s3:arn': 'true' } })],
    [
      under({
        IpAddress: { 's3:prefix': ['10.0.0.0/8', '::1'] },
        DateLessThan: { 'aws:CurrentTime': '2027-01-01' },
      }),
    ],
  ])('%j', (statement) => {
    expect(() => checkStatement(statement, 'identity-based')).not.toThrow();
  });

  it.each<[unknown]>([
    ['*'],
    [{ AWS: '*' }],
    [{ AWS: ['000000000000', 'arn:aws:iam::000000000000:root', 'arn:aws:iam::000000000000:role/a/b'] }],
    [{ Service: ['lambda.amazonaws.com'], AWS: 'arn:aws:sts::000000000000:assumed-role/a/b' }],
  ])('on a resource, for %j', (Principal) => {
    expect(() => checkStatement({ ...resource, Principal }, 'resource-based')).not.toThrow();
    const { Resource: _, ...without } = resource;
    expect(() => checkStatement({ ...without, Principal }, 'resource-based')).not.toThrow();
  });
});

describe('a statement that cannot be decided on', () => {
  it.each<[PolicyStatement, RegExp]>([
    [{ ...identity, Efect: 'Deny' }, /element Efect/],
    [{ ...identity, Effect: 'allow' }, /Allow or Deny/],
    [{ ...identity, Principal: '*' }, /no principal/],
    [{ ...identity, Action: undefined }, /neither Action/],
    [{ ...identity, NotAction: 's3:*' }, /both Action/],
    [{ ...identity, Action: [] }, /no action/],
    [{ ...identity, Action: 'GetObject' }, /GetObject is not an action/],
    [{ ...identity, Action: 's*:GetObject' }, /not an action/],
    [{ ...identity, Action: [{ Ref: 'X' }] }, /no text/],
    [{ ...identity, Resource: undefined }, /neither Resource/],
    [{ ...identity, Resource: [] }, /no resource/],
    [{ ...identity, Resource: 'b/*' }, /neither an ARN/],
    [{ ...identity, Resource: `arn:aws:s3:::\${aws:PrincipalOrgID}` }, /variable aws:PrincipalOrgID/],
    [
      { Effect: 'Deny', Action: '*', NotResource: `arn:aws:s3:::\${aws:username}` },
      /NotResource with a variable/,
    ],
    [under({ StringResembles: { 'aws:SourceArn': 'a' } }), /operator StringResembles/],
    [under({ stringEquals: { 'aws:SourceArn': 'a' } }), /operator stringEquals/],
    [under({ 'ForEveryValue:StringEquals': { 'dynamodb:LeadingKeys': 'a' } }), /operator ForEveryValue/],
    [
      under({ 'ForAnyValue:StringEqualsIfExists': { 'dynamodb:LeadingKeys': 'a' } }),
      /ForAnyValue with IfExists/,
    ],
    [under({ NullIfExists: { 'aws:SourceArn': 'true' } }), /operator Null/],
    [under({ Null: { 'aws:SourceArn': 'maybe' } }), /true or false/],
    [under({ StringEquals: { 'aws:SourceVpc': 'a' } }), /condition key aws:SourceVpc/],
    [under({ StringEquals: { 's3:RequestObjectTag/': 'a' } }), /condition key/],
    [under({ StringEquals: { 'aws:SourceArn': [] } }), /no value/],
    [under({ StringEquals: { 'dynamodb:LeadingKeys': 'a' } }), /ForAllValues or ForAnyValue/],
    [under({ Bool: { 'aws:SecureTransport': 'yes' } }), /cannot compare with yes/],
    [under({ NumericEquals: { 's3:max-keys': 'ten' } }), /cannot compare/],
    [under({ DateLessThan: { 'aws:CurrentTime': 'tomorrow' } }), /cannot compare/],
    [under({ IpAddress: { 's3:prefix': '10.0.0.0/40' } }), /cannot compare/],
    [under({ ArnLike: { 'aws:SourceArn': 'queue' } }), /cannot compare/],
    [under({ StringEquals: 'a' }), /operators with keys and values/],
    [{ ...identity, Condition: [] }, /operators with keys and values/],
  ])('is refused: %j', (statement, message) => {
    expect(() => checkStatement(statement, 'identity-based')).toThrow(message);
  });

  it.each<[object, RegExp]>([
    [{ Principal: undefined }, /neither Principal/],
    [{ Principal: { Federated: 'x' } }, /kind Federated/],
    [{ Principal: { AWS: [] } }, /empty/],
    [{ Principal: 'everybody' }, /neither "\*" nor/],
    [{ Principal: { AWS: 'arn:aws:iam::000000000000:role/*' } }, /not a principal/],
    [{ Principal: { Service: '*' } }, /not the name of a service/],
    [{ Principal: undefined, NotPrincipal: '*' }, /Deny only/],
    [{ NotPrincipal: '*' }, /both Principal/],
  ])('on a resource, either: %j', (more, message) => {
    expect(() => checkStatement({ ...resource, ...more }, 'resource-based')).toThrow(message);
  });
});
