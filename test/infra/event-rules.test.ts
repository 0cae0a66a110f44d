import { beforeAll, describe, expect, test } from 'vitest';
import { statementsOf } from './policies.ts';
import { ofType, type Synthesized, synthesize } from './synthesize.ts';

let laptop: Synthesized;

beforeAll(() => {
  laptop = synthesize('laptop');
});

const ruleNamed = (name: string) => {
  const found = ofType('AWS::Events::Rule', laptop).find(
    ([, { Properties }]) => Properties.Name === `folkmoot-laptop-${name}`,
  );
  if (!found) throw new Error(`no rule ${name}`);
  return found;
};

const created = (...prefixes: string[]) => ({
  source: ['aws.s3'],
  'detail-type': ['Object Created'],
  detail: {
    bucket: { name: [{ Ref: 'UploadsBucket' }] },
    object: { key: prefixes.map((prefix) => ({ prefix })) },
  },
});

const scanned = {
  source: ['aws.guardduty'],
  'detail-type': ['GuardDuty Malware Protection Object Scan Result'],
  detail: { s3ObjectDetails: { bucketName: [{ Ref: 'UploadsBucket' }] } },
};

describe('what becomes of an upload', () => {
  test.each<[what: string, name: string, pattern: object, queue: string, undelivered: string]>([
    [
      'that it is there and what is in it goes to the queue of uploads',
      'uploads',
      created('files/', 'inspected/'),
      'UploadsQueue',
      'UploadsUndelivered',
    ],
    [
      'whether it is malware goes there, too',
      'scan-results',
      scanned,
      'UploadsQueue',
      'ScanResultsUndelivered',
    ],
    [
      'what is to be inspected goes to the inspector alone',
      'inspections',
      created('files/'),
      'InspectionsQueue',
      'InspectionsUndelivered',
    ],
  ])('%s', (_, name, pattern, queue, undelivered) => {
    const [logicalId, { Properties }] = ruleNamed(name);
    expect(Properties).toMatchObject({ State: 'ENABLED', EventPattern: pattern });
    expect(Properties.Targets).toEqual([
      {
        Arn: { 'Fn::GetAtt': [queue, 'Arn'] },
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': [undelivered, 'Arn'] } },
        Id: 'Target0',
      },
    ]);
    for (const target of [queue, undelivered]) expect(lettersIn(target)).toContain(logicalId);
  });
});

/** The rules that a queue lets put something in. */
function lettersIn(queue: string): string[] {
  return ofType('AWS::SQS::QueuePolicy', laptop)
    .filter(([, { Properties }]) => JSON.stringify(Properties.Queues) === `[{"Ref":"${queue}"}]`)
    .flatMap(([, policy]) => statementsOf(policy))
    .filter(({ Effect, Action }) => Effect === 'Allow' && Action === 'sqs:SendMessage')
    .map(({ Condition }) => {
      const { ArnEquals } = Condition as { ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': [string] } } };
      return ArnEquals['aws:SourceArn']['Fn::GetAtt'][0];
    });
}
