import { beforeAll, describe, expect, test } from 'vitest';
import { keys } from '#adapters/dynamo/keys.ts';
import { functions } from '#infra/stacks/functions.ts';
import { actionsOf, describeStatements, type Statement, statementsByRole, statementsOf } from './policies.ts';
import { type Synthesized, synthesize } from './synthesize.ts';

let laptop: Synthesized;
let roles: Map<string, Statement[]>;

beforeAll(() => {
  laptop = synthesize('laptop');
  roles = statementsByRole(laptop);
});

/** The CDK's own function, which copies assets while somebody deploys, has a role of the CDK's making. */
const isOurs = (role: string) => !role.startsWith('CustomCDKBucketDeployment');
/** What it may is in malware-scan.test.ts. */
const isOfGuardDuty = (role: string) => role.startsWith('MalwareScanRole');
const everyStatement = () => [...roles].filter(([role]) => isOurs(role)).flatMap(([, said]) => said);
const isAllowed = ({ Effect }: Statement) => Effect === 'Allow';
const everyAction = () => everyStatement().filter(isAllowed).flatMap(actionsOf);

function statementsAbout(name: string): Statement[] {
  const prefix = `${name.replaceAll('-', '')}role`;
  const found = [...roles].find(([role]) => role.startsWith(prefix));
  if (!found) throw new Error(`no role of ${name}`);
  return found[1];
}

const permissionsOf = (name: string): string[] => describeStatements(statementsAbout(name).filter(isAllowed));

const mayLog = (name: string) =>
  ['logs:CreateLogStream', 'logs:PutLogEvents'].map((action) => `${action} ${name.replaceAll('-', '')}logs`);

const coversText = (pattern: string, text: string) =>
  pattern.endsWith('*') ? text.startsWith(pattern.slice(0, -1)) : text === pattern;

