import { describe, expect, it } from 'vitest';
import { readTemplates as read } from './read-template.ts';

const bucket = (Properties: object = {}) => ({ Type: 'AWS::S3::Bucket', Properties });
const trust = (Service: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service } }],
});
const service = 'malware-protection-plan.guardduty.amazonaws.com';
const role = (by = service) => ({
  Type: 'AWS::IAM::Role',
  Properties: { RoleName: 'scanner', AssumeRolePolicyDocument: trust(by) },
});
const plan = (properties: object = {}) => ({
  Type: 'AWS::GuardDuty::MalwareProtectionPlan',
  Properties: {
    ProtectedResource: { S3Bucket: { BucketName: { Ref: 'Uploads' }, ObjectPrefixes: ['files/'] } },
    Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
    ...properties,
  },
});

describe('a bucket', () => {
  it('tells nobody, lets no page ask and keeps everything unless it says otherwise', () => {
    const { buckets } = read({ Resources: { B: bucket() } });
    expect(buckets).toMatchObject([{ tellsEventBus: false, corsRules: [], expiryRules: [] }]);
  });

  it('says what EventBridge is told, which pages may ask and what expires; a rule that is off is none', () => {
    const { buckets } = read({
      Resources: {
        B: bucket({
          NotificationConfiguration: { EventBridgeConfiguration: {} },
          CorsConfiguration: {
            CorsRules: [{ AllowedMethods: ['POST'], AllowedOrigins: ['https://a.example'], MaxAge: '60' }],
          },
          LifecycleConfiguration: {
            Rules: [
              { Status: 'Enabled', Prefix: 'a/', ExpirationInDays: 7 },
              { Status: 'Disabled', ExpirationInDays: 1 },
              {
                Status: 'Enabled',
                NoncurrentVersionExpiration: { NoncurrentDays: 1 },
                ExpiredObjectDeleteMarker: true,
              },
            ],
          },
        }),
      },
    });
    const rule = { prefix: '', days: undefined, noncurrentDays: undefined, lonelyMarkers: false };
    expect(buckets).toMatchObject([
      {
        tellsEventBus: true,
        corsRules: [
          {
            origins: ['https://a.example'],
            methods: ['POST'],
            headers: [],
            exposedHeaders: [],
            maxAgeSeconds: 60,
          },
        ],
        expiryRules: [
          { ...rule, prefix: 'a/', days: 7 },
          { ...rule, noncurrentDays: 1, lonelyMarkers: true },
        ],
      },
    ]);
  });

  it.each<[string, object, RegExp]>([
    [
      'a queue that S3 would tell',
      { NotificationConfiguration: { QueueConfigurations: [] } },
      /QueueConf|EventBridge/,
    ],
    [
      'a move to another class of storage',
      { LifecycleConfiguration: { Rules: [{ Status: 'Enabled', Transitions: [] }] } },
      /Transitions/,
    ],
    [
      'an expiry by tags',
      { LifecycleConfiguration: { Rules: [{ Status: 'Enabled', TagFilters: [] }] } },
      /TagFilters/,
    ],
  ])('is refused with %s', (_, properties, message) => {
    expect(() => read({ Resources: { B: bucket(properties) } })).toThrow(message);
  });
});

describe('a plan of GuardDuty', () => {
  const uploads = bucket({ BucketName: 'uploads' });

  it('is read with its bucket, its prefixes and its role', () => {
    const actions = { Actions: { Tagging: { Status: 'ENABLED' } } };
    const { malwareScans } = read({ Resources: { Uploads: uploads, Role: role(), Plan: plan(actions) } });
    expect(malwareScans).toEqual([
      {
        id: 'stack-0-Plan',
        arn: 'arn:aws:guardduty:eu-west-2:000000000000:malware-protection-plan/stack-0-Plan',
        bucket: 'uploads',
        prefixes: ['files/'],
        tags: true,
        role: { arn: 'arn:aws:iam::000000000000:role/scanner', policies: [] },
      },
    ]);
  });

  it('is refused with a role that is for somebody else, or a bucket that is not there', () => {
    const resources = { Uploads: uploads, Role: role('lambda.amazonaws.com'), Plan: plan() };
    expect(() => read({ Resources: resources })).toThrow(
      /^stack-0, Plan: its role .* cannot be assumed by malware/,
    );
    const elsewhere = plan({ ProtectedResource: { S3Bucket: { BucketName: 'elsewhere' } } });
    expect(() => read({ Resources: { Uploads: uploads, Role: role(), Plan: elsewhere } })).toThrow(
      /^stack-0, Plan: there is no AWS::S3::Bucket elsewhere/,
    );
  });
});
