import { describe, expect, it } from 'vitest';
import { readTemplates as read, type Template } from './read-template.ts';

const bus = 'arn:aws:events:eu-west-2:000000000000:event-bus/default';
const queue = (name: string) => ({ Type: 'AWS::SQS::Queue', Properties: { QueueName: name } });
const rule = (properties: object = {}) => ({
  Type: 'AWS::Events::Rule',
  Properties: {
    EventPattern: { source: ['aws.ses'] },
    Targets: [{ Arn: { 'Fn::GetAtt': ['Q', 'Arn'] }, Id: 'Target0' }],
    ...properties,
  },
});
const destination = (properties: object = {}) => ({
  Type: 'AWS::SES::ConfigurationSetEventDestination',
  Properties: {
    ConfigurationSetName: { Ref: 'Set' },
    EventDestination: {
      Enabled: true,
      EventBridgeDestination: { EventBusArn: bus },
      MatchingEventTypes: ['send'],
      ...properties,
    },
  },
});
const set = { Type: 'AWS::SES::ConfigurationSet', Properties: { Name: 'set' } };
const template = (resources: object): Template => ({
  Resources: { Q: queue('work'), Dead: queue('dead'), Set: set, ...resources },
});

describe('rules of the default event bus', () => {
  it('are read with their queues; one that is switched off is none', () => {
    const targets = [
      {
        Arn: { 'Fn::GetAtt': ['Q', 'Arn'] },
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['Dead', 'Arn'] } },
        Id: 'Target0',
      },
    ];
    const { eventRules } = read(
      template({ R: rule({ Name: 'r', Targets: targets }), Off: rule({ State: 'DISABLED' }) }),
    );
    expect(eventRules).toEqual([
      {
        name: 'r',
        arn: 'arn:aws:events:eu-west-2:000000000000:rule/r',
        logicalId: 'R',
        pattern: { source: ['aws.ses'] },
        targets: [{ queue: 'work', failureQueue: 'dead' }],
      },
    ]);
  });

  it.each<[string, object, RegExp]>([
    ['another bus', { EventBusName: 'mine' }, /^stack-0, R: .*EventBusName/],
    ['a schedule', { ScheduleExpression: 'rate(1 day)' }, /^stack-0, R: .*ScheduleExpression/],
    ['no pattern', { EventPattern: undefined }, /^stack-0, R: .*EventPattern/],
    [
      'an operator that nobody knows',
      { EventPattern: { source: [{ wildcard: 'aws.*' }] } },
      /^stack-0, R: .*wildcard/,
    ],
    [
      'what S3 never tells on a laptop',
      { EventPattern: { source: ['aws.s3'], 'detail-type': ['Object Created', 'Object Deleted'] } },
      /^stack-0, R: .*Object Deleted/,
    ],
    [
      'a target that is no queue',
      { Targets: [{ Arn: 'arn:aws:sns:eu-west-2:000000000000:t', Id: 'a' }] },
      /^stack-0, R: .*AWS::SQS::Queue/,
    ],
    [
      'a target that gets something else',
      { Targets: [{ Arn: { 'Fn::GetAtt': ['Q', 'Arn'] }, Id: 'a', InputPath: '$.detail' }] },
      /^stack-0, R: .*InputPath/,
    ],
  ])('are refused: %s', (_what, properties, message) => {
    expect(() => read(template({ R: rule(properties) }))).toThrow(message);
  });
});

describe('event destinations of configuration sets', () => {
  it('are read as SES calls the events, in either way to write them; one that is switched off is none', () => {
    const { mailDestinations } = read(
      template({
        D: destination({ MatchingEventTypes: ['send', 'renderingFailure'] }),
        E: destination({ MatchingEventTypes: ['BOUNCE', 'RENDERING_FAILURE'] }),
        Off: destination({ Enabled: false }),
      }),
    );
    expect(mailDestinations).toEqual([
      { configurationSet: 'set', eventTypes: ['send', 'renderingfailure'] },
      { configurationSet: 'set', eventTypes: ['bounce', 'renderingfailure'] },
    ]);
  });

  it.each<[string, object, RegExp]>([
    ['another bus', { EventBridgeDestination: { EventBusArn: 'arn:x:event-bus/mine' } }, /EventBusArn/],
    [
      'a topic',
      { SnsDestination: { TopicARN: 'arn' }, EventBridgeDestination: undefined },
      /EventBridgeDestination/,
    ],
    ['what the laptop never tells', { MatchingEventTypes: ['open'] }, /MatchingEventTypes/],
  ])('are refused: %s', (_what, properties, message) => {
    expect(() => read(template({ D: destination(properties) }))).toThrow(/^stack-0, D: /);
    expect(() => read(template({ D: destination(properties) }))).toThrow(message);
  });
});
