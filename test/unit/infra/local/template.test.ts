import { describe, expect, it } from 'vitest';
import { TemplateError } from '#infra/local/template.ts';
import { readTemplates as read, type Template } from './read-template.ts';

const queue = (properties: object = {}) => ({ Type: 'AWS::SQS::Queue', Properties: properties });

describe('what the laptop does not know', () => {
  it.each<[string, Template, RegExp]>([
    [
      'a resource type',
      { Resources: { Pond: { Type: 'AWS::Nature::Pond' } } },
      /^stack-0, Pond: .*AWS::Nature::Pond/,
    ],
    [
      'an intrinsic',
      { Resources: { Q: queue({ QueueName: { 'Fn::Cidr': ['a'] } }) } },
      /^stack-0, Q: .*Fn::Cidr/,
    ],
    ['a reference', { Resources: { Q: queue({ QueueName: { Ref: 'Nobody' } }) } }, /^stack-0, Q: .*Nobody/],
    [
      'an attribute',
      { Resources: { Q: queue(), R: queue({ QueueName: { 'Fn::GetAtt': ['Q', 'Colour'] } }) } },
      /^stack-0, R: .*Q\.Colour/,
    ],
    [
      'an export',
      { Resources: { Q: queue({ QueueName: { 'Fn::ImportValue': 'x' } }) } },
      /^stack-0, Q: .*exports x/,
    ],
    ['a property', { Resources: { Q: queue({ FifoQueue: true }) } }, /^stack-0, Q: .*FifoQueue/],
    ['a value', { Resources: { Q: queue({ DelaySeconds: 'long' }) } }, /^stack-0, Q: .*DelaySeconds/],
    [
      'a parameter without a value',
      {
        Parameters: { P: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/a' } },
        Resources: { Q: queue({ QueueName: { Ref: 'P' } }) },
      },
      /^stack-0, Q: .*parameter P/,
    ],
  ])('is an error that names the logical id: %s', (_what, template, message) => {
    expect(() => read(template)).toThrow(TemplateError);
    expect(() => read(template)).toThrow(message);
  });
});

describe('references', () => {
  it('are resolved within and across stacks', () => {
    const { queues } = read(
      {
        Mappings: { M: { a: { b: 'mapped' } } },
        Conditions: {
          Yes: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-2'] },
          No: { 'Fn::Not': [{ Condition: 'Yes' }] },
        },
        Parameters: { Size: { Type: 'String', Default: 'small' } },
        Resources: {
          Dead: queue({ QueueName: { 'Fn::Join': ['-', ['dead', { Ref: 'Size' }]] } }),
          Ghost: { ...queue({ QueueName: 'ghost' }), Condition: 'No' },
        },
        Outputs: {
          Arn: {
            Value: { 'Fn::GetAtt': ['Dead', 'Arn'] },
            Export: { Name: { 'Fn::Sub': `\${AWS::StackName}:dead` } },
          },
        },
      },
      {
        Mappings: { M: { a: { b: 'mapped' } } },
        Conditions: { Yes: { 'Fn::Equals': ['a', 'a'] } },
        Resources: {
          Work: queue({
            QueueName: {
              'Fn::Sub': [
                `\${A}-\${M}-\${!literal}`,
                {
                  A: { 'Fn::Select': [1, { 'Fn::Split': [':', 'x:picked'] }] },
                  M: { 'Fn::FindInMap': ['M', 'a', 'b'] },
                },
              ],
            },
            DelaySeconds: { 'Fn::If': ['Yes', '7', { Ref: 'AWS::NoValue' }] },
            RedrivePolicy: { deadLetterTargetArn: { 'Fn::ImportValue': 'stack-0:dead' }, maxReceiveCount: 3 },
          }),
          Other: queue({
            RedrivePolicy: {
              deadLetterTargetArn: { 'Fn::GetStackOutput': { StackName: 'stack-0', OutputName: 'Arn' } },
              maxReceiveCount: 2,
            },
          }),
        },
      },
    );
    expect(queues).toMatchObject([
      { name: 'dead-small', arn: 'arn:aws:sqs:eu-west-2:000000000000:dead-small' },
      {
        name: `picked-mapped-\${literal}`,
        delaySeconds: 7,
        redrive: { deadLetterQueue: 'dead-small', maxReceiveCount: 3 },
      },
      { name: 'stack-1-Other', redrive: { deadLetterQueue: 'dead-small', maxReceiveCount: 2 } },
    ]);
  });
});
