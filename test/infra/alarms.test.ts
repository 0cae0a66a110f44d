import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, test } from 'vitest';
import { type FunctionSpec, functions, queueRunbooks, type WorkQueueName } from '#infra/stacks/functions.ts';
import { makeApp, ofType, type Resource, type Synthesized, synthesize, textOf } from './synthesize.ts';

const runbooks = path.resolve(import.meta.dirname, '../../docs/runbooks');

/** What no alarm tells, but a command of the operator's tool. */
const forCommands = ['audit-verification-failed.md'];

/** The alarms of a queue come with the function that works on it. */
const idle = Object.entries(queueRunbooks).filter(
  ([queue]) =>
    !Object.values<FunctionSpec>(functions).some(
      ({ trigger }) => trigger.kind === 'queue' && trigger.queue === queue,
    ),
);

/** What will work on a queue that nothing works on yet: its runbook says so already. */
const workers: Partial<Record<string, string>> = {
  uploads: 'receive-upload',
  inspections: 'inspect-upload',
  'document-changes': 'project-documents',
};
const expected = idle.flatMap(([queue]) => workers[queue] ?? []);
const isIdle = (queueName: unknown) =>
  idle.some(([queue]) => queueName === `folkmoot-laptop-${queue}-dead-letters`);

let laptop: Synthesized;

beforeAll(() => {
  laptop = synthesize('laptop');
});

