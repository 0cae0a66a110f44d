import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { beforeAll, describe, expect, test } from 'vitest';
import { functions } from '#infra/stacks/functions.ts';
import { makeApp, type Resource, type Synthesized, synthesize } from './synthesize.ts';

let laptop: Synthesized;
let production: Synthesized;

beforeAll(() => {
  laptop = synthesize('laptop', { publicUrl: 'http://127.0.0.1:4321', oidcIssuer: 'http://127.0.0.1:4322' });
  production = synthesize('production');
});

const root = path.resolve(import.meta.dirname, '../..');
const ofType = (type: string, from = laptop) => from.all.filter(([, resource]) => resource.Type === type);
const property = (resource: Resource, name: string) => JSON.stringify(resource.Properties[name] ?? null);

/** Our functions; the CDK adds one of its own that copies assets while somebody deploys. */
const ourFunctions = (from = laptop) =>
  ofType('AWS::Lambda::Function', from).filter(([, { Properties }]) =>
    `${Properties.FunctionName}`.startsWith('folkmoot-'),
  );

function ourFunction(name: string, from = laptop): Resource {
  const found = ourFunctions(from).find(([, { Properties }]) =>
    `${Properties.FunctionName}`.endsWith(`-${name}`),
  );
  if (!found) throw new Error(`no function ${name}`);
  return found[1];
}

function variables(name: string): Record<string, unknown> {
  return (ourFunction(name).Properties.Environment as { Variables: Record<string, unknown> }).Variables;
}

type Statement = { Effect: string; Action: string | string[]; Resource: unknown };

const statements = (from = laptop): Statement[] =>
  ofType('AWS::IAM::Policy', from).flatMap(
    ([, { Properties }]) => (Properties.PolicyDocument as { Statement: Statement[] }).Statement,
  );
const actions = (statement: Statement) => [statement.Action].flat();

describe('functions', () => {
  test('every entry of the list becomes one, and nothing else does', () => {
    expect(ourFunctions().map(([, { Properties }]) => Properties.FunctionName)).toEqual(
      Object.keys(functions).map((name) => `folkmoot-laptop-${name}`),
    );
  });

  test('every folder below functions/ is in the list', () => {
    const folders = readdirSync(path.join(root, 'functions'), { withFileTypes: true });
    const names = folders.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    expect(names.sort()).toEqual(Object.keys(functions).sort());
  });

  test.each(Object.keys(functions))(
    '%s runs on Node.js 24 and arm64, and logs JSON that is forgotten',
    (name) => {
      const { Properties } = ourFunction(name);
      expect(Properties.Runtime).toBe('nodejs24.x');
      expect(Properties.Architectures).toEqual(['arm64']);
      expect(Properties.Handler).toBe('index.handler');
      const { LogFormat, LogGroup } = Properties.LoggingConfig as {
        LogFormat: string;
        LogGroup: { Ref: string };
      };
      expect(LogFormat).toBe('JSON');
      expect(laptop.service[LogGroup.Ref]?.Properties.RetentionInDays).toBe(30);
    },
  );

  test('know what they need to know and nothing else', () => {
    const names = Object.fromEntries(
      Object.keys(functions).map((name) => [name, Object.keys(variables(name)).sort()]),
    );
    expect(names).toEqual({
      'public-web': ['PUBLIC_URL', 'SESSION', 'SITE', 'TABLE_NAME'],
      'staff-web': ['OIDC_CLIENT_ID', 'OIDC_ISSUER', 'PUBLIC_URL', 'SESSION', 'SITE', 'TABLE_NAME'],
      'relay-outbox': ['MAIL_QUEUE_URL'],
      'send-mail': ['MAIL_CONFIGURATION_SET', 'MAIL_SENDER', 'PUBLIC_URL', 'SITE', 'TABLE_NAME'],
      'mail-area-digests': ['PUBLIC_URL', 'SITE', 'TABLE_NAME'],
    });
    expect(variables('staff-web')).toMatchObject({
      PUBLIC_URL: 'http://127.0.0.1:4321',
      OIDC_ISSUER: 'http://127.0.0.1:4322',
    });
    expect(JSON.parse(`${variables('public-web').SITE}`)).toMatchObject({
      service: 'Folkmoot',
      phase: 'beta',
    });
  });

  test('answer the routes that are theirs', () => {
    expect(
      ofType('AWS::ApiGatewayV2::Route')
        .map(([, { Properties }]) => Properties.RouteKey)
        .sort(),
    ).toEqual([
      '$default',
      'ANY /sign-in',
      'ANY /sign-in/{proxy+}',
      'ANY /sign-out',
      'ANY /signed-out',
      'ANY /staff',
      'ANY /staff/{proxy+}',
    ]);
  });

  test('that are not built are named, with what to do', () => {
    expect(() => makeApp('laptop', {}, '/nowhere')).toThrow(/"public-web" is not built.*npm run build/);
  });
});

