import { describe, expect, it } from 'vitest';
import { TemplateError } from '#infra/local/template.ts';
import { code, readTemplates, type Template } from './read-template.ts';

const document = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
const trust = (Service: string) =>
  document({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service } });
const role = (more: object = {}) => ({
  Type: 'AWS::IAM::Role',
  Properties: { AssumeRolePolicyDocument: trust('lambda.amazonaws.com'), ...more },
});
const lambda = (more: object = {}) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    Code: code,
    Handler: 'index.handler',
    Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
    Runtime: 'nodejs24.x',
    ...more,
  },
});
const resource = (Type: string, Properties: object = {}) => ({ Type, Properties });
const policyOn = (queue: string, statement: object) =>
  resource('AWS::SQS::QueuePolicy', { Queues: [{ Ref: queue }], PolicyDocument: document(statement) });
const open = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*', Principal: '*' };
const work = resource('AWS::SQS::Queue', { QueueName: 'work', VisibilityTimeout: 3 });
const mapping = (more: object = {}) =>
  resource('AWS::Lambda::EventSourceMapping', {
    EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] },
    FunctionName: { Ref: 'Fn' },
    ...more,
  });
const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };

describe('what AWS would refuse, or the laptop cannot decide on', () => {
  it.each<[string, Template['Resources'], RegExp]>([
    [
      'too many bytes of environment',
      { Role: role(), Fn: lambda({ Environment: { Variables: { TEXT: 'é'.repeat(2_048) } } }) },
      /^stack-0, Fn: its environment variables take 41\d\d bytes; Lambda takes at most 4096/,
    ],
    [
      'a reserved variable',
      { Role: role(), Fn: lambda({ Environment: { Variables: { AWS_REGION: 'x' } } }) },
      /^stack-0, Fn: .*AWS_REGION/,
    ],
    ['a timeout', { Role: role(), Fn: lambda({ Timeout: 901 }) }, /^stack-0, Fn: .*Timeout/],
    ['little memory', { Role: role(), Fn: lambda({ MemorySize: 64 }) }, /^stack-0, Fn: .*MemorySize/],
    ['much memory', { Role: role(), Fn: lambda({ MemorySize: '10241' }) }, /^stack-0, Fn: .*MemorySize/],
    ['a name', { Role: role(), Fn: lambda({ FunctionName: 'a b' }) }, /^stack-0, Fn: .*FunctionName/],
    [
      'a role that Lambda may not assume',
      { Role: role({ AssumeRolePolicyDocument: trust('ec2.amazonaws.com') }), Fn: lambda() },
      /^stack-0, Fn: its role .* cannot be assumed by lambda\.amazonaws\.com/,
    ],
    [
      'a boundary of permissions',
      { Role: role({ PermissionsBoundary: 'arn:aws:iam::aws:policy/X' }), Fn: lambda() },
      /^stack-0, Role: .*PermissionsBoundary/,
    ],
    [
      'a policy of AWS',
      { Role: role({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] }), Fn: lambda() },
      /^stack-0, Role: .*AdministratorAccess/,
    ],
    [
      'an old policy',
      {
        Role: role({ Policies: [{ PolicyDocument: { Version: '2008-10-17', Statement: [statement] } }] }),
        Fn: lambda(),
      },
      /^stack-0, Role: .*Version/,
    ],
    [
      'an inline statement',
      {
        Role: role({ Policies: [{ PolicyDocument: document({ ...statement, Effect: 'Permit' }) }] }),
        Fn: lambda(),
      },
      /^stack-0, Role: .*Permit/,
    ],
    [
      'an attached statement',
      {
        Role: role(),
        Fn: lambda(),
        Policy: resource('AWS::IAM::Policy', {
          PolicyName: 'p',
          Roles: [{ Ref: 'Role' }],
          PolicyDocument: document({ ...statement, Condition: { StringMatches: { 'aws:SourceArn': 'a' } } }),
        }),
      },
      /^stack-0, Policy: the laptop does not know the condition operator StringMatches/,
    ],
    [
      'a statement on a queue',
      { Queue: work, Policy: policyOn('Queue', { ...open, Principal: { Federated: 'x' } }) },
      /^stack-0, Policy: .*Federated/,
    ],
    [
      'a statement on a queue about another one',
      {
        Queue: work,
        Policy: policyOn('Queue', { ...open, Resource: 'arn:aws:sqs:eu-west-2:000000000000:other' }),
      },
      /^stack-0, Policy: its resource .*other is not of Queue/,
    ],
    [
      'two policies on a queue',
      { Queue: work, One: policyOn('Queue', open), Two: policyOn('Queue', open) },
      /^stack-0, Two: Queue has a policy already: One/,
    ],
    [
      'a key nobody has',
      { Queue: resource('AWS::SQS::Queue', { KmsMasterKeyId: 'alias/nowhere' }) },
      /^stack-0, Queue: there is no AWS::KMS::Alias alias\/nowhere/,
    ],
    [
      'a statement on a key',
      { Key: resource('AWS::KMS::Key', { KeyPolicy: document({ ...open, NotAction: 'kms:*' }) }) },
      /^stack-0, Key: it has both Action and NotAction/,
    ],
    [
      'a permission to invoke',
      {
        Role: role(),
        Fn: lambda(),
        Permission: resource('AWS::Lambda::Permission', {
          Action: 'lambda:InvokeFunction',
          FunctionName: { Ref: 'Fn' },
          Principal: 'everybody',
        }),
      },
      /^stack-0, Permission: everybody is not a principal/,
    ],
    [
      'a queue that is faster than its function',
      { Role: role(), Fn: lambda({ Timeout: 5 }), Queue: work, Mapping: mapping() },
      /^stack-0, Mapping: queue visibility timeout: 3 seconds is less than function timeout: 5 seconds/,
    ],
    [
      'a batch that one call does not bring',
      { Role: role(), Fn: lambda({ Timeout: 3 }), Queue: work, Mapping: mapping({ BatchSize: 11 }) },
      /^stack-0, Mapping: a batch of 11/,
    ],
    [
      'more retention than SQS has',
      { Queue: resource('AWS::SQS::Queue', { MessageRetentionPeriod: 1_209_601 }) },
      /^stack-0, Queue: .*MessageRetentionPeriod/,
    ],
  ])('is an error that names the logical id: %s', (_what, Resources, message) => {
    expect(() => readTemplates({ Resources })).toThrow(TemplateError);
    expect(() => readTemplates({ Resources })).toThrow(message);
  });

  it('is nothing else', () => {
    const { functions, queues } = readTemplates({
      Resources: {
        Role: role({
          Policies: [{ PolicyName: 'p', PolicyDocument: { ...document(), Statement: statement } }],
        }),
        Fn: lambda({
          Timeout: '3',
          MemorySize: '10240',
          Environment: { Variables: { A1: 'x'.repeat(4_080) } },
        }),
        Queue: work,
        Policy: policyOn('Queue', open),
        Mapping: mapping({ BatchSize: 11, MaximumBatchingWindowInSeconds: 1 }),
        Key: resource('AWS::KMS::Key'),
      },
    });
    expect(functions[0]?.policies).toEqual([statement]);
    expect(queues[0]?.policies).toEqual([open]);
  });
});