describe('queues and alarms', () => {
  const alarms = () => ofType('AWS::CloudWatch::Alarm', laptop).map(([, resource]) => resource);
  /** Only a stage with a firewall has them. */
  const edgeAlarms = (): Resource[] => {
    const { edge } = makeApp('production');
    return edge
      ? Object.values(Template.fromStack(edge).findResources('AWS::CloudWatch::Alarm') as never)
      : [];
  };

  test('every queue has its dead letters, and an alarm watches each of these', () => {
    const queues = ofType('AWS::SQS::Queue', laptop);
    const deadLetters = queues.filter(([, { Properties }]) => !Properties.RedrivePolicy);
    expect(deadLetters.map(([, { Properties }]) => Properties.QueueName).sort()).toEqual([
      'folkmoot-laptop-chase-overdue-actions-missed',
      'folkmoot-laptop-document-changes-dead-letters',
      'folkmoot-laptop-inspections-dead-letters',
      'folkmoot-laptop-inspections-undelivered',
      'folkmoot-laptop-mail-area-digests-missed',
      'folkmoot-laptop-mail-dead-letters',
      'folkmoot-laptop-mail-events-dead-letters',
      'folkmoot-laptop-mail-events-undelivered',
      'folkmoot-laptop-mail-weekly-digests-missed',
      'folkmoot-laptop-mailings-dead-letters',
      'folkmoot-laptop-mind-mailings-missed',
      'folkmoot-laptop-mind-uploads-missed',
      'folkmoot-laptop-relay-outbox-given-up',
      'folkmoot-laptop-scan-results-undelivered',
      'folkmoot-laptop-seal-audit-given-up',
      'folkmoot-laptop-uploads-dead-letters',
      'folkmoot-laptop-uploads-undelivered',
    ]);
    for (const [logicalId] of deadLetters.filter(([, { Properties }]) => !isIdle(Properties.QueueName))) {
      expect(alarms().some((alarm) => textOf(alarm, 'Dimensions').includes(logicalId))).toBe(true);
    }
  });

  test('what is in hand is not handed out again before its function can have ended', () => {
    const logicalIds: Record<WorkQueueName, string> = {
      mail: 'MailQueue',
      'mail-events': 'MailEventsQueue',
      mailings: 'MailingsQueue',
      uploads: 'UploadsQueue',
      inspections: 'InspectionsQueue',
      'document-changes': 'DocumentChangesQueue',
    };
    for (const { trigger, timeoutSeconds } of Object.values<FunctionSpec>(functions)) {
      if (trigger.kind !== 'queue') continue;
      expect(laptop.data[logicalIds[trigger.queue]]?.Properties.VisibilityTimeout).toBeGreaterThanOrEqual(
        6 * timeoutSeconds,
      );
    }
  });

  test('a message is tried five times, and a file that may kill its inspector twice', () => {
    const attempts = ofType('AWS::SQS::Queue', laptop).flatMap(([logicalId, { Properties }]) => {
      const redrive = Properties.RedrivePolicy as { maxReceiveCount: number } | undefined;
      return redrive ? [[logicalId, redrive.maxReceiveCount]] : [];
    });
    expect(Object.fromEntries(attempts)).toEqual({
      MailQueue: 5,
      MailEventsQueue: 5,
      MailingsQueue: 5,
      UploadsQueue: 5,
      InspectionsQueue: 2,
      DocumentChangesQueue: 5,
    });
  });

  test('an alarm says when mail waits although nothing has failed', () => {
    const waiting = alarms().filter(
      ({ Properties }) => Properties.MetricName === 'ApproximateAgeOfOldestMessage',
    );
    const workers = Object.values(functions).filter(({ trigger }) => trigger.kind === 'queue');
    expect(waiting.map(({ Properties }) => Properties.Threshold)).toEqual(workers.map(() => 15 * 60));
    expect(textOf(waiting[0] as Resource, 'Dimensions')).toContain('MailQueue');
  });

  test('every alarm says what people notice, names a runbook that is there, and tells somebody', () => {
    const named = new Set<string>();
    for (const { Properties } of [...alarms(), ...edgeAlarms()]) {
      const text = /^Impact: (?<impact>[A-Z].+\.) Runbook: docs\/runbooks\/(?<runbook>[a-z-]+\.md)$/;
      const described = text.exec(`${Properties.AlarmDescription}`)?.groups;
      expect(described, `${Properties.AlarmDescription}`).toBeDefined();
      named.add(described?.runbook ?? '');
      expect(Properties.AlarmActions).toEqual([{ Ref: 'AlarmsTopic' }]);
    }
    const forLater = idle.map(([, runbook]) => `${runbook}.md`);
    const known = new Set([...named, ...forCommands, ...forLater]);
    expect(readdirSync(runbooks).sort()).toEqual([...known].sort());
  });

  test('what is missing is no alarm, and no alarm waits longer than a quarter of an hour', () => {
    for (const { Properties } of alarms()) {
      expect(Properties.TreatMissingData).toBe('notBreaching');
      expect(Number(Properties.Period) * Number(Properties.EvaluationPeriods)).toBeLessThanOrEqual(15 * 60);
    }
  });

  test('every function has an alarm', () => {
    for (const [logicalId, { Properties }] of ofType('AWS::Lambda::Function', laptop)) {
      if (!Properties.FunctionName) continue;
      expect(alarms().some((alarm) => textOf(alarm, 'Dimensions').includes(logicalId))).toBe(true);
    }
  });

  test('whatever runs while nobody waits has a place for what fails', () => {
    const failuresOf = (resource: Resource) => textOf(resource, 'DestinationConfig');
    const asynchronous = ofType('AWS::Lambda::EventInvokeConfig', laptop).map(([, resource]) => resource);
    const streams = ofType('AWS::Lambda::EventSourceMapping', laptop)
      .map(([, resource]) => resource)
      .filter(({ Properties }) => Properties.StartingPosition);
    const missed = [
      'ChaseOverdueActionsMissed',
      'MailAreaDigestsMissed',
      'MailWeeklyDigestsMissed',
      'MindMailingsMissed',
      'MindUploadsMissed',
    ];
    expect(asynchronous.map(failuresOf).toSorted()).toEqual(
      missed.map((queue) => expect.stringContaining(queue)),
    );
    expect(streams.map(failuresOf).toSorted()).toEqual([
      expect.stringContaining('RelayOutboxGivenUp'),
      expect.stringContaining('SealAuditGivenUp'),
    ]);
    const schedules = ofType('AWS::Scheduler::Schedule', laptop).map(([, resource]) => resource);
    expect(schedules.map((schedule) => textOf(schedule, 'Target')).toSorted()).toEqual(
      missed.map((queue) =>
        expect.stringContaining(`"DeadLetterConfig":{"Arn":{"Fn::GetAtt":["${queue}","Arn"]}}`),
      ),
    );
    const triggers = Object.values(functions).map(({ trigger }) => trigger.kind);
    expect(asynchronous).toHaveLength(triggers.filter((kind) => kind === 'schedule').length);
    expect(streams).toHaveLength(triggers.filter((kind) => kind === 'stream').length);
  });

  test('half of a batch can fail alone, for mail and for the outbox', () => {
    const mappings = ofType('AWS::Lambda::EventSourceMapping', laptop).map(
      ([, { Properties }]) => Properties,
    );
    const triggers = Object.values(functions).map(({ trigger }) => trigger.kind);
    expect(mappings).toHaveLength(triggers.filter((kind) => kind === 'queue' || kind === 'stream').length);
    for (const mapping of mappings)
      expect(mapping.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
    expect(mappings.find(({ BatchSize }) => BatchSize === 100)).toMatchObject({
      BisectBatchOnFunctionError: true,
      FilterCriteria: {
        Filters: [
          {
            Pattern:
              '{"eventName":["INSERT"],"dynamodb":{"NewImage":{"entity":{"S":["mail","mailing-step","document-change"]}}}}',
          },
        ],
      },
      MaximumRetryAttempts: 20,
    });
  });

  test('schedules follow the clocks of London', () => {
    const schedules = ofType('AWS::Scheduler::Schedule', laptop).map(([, { Properties }]) => Properties);
    expect(schedules.map(({ Name, ScheduleExpression }) => [Name, ScheduleExpression]).toSorted()).toEqual([
      ['folkmoot-laptop-chase-overdue-actions', 'cron(30 7 ? * MON-FRI *)'],
      ['folkmoot-laptop-mail-area-digests', 'cron(30 7 ? * MON-FRI *)'],
      ['folkmoot-laptop-mail-weekly-digests', 'cron(0 10 ? * FRI *)'],
      ['folkmoot-laptop-mind-mailings', 'cron(0,30 7-20 * * ? *)'],
      ['folkmoot-laptop-mind-uploads', 'cron(20 7-21 * * ? *)'],
    ]);
    expect(new Set(schedules.map(({ ScheduleExpressionTimezone: zone }) => zone))).toEqual(
      new Set(['Europe/London']),
    );
  });
});

describe('a runbook', () => {
  const questions = [
    'What happened',
    'What people notice',
    'How to see it',
    'How to mend it',
    'How to hand it out again',
    'When it is safe',
  ];

  test.each(readdirSync(runbooks))('%s answers what somebody asks who was woken by it', (name) => {
    const text = readFileSync(path.join(runbooks, name), 'utf8');
    const headings = [...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(questions);
  });

  test.each(readdirSync(runbooks))('%s names queues, log groups and functions as they are called', (name) => {
    const text = readFileSync(path.join(runbooks, name), 'utf8');
    const names = [
      ...ofType('AWS::SQS::Queue', laptop).map(([, { Properties }]) => String(Properties.QueueName)),
      ...[...Object.keys(functions), ...expected].map((each) => `folkmoot-laptop-${each}`),
    ].map((each) => each.replace('-laptop-', '-STAGE-'));
    const mentioned = text.match(/folkmoot-STAGE-[a-z][a-z-]*[a-z]/g) ?? [];
    expect(mentioned.length).toBeGreaterThan(0);
    expect(mentioned.filter((each) => !names.includes(each) && !/-(service|data|edge)$/.test(each))).toEqual(
      [],
    );
  });
});