describe('permissions', () => {
  test('nobody may scan, and nobody may do everything', () => {
    const all = statements().flatMap(actions);
    expect(all.filter((action) => /scan/i.test(action))).toEqual([]);
    expect(all.filter((action) => action === '*' || /^(dynamodb|sqs|ses|logs):\*/.test(action))).toEqual([]);
  });

  test('a permission on the table names the table, its indexes or its stream', () => {
    const onTable = statements().filter((statement) =>
      actions(statement).some((action) => action.startsWith('dynamodb:')),
    );
    expect(onTable.length).toBe(5);
    for (const { Resource } of onTable) expect(JSON.stringify(Resource)).not.toContain('*');
  });

  test('only send-mail may send mail, and only as the authority', () => {
    const sending = statements().filter((statement) =>
      actions(statement).some((action) => action.startsWith('ses:')),
    );
    expect(sending.map(actions)).toEqual([['ses:SendRawEmail']]);
    expect(JSON.stringify(sending[0]?.Resource)).toMatch(/:configuration-set\/.*:identity\//);
  });
});

describe('what must never be lost', () => {
  const stateful = /^AWS::(DynamoDB::|S3::Bucket$|SQS::Queue$)/;

  test('keeps its logical id: another one would be another, empty, table', () => {
    const pinned = Object.entries(laptop.data)
      .filter(([, { Type }]) => stateful.test(Type))
      .map(([logicalId, { Type }]) => `${logicalId} ${Type}`);
    expect(pinned.sort()).toEqual([
      'DataAccessLogsBucket AWS::S3::Bucket',
      'MailQueue AWS::SQS::Queue',
      'MailQueueDeadLetters AWS::SQS::Queue',
      'Table AWS::DynamoDB::GlobalTable',
      'UploadsBucket AWS::S3::Bucket',
    ]);
    expect(laptop.service).toHaveProperty('AssetsBucket');
    expect(laptop.service).toHaveProperty('ServiceAccessLogsBucket');
  });

  test('is kept when a stack goes or a resource is replaced', () => {
    for (const [, resource] of laptop.all.filter(([, { Type }]) => stateful.test(Type))) {
      expect(resource).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    }
  });

  test('the table has its keys, its indexes, expiry, a stream, and a way back', () => {
    const { Properties } = laptop.data.Table ?? { Properties: {} };
    expect(Properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: ['gsi1', 'gsi2'].map((name) => ({
        IndexName: name,
        KeySchema: [
          { AttributeName: `${name}pk`, KeyType: 'HASH' },
          { AttributeName: `${name}sk`, KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      })),
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      SSESpecification: { SSEEnabled: true },
      Replicas: [
        {
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        },
      ],
    });
  });

  test('buckets are private, encrypted, versioned, and speak TLS 1.2', () => {
    const policies = ofType('AWS::S3::BucketPolicy');
    for (const [logicalId, { Properties }] of ofType('AWS::S3::Bucket')) {
      expect(Properties.PublicAccessBlockConfiguration).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
      expect(Properties.VersioningConfiguration).toEqual({ Status: 'Enabled' });
      expect(Properties).toHaveProperty('BucketEncryption');
      const policy = policies.find(
        ([, resource]) => property(resource, 'Bucket') === `{"Ref":"${logicalId}"}`,
      );
      expect(JSON.stringify(policy)).toContain('"aws:SecureTransport":"false"');
      expect(JSON.stringify(policy)).toContain('"s3:TlsVersion":1.2');
    }
  });
});

describe('queues and alarms', () => {
  const alarms = () => ofType('AWS::CloudWatch::Alarm').map(([, resource]) => resource);

  test('every queue has its dead letters, and an alarm watches each of these', () => {
    const queues = ofType('AWS::SQS::Queue');
    const deadLetters = queues.filter(([, { Properties }]) => !Properties.RedrivePolicy);
    expect(deadLetters.map(([, { Properties }]) => Properties.QueueName).sort()).toEqual([
      'folkmoot-laptop-mail-area-digests-missed',
      'folkmoot-laptop-mail-dead-letters',
      'folkmoot-laptop-relay-outbox-given-up',
    ]);
    for (const [logicalId] of deadLetters) {
      expect(alarms().some((alarm) => property(alarm, 'Dimensions').includes(logicalId))).toBe(true);
    }
  });

  test('mail in hand is not handed out again before its function can have ended', () => {
    expect(laptop.data.MailQueue?.Properties.VisibilityTimeout).toBeGreaterThanOrEqual(
      6 * functions['send-mail'].timeoutSeconds,
    );
  });

  test('every alarm says what people notice, names a runbook that exists, and tells somebody', () => {
    expect(alarms().length).toBeGreaterThan(0);
    for (const { Properties } of alarms()) {
      const text = /^Impact: (?<impact>[A-Z].+\.) Runbook: (?<runbook>docs\/runbooks\/[a-z-]+\.md)$/;
      const described = text.exec(`${Properties.AlarmDescription}`)?.groups;
      expect(described, `${Properties.AlarmDescription}`).toBeDefined();
      expect(existsSync(path.join(root, described?.runbook ?? ''))).toBe(true);
      expect(Properties.AlarmActions).toHaveLength(1);
    }
  });

  test('every function has an alarm', () => {
    for (const [logicalId] of ourFunctions()) {
      expect(alarms().some((alarm) => property(alarm, 'Dimensions').includes(logicalId))).toBe(true);
    }
  });

  test('half of a batch can fail alone, for mail and for the outbox', () => {
    const mappings = ofType('AWS::Lambda::EventSourceMapping').map(([, { Properties }]) => Properties);
    expect(mappings).toHaveLength(2);
    for (const mapping of mappings)
      expect(mapping.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
    expect(mappings.find(({ BatchSize }) => BatchSize === 100)).toMatchObject({
      BisectBatchOnFunctionError: true,
      FilterCriteria: {
        Filters: [{ Pattern: '{"eventName":["INSERT"],"dynamodb":{"NewImage":{"entity":{"S":["mail"]}}}}' }],
      },
      MaximumRetryAttempts: 20,
    });
  });

  test('schedules follow the clocks of London', () => {
    const schedules = ofType('AWS::Scheduler::Schedule').map(([, { Properties }]) => Properties);
    expect(schedules).toMatchObject([
      {
        Name: 'folkmoot-laptop-mail-area-digests',
        ScheduleExpression: 'cron(30 7 ? * MON-FRI *)',
        ScheduleExpressionTimezone: 'Europe/London',
      },
    ]);
  });
});

describe('the entrance', () => {
  const distribution = (from: Synthesized) =>
    ofType('AWS::CloudFront::Distribution', from)[0]?.[1].Properties.DistributionConfig as {
      CacheBehaviors: { PathPattern: string; CachePolicyId: unknown }[];
    };

  test('speaks TLS 1.2, HTTP/2 and HTTP/3 under its own name, and keeps a log without cookies', () => {
    expect(distribution(production)).toMatchObject({
      Aliases: ['consult.folkmoot.example'],
      HttpVersion: 'http2and3',
      ViewerCertificate: { MinimumProtocolVersion: 'TLSv1.2_2021' },
      Logging: { IncludeCookies: false },
    });
  });

  test('keeps nothing of what staff see', () => {
    const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
    const behaviours = distribution(laptop).CacheBehaviors;
    const neverCached = behaviours.filter(({ CachePolicyId }) => CachePolicyId === cachingDisabled);
    expect(neverCached.map(({ PathPattern }) => PathPattern).sort()).toEqual([
      'sign-in',
      'sign-in/*',
      'sign-out',
      'signed-out',
      'staff',
      'staff/*',
    ]);
  });

  test('lets pages alone say how long they may be kept', () => {
    const [policy] = ofType('AWS::CloudFront::CachePolicy');
    expect(policy?.[1].Properties.CachePolicyConfig).toMatchObject({
      MinTTL: 0,
      DefaultTTL: 0,
      ParametersInCacheKeyAndForwardedToOrigin: {
        CookiesConfig: { CookieBehavior: 'none' },
        QueryStringsConfig: { QueryStringBehavior: 'all' },
      },
    });
  });

  test('is throttled, and its log names no address and no path', () => {
    const stages = ofType('AWS::ApiGatewayV2::Stage').map(([, { Properties }]) => Properties);
    expect(stages).toMatchObject([
      { DefaultRouteSettings: { ThrottlingRateLimit: 200, ThrottlingBurstLimit: 400 } },
    ]);
    const log = JSON.stringify(stages[0]?.AccessLogSettings);
    expect(log).toContain('$context.routeKey');
    expect(log).not.toMatch(/sourceIp|\.path|userAgent/i);
  });
});

test('what cdk-nag finds fault with fails the synthesis', () => {
  const { app, service } = makeApp('laptop');
  new Bucket(service, 'Open');
  expect(() => app.synth()).toThrow('AwsSolutions-S1');
});
