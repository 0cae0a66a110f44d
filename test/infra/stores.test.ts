import { beforeAll, describe, expect, test } from 'vitest';
import { functions } from '#infra/stacks/functions.ts';
import { readStage, stageNames } from '#infra/stages.ts';
import { statementsOf } from './policies.ts';
import { ofType, type Resource, type Synthesized, synthesize, textOf } from './synthesize.ts';

let laptop: Synthesized;

beforeAll(() => {
  laptop = synthesize('laptop');
});

describe('what must never be lost', () => {
  const stateful = /^AWS::(DynamoDB::|S3::Bucket$|SQS::Queue$)/;

  test('keeps its logical id: another one would be another, empty, table', () => {
    const pinned = (from: Record<string, Resource>) =>
      Object.entries(from)
        .filter(([, { Type }]) => stateful.test(Type))
        .map(([logicalId, { Type }]) => `${logicalId} ${Type}`)
        .sort();
    expect(pinned(laptop.data)).toEqual([
      'DataAccessLogsBucket AWS::S3::Bucket',
      'DocumentChangesQueue AWS::SQS::Queue',
      'DocumentChangesQueueDeadLetters AWS::SQS::Queue',
      'DocumentsBucket AWS::S3::Bucket',
      'InspectionsQueue AWS::SQS::Queue',
      'InspectionsQueueDeadLetters AWS::SQS::Queue',
      'InspectionsUndelivered AWS::SQS::Queue',
      'MailEventsQueue AWS::SQS::Queue',
      'MailEventsQueueDeadLetters AWS::SQS::Queue',
      'MailEventsUndelivered AWS::SQS::Queue',
      'MailQueue AWS::SQS::Queue',
      'MailQueueDeadLetters AWS::SQS::Queue',
      'MailingsQueue AWS::SQS::Queue',
      'MailingsQueueDeadLetters AWS::SQS::Queue',
      'ScanResultsUndelivered AWS::SQS::Queue',
      'SearchBucket AWS::S3::Bucket',
      'Table AWS::DynamoDB::GlobalTable',
      'UploadsBucket AWS::S3::Bucket',
      'UploadsQueue AWS::SQS::Queue',
      'UploadsQueueDeadLetters AWS::SQS::Queue',
      'UploadsUndelivered AWS::SQS::Queue',
    ]);
    expect(pinned(laptop.service)).toEqual([
      'AssetsBucket AWS::S3::Bucket',
      'ChaseOverdueActionsMissed AWS::SQS::Queue',
      'MailAreaDigestsMissed AWS::SQS::Queue',
      'MailWeeklyDigestsMissed AWS::SQS::Queue',
      'MindMailingsMissed AWS::SQS::Queue',
      'MindUploadsMissed AWS::SQS::Queue',
      'PublishedBucket AWS::S3::Bucket',
      'RelayOutboxGivenUp AWS::SQS::Queue',
      'SealAuditGivenUp AWS::SQS::Queue',
      'ServiceAccessLogsBucket AWS::S3::Bucket',
    ]);
  });

  test('and so does what people or DNS records elsewhere were told about', () => {
    const known = [
      'AWS::SNS::Topic',
      'AWS::KMS::Key',
      'AWS::SES::EmailIdentity',
      'AWS::CloudFront::Distribution',
    ];
    expect(known.flatMap((type) => ofType(type, laptop).map(([logicalId]) => logicalId))).toEqual([
      'AlarmsTopic',
      'AlarmsKey',
      'MailIdentity',
      'Distribution',
    ]);
  });

  test('is kept when a stack goes or a resource is replaced', () => {
    for (const [, resource] of laptop.all.filter(([, { Type }]) => stateful.test(Type))) {
      expect(resource).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    }
  });

  test('uploads are told to EventBridge by CloudFormation alone, without a function that would do it', () => {
    expect(laptop.data.UploadsBucket?.Properties.NotificationConfiguration).toEqual({
      EventBridgeConfiguration: { EventBridgeEnabled: true },
    });
    expect(Object.values(laptop.data).map(({ Type }) => Type)).not.toContain('AWS::Lambda::Function');
  });

  test('quarantine is emptied after a week, and takes forms from pages of our own', () => {
    const Properties = laptop.data.UploadsBucket?.Properties ?? {};
    expect(Properties.LifecycleConfiguration).toEqual({
      Rules: [
        {
          Id: 'tidy',
          Status: 'Enabled',
          AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
          NoncurrentVersionExpiration: { NoncurrentDays: 1 },
          ExpiredObjectDeleteMarker: true,
        },
        { Id: 'forget', Status: 'Enabled', ExpirationInDays: 7 },
      ],
    });
    expect(Properties.CorsConfiguration).toEqual({
      CorsRules: [
        {
          AllowedMethods: ['POST'],
          AllowedOrigins: [readStage('laptop').service.publicUrl],
          ExposedHeaders: ['ETag'],
          MaxAge: 3600,
        },
      ],
    });
    const others = ofType('AWS::S3::Bucket', laptop).filter(([id]) => id !== 'UploadsBucket');
    for (const [id, { Properties: bucket }] of others)
      expect(bucket, id).not.toHaveProperty('CorsConfiguration');
  });

  test('the archive forgets nothing that is in it', () => {
    expect(laptop.data.DocumentsBucket?.Properties.LifecycleConfiguration).toEqual({
      Rules: [
        {
          Id: 'tidy',
          Status: 'Enabled',
          AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
          NoncurrentVersionExpiration: { NoncurrentDays: 90 },
          ExpiredObjectDeleteMarker: true,
        },
      ],
    });
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
});

describe.each(stageNames())('what is stored (%s)', (stage) => {
  let from: Synthesized;
  beforeAll(() => {
    from = synthesize(stage);
  });

  test('buckets are private, encrypted, versioned, and speak TLS 1.2', () => {
    const policies = ofType('AWS::S3::BucketPolicy', from);
    for (const [logicalId, { Properties }] of ofType('AWS::S3::Bucket', from)) {
      expect(Properties.PublicAccessBlockConfiguration).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
      expect(Properties.VersioningConfiguration).toEqual({ Status: 'Enabled' });
      expect(Properties).toHaveProperty('BucketEncryption');
      const policy = policies.find(([, resource]) => textOf(resource, 'Bucket') === `{"Ref":"${logicalId}"}`);
      expect(JSON.stringify(policy)).toContain('"aws:SecureTransport":"false"');
      expect(JSON.stringify(policy)).toContain('"s3:TlsVersion":1.2');
    }
  });

  test('is encrypted at rest, wherever it is', () => {
    const encryptedBy: Record<string, string> = {
      'AWS::DynamoDB::GlobalTable': 'SSESpecification',
      'AWS::S3::Bucket': 'BucketEncryption',
      'AWS::SQS::Queue': 'SqsManagedSseEnabled',
      'AWS::SNS::Topic': 'KmsMasterKeyId',
    };
    for (const [type, property] of Object.entries(encryptedBy)) {
      expect(ofType(type, from).length, type).toBeGreaterThan(0);
      for (const [logicalId, { Properties }] of ofType(type, from))
        expect(Properties[property], logicalId).toBeTruthy();
    }
    const keeps = /^AWS::(DynamoDB::(Global)?Table|S3::Bucket|SQS::Queue|SNS::Topic|Logs::LogGroup)$/;
    const others = /::(RDS|EFS|ElastiCache|Kinesis|SecretsManager|SSM|Redshift|OpenSearchService|DocDB)::/;
    const types = new Set(from.all.map(([, { Type }]) => Type));
    // Secrets Manager encrypts every secret with a key of its own.
    const unknown = [...types].filter((type) => others.test(type) && type !== 'AWS::SecretsManager::Secret');
    expect(unknown).toEqual([]);
    // Log groups have no entry above: CloudWatch encrypts every one of them with a key of its own.
    const stores = [...Object.keys(encryptedBy), 'AWS::Logs::LogGroup'].sort();
    expect([...types].filter((type) => keeps.test(type)).sort()).toEqual(stores);
  });

  test('is under a key that turns, and that CloudWatch may use to tell somebody', () => {
    for (const [, key] of ofType('AWS::KMS::Key', from)) {
      expect(key.Properties.EnableKeyRotation).toBe(true);
      expect(textOf(key, 'KeyPolicy')).toContain('"cloudwatch.amazonaws.com"');
    }
    const [policy] = ofType('AWS::SNS::TopicPolicy', from);
    expect(statementsOf(policy?.[1] as Resource)).toContainEqual(
      expect.objectContaining({
        Effect: 'Allow',
        Action: 'sns:Publish',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      }),
    );
  });

  test('in logs is forgotten after the time of the stage, in every one of them', () => {
    const groups = ofType('AWS::Logs::LogGroup', from);
    const days = readStage(stage).logRetentionDays;
    for (const [logicalId, { Properties }] of groups)
      expect(Properties.RetentionInDays, logicalId).toBe(days);
    // One for each function, one for the accesses to the API, one for the copying of assets.
    expect(groups).toHaveLength(Object.keys(functions).length + 2);
    const used = [
      ...ofType('AWS::Lambda::Function', from).map(([, resource]) => textOf(resource, 'LoggingConfig')),
      ...ofType('AWS::ApiGatewayV2::Stage', from).map(([, resource]) =>
        textOf(resource, 'AccessLogSettings'),
      ),
    ];
    for (const user of used)
      expect(
        groups.filter(([logicalId]) => user.includes(`"${logicalId}"`)),
        user,
      ).toHaveLength(1);
  });
});
