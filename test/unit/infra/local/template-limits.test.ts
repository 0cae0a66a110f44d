import { expect, it } from 'vitest';
import { readTemplates as read } from './read-template.ts';

const schedule = (properties: object, target: object = {}) => ({
  Resources: {
    S: {
      Type: 'AWS::Scheduler::Schedule',
      Properties: {
        FlexibleTimeWindow: { Mode: 'OFF' },
        ScheduleExpression: 'rate(1 day)',
        Target: { Arn: 'a', RoleArn: 'b', ...target },
        ...properties,
      },
    },
  },
});
const mapping = (properties: object) => ({
  Resources: {
    M: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: 'arn:aws:dynamodb:eu-west-2:1:table/t',
        FunctionName: 'f',
        ...properties,
      },
    },
  },
});

// https://docs.aws.amazon.com/scheduler/latest/APIReference/API_Target.html
// https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
it.each([
  [
    'a flexible window',
    schedule({ FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 5 } }),
    /S: .*Mode/,
  ],
  [
    'too many starts',
    schedule({}, { RetryPolicy: { MaximumRetryAttempts: 186 } }),
    /S: .*RetryPolicy.MaximumRetryAttempts/,
  ],
  ['a window that tumbles', mapping({ TumblingWindowInSeconds: 30 }), /M: .*TumblingWindowInSeconds/],
  ['parts of a shard', mapping({ ParallelizationFactor: 2 }), /M: .*ParallelizationFactor/],
  ['a short age', mapping({ MaximumRecordAgeInSeconds: 59 }), /M: .*MaximumRecordAgeInSeconds/],
  ['a concurrency of one', mapping({ ScalingConfig: { MaximumConcurrency: 1 } }), /M: .*MaximumConcurrency/],
  ['a large batch', mapping({ BatchSize: 10_001 }), /M: .*BatchSize/],
  ['a long window', mapping({ MaximumBatchingWindowInSeconds: 301 }), /M: .*MaximumBatchingWindowInSeconds/],
])('the template is refused: %s', (_what, template, message) => {
  expect(() => read(template)).toThrow(message);
});