describe('every function may do what it does, and nothing else', () => {
  const table = (...actions: string[]) => actions.map((action) => `dynamodb:${action} Table`);
  const receiving = (queue: string) =>
    ['DeleteMessage', 'GetQueueAttributes', 'ReceiveMessage'].map((action) => `sqs:${action} ${queue}`);
  const expected: Record<keyof typeof functions, string[]> = {
    'public-web': [
      ...table('ConditionCheckItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'),
      'dynamodb:Query Table/index/gsi1',
    ],
    'subscriptions-web': table(
      ...['ConditionCheckItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'],
    ),
    'staff-web': [
      ...table('ConditionCheckItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'),
      'dynamodb:Query Table/index/gsi1',
      'dynamodb:Query Table/index/gsi2',
    ],
    'archive-web': [
      ...table('DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'),
      'dynamodb:Query Table/index/gsi1',
      's3:GetObject DocumentsBucket/files/*',
      's3:GetObject DocumentsBucket/texts/*',
      's3:GetObject SearchBucket/staff/*',
      's3:ListBucket DocumentsBucket',
      's3:ListBucket SearchBucket',
      's3:PutObject UploadsBucket/files/*',
    ],
    'documents-web': [
      ...table('GetItem', 'Query'),
      's3:GetObject PublishedBucket/texts/*',
      's3:GetObject SearchBucket/public/*',
      's3:ListBucket PublishedBucket',
      's3:ListBucket SearchBucket',
    ],
    'relay-outbox': [
      ...['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map(
        (action) => `dynamodb:${action} Table.StreamArn`,
      ),
      'sqs:SendMessage DocumentChangesQueue',
      'sqs:SendMessage MailQueue',
      'sqs:SendMessage MailingsQueue',
      'sqs:SendMessage RelayOutboxGivenUp',
    ],
    'seal-audit': [
      ...table('GetItem', 'PutItem', 'Query'),
      ...['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map(
        (action) => `dynamodb:${action} Table.StreamArn`,
      ),
      'sqs:SendMessage SealAuditGivenUp',
    ],
    'send-mail': [
      ...table('ConditionCheckItem', 'GetItem', 'UpdateItem'),
      'ses:GetSendQuota *',
      'ses:SendRawEmail arn:aws:ses:eu-west-2:AWS::AccountId:configuration-set/MailConfigurationSet',
      'ses:SendRawEmail arn:aws:ses:eu-west-2:AWS::AccountId:identity/MailIdentity',
      ...receiving('MailQueue'),
    ],
    'mail-events': [...table('GetItem', 'PutItem', 'Query', 'UpdateItem'), ...receiving('MailEventsQueue')],
    'send-mailings': [
      ...table('ConditionCheckItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'),
      'dynamodb:Query Table/index/gsi1',
      'ses:GetSendQuota *',
      'ses:SendRawEmail arn:aws:ses:eu-west-2:AWS::AccountId:configuration-set/MailConfigurationSet',
      'ses:SendRawEmail arn:aws:ses:eu-west-2:AWS::AccountId:identity/MailIdentity',
      ...receiving('MailingsQueue'),
    ],
    'mind-mailings': [
      ...table('PutItem'),
      'dynamodb:Query Table/index/gsi2',
      'sqs:SendMessage MindMailingsMissed',
    ],
    'mail-weekly-digests': [
      ...table('DeleteItem', 'GetItem', 'PutItem', 'Query'),
      'sqs:SendMessage MailWeeklyDigestsMissed',
    ],
    'mail-area-digests': [
      ...table('DeleteItem', 'GetItem', 'PutItem', 'Query'),
      'sqs:SendMessage MailAreaDigestsMissed',
    ],
    'receive-upload': [
      ...table('GetItem', 'PutItem', 'DeleteItem', 'Query'),
      ...['s3:DeleteObject', 's3:PutObject'].flatMap((action) =>
        ['files', 'texts'].map((folder) => `${action} DocumentsBucket/${folder}/*`),
      ),
      's3:DeleteObjectVersion UploadsBucket/files/*',
      's3:DeleteObjectVersion UploadsBucket/inspected/*',
      's3:GetObject UploadsBucket/inspected/*',
      's3:GetObjectVersion UploadsBucket/files/*',
      's3:ListBucket UploadsBucket',
      's3:ListBucketVersions UploadsBucket',
      ...receiving('UploadsQueue'),
    ],
    'inspect-upload': [
      's3:GetObjectVersion UploadsBucket/files/*',
      's3:PutObject UploadsBucket/inspected/*',
      ...receiving('InspectionsQueue'),
    ],
    'mind-uploads': [
      'dynamodb:Query Table/index/gsi2',
      'sqs:SendMessage MindUploadsMissed',
      'sqs:SendMessage UploadsQueue',
    ],
    'project-documents': [
      ...table('GetItem', 'Query'),
      's3:DeleteObject PublishedBucket/documents/files/*',
      's3:DeleteObject PublishedBucket/texts/*',
      ...['s3:DeleteObject', 's3:GetObject', 's3:PutObject'].flatMap((action) =>
        ['public', 'staff'].map((folder) => `${action} SearchBucket/${folder}/*`),
      ),
      's3:GetObject DocumentsBucket/files/*',
      's3:GetObject DocumentsBucket/texts/*',
      ...['DocumentsBucket', 'PublishedBucket', 'SearchBucket'].map((bucket) => `s3:ListBucket ${bucket}`),
      's3:PutObject PublishedBucket/documents/files/*',
      's3:PutObject PublishedBucket/texts/*',
      ...receiving('DocumentChangesQueue'),
    ],
    'chase-overdue-actions': [
      ...table('DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'),
      'dynamodb:Query Table/index/gsi1',
      'sqs:SendMessage ChaseOverdueActionsMissed',
    ],
  };

  test.each(Object.entries(expected))('%s', (name, permissions) => {
    expect(permissionsOf(name)).toEqual([...permissions, ...mayLog(name)].sort());
  });

  test('the schedule starts its one function, and keeps what it could not start', () => {
    const [, said = []] = [...roles].find(([role]) => role.startsWith('mailareadigestsStarter')) ?? [];
    expect(describeStatements(said)).toEqual([
      'lambda:InvokeFunction mailareadigests',
      'sqs:SendMessage MailAreaDigestsMissed',
    ]);
  });

  test('and there are no other roles', () => {
    const starters = Object.values(functions).filter(({ trigger }) => trigger.kind === 'schedule').length;
    const ours = [...roles.keys()].filter((role) => isOurs(role) && !isOfGuardDuty(role));
    expect(ours).toHaveLength(Object.keys(functions).length + starters);
  });
});

