import { describe, expect, it } from 'vitest';
import { openGuard } from '#infra/local/permissions/guard.ts';
import { checkDeployment } from '#infra/local/start/check-deployment.ts';
import { readTemplates } from './read-template.ts';

const rule = (name: string) => `arn:aws:events:eu-west-2:000000000000:rule/${name}`;

/** A rule that sends to a queue, and to another what it could not send there; each lets in what it is given. */
function deploy(sources: { work: string; dead: string }): void {
  const letsIn = (queue: string, source: string) => ({
    Type: 'AWS::SQS::QueuePolicy',
    Properties: {
      Queues: [{ Ref: queue }],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'events.amazonaws.com' },
            Action: 'sqs:SendMessage',
            Resource: { 'Fn::GetAtt': [queue, 'Arn'] },
            Condition: { ArnEquals: { 'aws:SourceArn': source } },
          },
        ],
      },
    },
  });
  const inventory = readTemplates({
    Resources: {
      Work: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'work' } },
      Dead: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'dead' } },
      WorkPolicy: letsIn('Work', sources.work),
      DeadPolicy: letsIn('Dead', sources.dead),
      Rule: {
        Type: 'AWS::Events::Rule',
        Properties: {
          Name: 'ours',
          EventPattern: { source: ['aws.ses'] },
          Targets: [
            {
              Arn: { 'Fn::GetAtt': ['Work', 'Arn'] },
              DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['Dead', 'Arn'] } },
              Id: 'Target0',
            },
          ],
        },
      },
    },
  });
  const guard = openGuard({ inventory, usage: { note: () => {} }, now: () => new Date() });
  checkDeployment(inventory, guard);
}

describe('a rule of the event bus', () => {
  it('may send where both queues let it in', () => {
    expect(() => deploy({ work: rule('ours'), dead: rule('ours') })).not.toThrow();
  });

  it.each([
    ['work', { work: rule('other'), dead: rule('ours') }],
    ['dead', { work: rule('ours'), dead: rule('other') }],
  ])('is refused when %s lets in another rule only', (queue, sources) => {
    expect(() => deploy(sources)).toThrow(
      new RegExp(
        `^The rule ours cannot send to the queue ${queue}\\. .*not authorized to perform: sqs:SendMessage`,
      ),
    );
  });
});
