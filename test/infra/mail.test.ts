import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { beforeAll, describe, expect, test } from 'vitest';
import { Alarms } from '#infra/constructs/alarms.ts';
import { MailIdentity } from '#infra/constructs/mail-identity.ts';
import { QueueWorker } from '#infra/constructs/queue-worker.ts';
import { WorkQueue } from '#infra/constructs/work-queue.ts';
import { readStage } from '#infra/stages.ts';
import { describeStatements, statementsOf } from './policies.ts';
import {
  makeApp,
  makeBuildFolder,
  ofType,
  type Resource,
  type Synthesized,
  synthesize,
} from './synthesize.ts';

let laptop: Synthesized;
let production: Synthesized;

beforeAll(() => {
  laptop = synthesize('laptop');
  production = synthesize('production');
});

const only = (type: string, from: Synthesized) => {
  const [found, ...others] = ofType(type, from);
  if (!found || others.length > 0) throw new Error(`not one ${type}`);
  return found[1];
};

describe('what SES tells', () => {
  test('goes to the default bus of the account, for everything that becomes of a mail', () => {
    expect(only('AWS::SES::ConfigurationSetEventDestination', laptop).Properties).toEqual({
      ConfigurationSetName: { Ref: expect.stringMatching(/^MailConfigurationSet/) },
      EventDestination: {
        Enabled: true,
        EventBridgeDestination: {
          EventBusArn: {
            'Fn::Join': ['', ['arn:aws:events:eu-west-2:', { Ref: 'AWS::AccountId' }, ':event-bus/default']],
          },
        },
        MatchingEventTypes: ['send', 'delivery', 'bounce', 'complaint', 'reject', 'renderingFailure'],
      },
    });
  });

  test('goes on to the queue if it is about our mail, and to a queue of its own if that fails', () => {
    const rule = laptop.all.find(([logicalId]) => logicalId.startsWith('MailEventsRule'));
    const Properties = rule?.[1].Properties ?? {};
    expect(Properties).toMatchObject({
      Name: 'folkmoot-laptop-mail-events',
      State: 'ENABLED',
      EventPattern: {
        source: ['aws.ses'],
        'detail-type': [
          'Email Sent',
          'Email Delivered',
          'Email Bounced',
          'Email Complaint Received',
          'Email Rejected',
          'Email Rendering Failed',
        ],
        detail: { mail: { tags: { 'ses:configuration-set': ['folkmoot-laptop'] } } },
      },
    });
    expect(Properties.Targets).toEqual([
      {
        Arn: { 'Fn::GetAtt': ['MailEventsQueue', 'Arn'] },
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['MailEventsUndelivered', 'Arn'] } },
        Id: 'Target0',
      },
    ]);
  });

  test.each(['MailEventsQueue', 'MailEventsUndelivered'])(
    'is put into %s by EventBridge for this rule, and by no other service',
    (queue) => {
      const [policy] = ofType('AWS::SQS::QueuePolicy', laptop).filter(([, { Properties }]) =>
        JSON.stringify(Properties.Queues).includes(`"${queue}"`),
      );
      const allowed = policy && statementsOf(policy[1]).filter(({ Effect }) => Effect === 'Allow');
      expect(allowed).toEqual([
        {
          Effect: 'Allow',
          Action: 'sqs:SendMessage',
          Principal: { Service: 'events.amazonaws.com' },
          Resource: { 'Fn::GetAtt': [queue, 'Arn'] },
          Condition: {
            ArnEquals: {
              'aws:SourceArn': { 'Fn::GetAtt': [expect.stringMatching(/^MailEventsRule/), 'Arn'] },
            },
          },
        },
      ]);
    },
  );
});