describe('nobody may', () => {
  test('scan, or read or write many items at once', () => {
    expect(everyAction().filter((action) => /Scan|Batch|PartiQL/i.test(action))).toEqual([]);
  });

  test('do something that has no name: no action has an asterisk', () => {
    expect(everyAction().filter((action) => action.includes('*'))).toEqual([]);
  });

  test('do anything to everything: an asterisk stands below a folder of a bucket, or where AWS has nothing else', () => {
    const aboutTheAccount = ['ses:GetSendQuota'];
    for (const statement of everyStatement()) {
      if (actionsOf(statement).every((action) => aboutTheAccount.includes(action))) continue;
      expect(JSON.stringify(statement.Resource).replaceAll(/"\/(?:\w+\/)+\*"/g, '')).not.toContain('*');
    }
  });

  test('be allowed by exception: nothing is granted as all but something', () => {
    for (const statement of everyStatement()) expect(Object.keys(statement).join()).not.toMatch(/^Not|,Not/);
  });

  test('get permissions from somewhere else: no managed and no inline policies', () => {
    for (const [role, { Properties }] of laptop.all.filter(([, { Type }]) => Type === 'AWS::IAM::Role')) {
      if (!isOurs(role)) continue;
      expect(Properties).not.toHaveProperty('ManagedPolicyArns');
      if (!isOfGuardDuty(role)) expect(Properties).not.toHaveProperty('Policies');
    }
  });

  test('change the table by reading it: who only reads cannot write', () => {
    const writes = /dynamodb:(Put|Update|Delete)Item|dynamodb:.*Write/;
    for (const [name, spec] of Object.entries(functions)) {
      const table: { writes?: readonly string[]; reads: readonly string[] } | undefined =
        'table' in spec ? spec.table : undefined;
      const may = permissionsOf(name).filter((permission) => writes.test(permission));
      expect(may).toHaveLength(table?.writes?.length ?? 0);
    }
    expect(permissionsOf('relay-outbox').filter((line) => / Table$/.test(line))).toEqual([]);
  });

  test('change tables, queues, buckets, roles or keys themselves', () => {
    const administrative =
      /:(Create|Delete|Update|Put|Set|Tag|Untag)(Table|Queue|Bucket|Role|Policy|Key|Stack)/;
    expect(everyAction().filter((action) => administrative.test(action))).toEqual([]);
    expect(everyAction().filter((action) => /^(iam|sts|kms|cloudformation):/.test(action))).toEqual([]);
  });

  test('look, in the middle of sending mail, into what it has nothing to do with', () => {
    const all = {
      AREAS: [keys.area('E05000001').pk, keys.areas],
      'AREAS-VERSION': [keys.areasVersion.pk],
      'NOTICES#*': [keys.notices(0), keys.notices(3)],
      'MAIL#*': [keys.mail('id').pk],
    };
    const partitionsOf = (name: string) => {
      const [, said = []] =
        [...roles].find(([role]) => role.startsWith(`${name.replaceAll('-', '')}role`)) ?? [];
      const onTable = said.filter((statement) => actionsOf(statement).includes('dynamodb:GetItem'));
      expect(onTable.map(({ Condition }) => Condition?.Null)).toEqual([{ 'dynamodb:LeadingKeys': 'false' }]);
      return [onTable[0]?.Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys']].flat();
    };
    const others = [keys.session('id'), keys.staffAccount('a@example.org'), keys.submission('id')];
    expect(partitionsOf('mail-area-digests')).toEqual(Object.keys(all));
    expect(partitionsOf('send-mail')).toEqual(['MAIL#*', 'SUPPRESSED#*', 'PACE']);
    for (const name of [
      'send-mail',
      'send-mailings',
      'mail-events',
      'mail-weekly-digests',
      'mail-area-digests',
    ])
      for (const pattern of partitionsOf(name))
        expect(
          others.filter(({ pk }) => coversText(`${pattern}`, pk)),
          `${name}: ${pattern}`,
        ).toEqual([]);
    for (const [pattern, partitions] of Object.entries(all)) {
      for (const partition of partitions) expect(coversText(pattern, partition)).toBe(true);
    }
  });

  test('change or delete what is in the audit trail, or add to its seals, except the function that seals', () => {
    const entry = keys.audit('2027-03-28', '2027-03-28T09:30:00.000Z', 'id').pk;
    const seals = [keys.seal('2027-03-28', 'entry').pk, keys.chainHead('2027-03-28').pk, keys.auditDays];
    const deniedTo = (name: string, action: string, partition: string) =>
      statementsAbout(name).some(
        (statement) =>
          statement.Effect === 'Deny' &&
          actionsOf(statement).includes(`dynamodb:${action}`) &&
          [statement.Condition?.['ForAnyValue:StringLike']?.['dynamodb:LeadingKeys']]
            .flat()
            .some((pattern) => coversText(`${pattern}`, partition)),
      );
    for (const [name, spec] of Object.entries(functions).filter(([, each]) => 'table' in each)) {
      for (const partition of [entry, ...seals]) {
        expect(deniedTo(name, 'UpdateItem', partition), `${name} ${partition}`).toBe(true);
        expect(deniedTo(name, 'DeleteItem', partition), `${name} ${partition}`).toBe(true);
      }
      for (const partition of seals)
        expect(deniedTo(name, 'PutItem', partition), `${name} ${partition}`).toBe(name !== 'seal-audit');
      expect(deniedTo(name, 'PutItem', keys.mail('id').pk), spec.impact).toBe(false);
    }
  });

  test('send mail, except the two that send mails and mailings, and only as the authority', () => {
    const senders = Object.keys(functions).filter((name) =>
      permissionsOf(name).some((permission) => permission.startsWith('ses:Send')),
    );
    expect(senders).toEqual(['send-mail', 'send-mailings']);
  });

  test('take on a role, except the service that it is for', () => {
    const trusted = laptop.all
      .filter(([id, { Type }]) => Type === 'AWS::IAM::Role' && isOurs(id))
      .map(([, { Properties }]) => Properties.AssumeRolePolicyDocument as { Statement: Statement[] });
    for (const { Statement } of trusted) {
      expect(Statement).toHaveLength(1);
      expect(JSON.stringify(Statement[0]?.Principal)).toMatch(
        /^\{"Service":"(lambda|scheduler|malware-protection-plan\.guardduty)\.amazonaws\.com"\}$/,
      );
    }
  });

  test('reach a bucket, queue or topic without TLS, and its own policy lets no stranger in', () => {
    const policies = laptop.all.filter(([, { Type }]) => /::(Bucket|Queue|Topic)Policy$/.test(Type));
    expect(policies.length).toBeGreaterThan(0);
    for (const [, resource] of policies) {
      const said = statementsOf(resource);
      const refused = said.filter(({ Effect }) => Effect === 'Deny');
      expect(JSON.stringify(refused)).toContain('"aws:SecureTransport":"false"');
      for (const { Principal } of said.filter(({ Effect }) => Effect === 'Allow'))
        expect(JSON.stringify(Principal)).not.toContain('*');
    }
  });
});