describe('the sender', () => {
  test('signs by DKIM and takes what comes back at a domain of its own, or sends nothing', () => {
    for (const stage of [laptop, production])
      expect(only('AWS::SES::EmailIdentity', stage).Properties).toMatchObject({
        EmailIdentity: 'folkmoot.example',
        FeedbackAttributes: { EmailForwardingEnabled: false },
        MailFromAttributes: {
          MailFromDomain: 'mail.folkmoot.example',
          BehaviorOnMxFailure: 'REJECT_MESSAGE',
        },
      });
  });

  const expected = [
    ...[1, 2, 3].map((at) => ({
      id: `Dkim${at}`,
      name: { 'Fn::GetAtt': ['MailIdentity', `DkimDNSTokenName${at}`] },
      type: 'CNAME',
      value: { 'Fn::GetAtt': ['MailIdentity', `DkimDNSTokenValue${at}`] },
    })),
    {
      id: 'Dmarc',
      name: '_dmarc.folkmoot.example',
      type: 'TXT',
      value: '"v=DMARC1; p=quarantine; rua=mailto:operations@folkmoot.example; adkim=s; aspf=r"',
    },
    {
      id: 'MailFrom',
      name: 'mail.folkmoot.example',
      type: 'MX',
      value: '10 feedback-smtp.eu-west-2.amazonses.com',
    },
    {
      id: 'Spf',
      name: 'mail.folkmoot.example',
      type: 'TXT',
      value: '"v=spf1 include:amazonses.com ~all"',
    },
  ];

  test('has its records in the zone that the stage gives', () => {
    const records = ofType('AWS::Route53::RecordSet', production).map(([, { Properties }]) => Properties);
    expect(records).toHaveLength(expected.length);
    for (const { name, type, value } of expected)
      expect(records).toContainEqual({
        HostedZoneId: 'Z0123456789EXAMPLE',
        Name: name,
        Type: type,
        TTL: '1800',
        ResourceRecords: [value],
      });
    expect(dnsOutputs('production')).toEqual({});
  });

  test('says which records somebody has to publish where the stage gives no zone', () => {
    expect(ofType('AWS::Route53::RecordSet', laptop)).toEqual([]);
    const join = (...parts: unknown[]) => ({ 'Fn::Join': ['', parts] });
    expect(dnsOutputs('laptop')).toEqual(
      Object.fromEntries(
        expected.map(({ id, name, type, value }) => [
          `DnsRecord${id}`,
          typeof name === 'string' ? `${name} ${type} ${value}` : join(name, ` ${type} `, value),
        ]),
      ),
    );
  });

  function dnsOutputs(stage: string): Record<string, unknown> {
    const outputs: Record<string, { Value: unknown }> = Template.fromStack(makeApp(stage).service).toJSON()
      .Outputs;
    return Object.fromEntries(
      Object.entries(outputs)
        .filter(([name]) => name.startsWith('DnsRecord'))
        .map(([name, { Value }]) => [name, Value]),
    );
  }
});

test('who may ask for the quota may ask for nothing else', () => {
  const stack = new Stack(new App(), 'stack', { env: { region: 'eu-west-2' } });
  const asker = new LambdaFunction(stack, 'Asker', {
    code: Code.fromInline('export const handler = () => {};'),
    handler: 'index.handler',
    runtime: Runtime.NODEJS_24_X,
  });
  new MailIdentity(stack, 'Mail', { stage: readStage('laptop') }).allowAskingQuota(asker);
  const policies = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy')) as Resource[];
  expect(policies.flatMap((policy) => describeStatements(statementsOf(policy)))).toEqual([
    'ses:GetSendQuota *',
  ]);
});

test('a worker may be kept from taking more than so many batches at once', () => {
  const stack = new Stack(new App(), 'stack', { env: { region: 'eu-west-2' } });
  new QueueWorker(stack, 'narrow', {
    stage: readStage('laptop'),
    alarms: new Alarms(stack, 'Alarms', { email: 'operations@folkmoot.example' }),
    buildFolder: makeBuildFolder(),
    name: 'mail-events',
    work: new WorkQueue(stack, 'Work', {
      logicalId: 'Work',
      queueName: 'work',
      workerTimeoutSeconds: 60,
      attempts: 5,
    }),
    batchSize: 1,
    maxConcurrency: 2,
    memoryMb: 512,
    timeoutSeconds: 60,
    impact: 'Nobody notices.',
    runbook: 'mailings-stuck',
  });
  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    ScalingConfig: { MaximumConcurrency: 2 },
  });
});
