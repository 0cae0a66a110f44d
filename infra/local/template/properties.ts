import * as z from 'zod';
import type { ResolvedResource } from './resolve.ts';
import { TemplateError } from './template-error.ts';

/*
 * The properties of every type that the laptop plays. `noted` ones change nothing that could be noticed on a
 * laptop; a property that is not listed at all is an error, because it might.
 */
const noted = z.unknown().optional();
const text = z.string();
const number = z.coerce.number();
const within = (least: number, most: number) => number.pipe(z.int().min(least).max(most));
const flag = z.union([z.boolean(), z.stringbool()]);
const one = <T extends z.ZodType>(schema: T) => z.tuple([schema]);
const key = z.strictObject({ AttributeName: text, KeyType: text });
const onFailure = z.strictObject({ OnFailure: z.strictObject({ Destination: text }).optional() });

export const tableSchema = z.strictObject({
  TableName: text.optional(),
  AttributeDefinitions: z.array(z.strictObject({ AttributeName: text, AttributeType: text })),
  BillingMode: z.literal('PAY_PER_REQUEST'),
  GlobalSecondaryIndexes: z
    .array(
      z.strictObject({
        IndexName: text,
        KeySchema: z.array(key),
        Projection: z.strictObject({
          ProjectionType: text.optional(),
          NonKeyAttributes: z.array(text).optional(),
        }),
        WarmThroughput: noted,
      }),
    )
    .default([]),
  KeySchema: z.array(key),
  Replicas: one(
    z.looseObject({
      Region: text,
      SSESpecification: z.strictObject({ KMSMasterKeyId: text }).optional(),
    }),
  ),
  SSESpecification: noted,
  StreamSpecification: z.strictObject({ StreamViewType: text }).optional(),
  TimeToLiveSpecification: z.strictObject({ AttributeName: text, Enabled: flag }).optional(),
  WarmThroughput: noted,
});

export const functionSchema = z.strictObject({
  Architectures: noted,
  Code: z.strictObject({ S3Bucket: text, S3Key: text }),
  Description: noted,
  Environment: z.strictObject({ Variables: z.record(text, text) }).optional(),
  FunctionName: text.regex(/^[\w-]{1,64}$/, 'at most 64 letters, digits, - and _').optional(),
  Handler: text,
  // At most five: https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html
  Layers: z.array(text).max(5).default([]),
  LoggingConfig: z.looseObject({ LogGroup: text.optional() }).optional(),
  MemorySize: within(128, 10_240).default(128),
  ReservedConcurrentExecutions: within(0, 1_000).optional(),
  Role: text,
  Runtime: z.literal('nodejs24.x'),
  Tags: noted,
  Timeout: within(1, 900).default(3),
  TracingConfig: noted,
});

export const layerSchema = z.strictObject({
  CompatibleArchitectures: noted,
  CompatibleRuntimes: z
    .array(text)
    .refine((runtimes) => runtimes.includes('nodejs24.x'))
    .optional(),
  Content: z.strictObject({ S3Bucket: text, S3Key: text }),
  Description: noted,
  LayerName: text.optional(),
  LicenseInfo: noted,
});

export const invokeConfigSchema = z.strictObject({
  DestinationConfig: onFailure.optional(),
  FunctionName: text,
  MaximumEventAgeInSeconds: within(60, 21_600).default(21_600),
  MaximumRetryAttempts: within(0, 2).default(2),
  Qualifier: z.literal('$LATEST'),
});

export const mappingSchema = z.strictObject({
  BatchSize: within(1, 10_000).optional(),
  BisectBatchOnFunctionError: flag.default(false),
  DestinationConfig: onFailure.optional(),
  Enabled: flag.default(true),
  EventSourceArn: text,
  FilterCriteria: z.strictObject({ Filters: z.array(z.strictObject({ Pattern: text })) }).optional(),
  FunctionName: text,
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  MaximumBatchingWindowInSeconds: within(0, 300).default(0),
  MaximumRecordAgeInSeconds: z.union([number.pipe(z.literal(-1)), within(60, 604_800)]).default(-1),
  MaximumRetryAttempts: within(-1, 10_000).default(-1),
  ParallelizationFactor: z.literal(1).optional(),
  ScalingConfig: z.strictObject({ MaximumConcurrency: within(2, 1_000) }).optional(),
  StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST']).default('TRIM_HORIZON'),
  Tags: noted,
});

export const scheduleSchema = z.strictObject({
  Description: noted,
  EndDate: text.optional(),
  // Within a flexible window AWS chooses the moment: nothing that a test could rely on.
  FlexibleTimeWindow: z.strictObject({ Mode: z.literal('OFF') }),
  GroupName: text.optional(),
  Name: text.optional(),
  ScheduleExpression: text,
  ScheduleExpressionTimezone: text.default('UTC'),
  StartDate: text.optional(),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Target: z.strictObject({
    Arn: text,
    DeadLetterConfig: z.strictObject({ Arn: text }).optional(),
    Input: text.optional(),
    // Of the start itself; what has to do with the function is in its own settings.
    RetryPolicy: z
      .strictObject({
        MaximumEventAgeInSeconds: within(60, 86_400).optional(),
        MaximumRetryAttempts: within(0, 185).optional(),
      })
      .optional(),
    RoleArn: text,
  }),
});

/** CloudFormation takes `renderingFailure` and `RENDERING_FAILURE`. */
const mailEventType = text
  .transform((name) => name.replaceAll('_', '').toLowerCase())
  .pipe(z.enum(['send', 'delivery', 'bounce', 'complaint', 'reject', 'renderingfailure']));

export const mailDestinationSchema = z.strictObject({
  ConfigurationSetName: text,
  EventDestination: z.strictObject({
    Enabled: flag.default(false),
    EventBridgeDestination: z.strictObject({ EventBusArn: text.endsWith(':event-bus/default') }),
    MatchingEventTypes: z.array(mailEventType).min(1),
    Name: noted,
  }),
});

export const eventRuleSchema = z.strictObject({
  Description: noted,
  EventBusName: text.regex(/(^|:event-bus\/)default$/).optional(),
  EventPattern: z.record(text, z.unknown()),
  Name: text.optional(),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Tags: noted,
  // At most five: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
  Targets: z
    .array(
      z.strictObject({
        Arn: text,
        DeadLetterConfig: z.strictObject({ Arn: text }).optional(),
        Id: text,
        RetryPolicy: noted,
      }),
    )
    .min(1)
    .max(5),
});

export const queueSchema = z.strictObject({
  DelaySeconds: within(0, 900).default(0),
  KmsMasterKeyId: text.optional(),
  MessageRetentionPeriod: within(60, 1_209_600).default(345_600),
  QueueName: text.optional(),
  ReceiveMessageWaitTimeSeconds: noted,
  RedriveAllowPolicy: noted,
  RedrivePolicy: z.strictObject({ deadLetterTargetArn: text, maxReceiveCount: within(1, 1_000) }).optional(),
  SqsManagedSseEnabled: noted,
  Tags: noted,
  VisibilityTimeout: within(0, 43_200).default(30),
});

export const bucketSchema = z.strictObject({
  AccessControl: noted,
  BucketEncryption: z
    .strictObject({
      ServerSideEncryptionConfiguration: one(
        z.looseObject({
          ServerSideEncryptionByDefault: z
            .strictObject({
              KMSMasterKeyID: text.optional(),
              SSEAlgorithm: z.enum(['AES256', 'aws:kms', 'aws:kms:dsse']),
            })
            .optional(),
        }),
      ),
    })
    .optional(),
  BucketName: text.optional(),
  CorsConfiguration: z
    .strictObject({
      CorsRules: z.array(
        z.strictObject({
          AllowedHeaders: z.array(text).default([]),
          AllowedMethods: z.array(z.enum(['GET', 'PUT', 'POST', 'DELETE', 'HEAD'])),
          AllowedOrigins: z.array(text),
          ExposedHeaders: z.array(text).default([]),
          Id: noted,
          MaxAge: number.optional(),
        }),
      ),
    })
    .optional(),
  LifecycleConfiguration: z
    .strictObject({
      Rules: z.array(
        z.strictObject({
          AbortIncompleteMultipartUpload: noted,
          ExpirationInDays: within(1, 36_500).optional(),
          ExpiredObjectDeleteMarker: flag.default(false),
          Id: noted,
          NoncurrentVersionExpiration: z.strictObject({ NoncurrentDays: within(1, 36_500) }).optional(),
          Prefix: text.default(''),
          Status: z.enum(['Enabled', 'Disabled']),
        }),
      ),
      TransitionDefaultMinimumObjectSize: noted,
    })
    .optional(),
  LoggingConfiguration: noted,
  NotificationConfiguration: z
    .strictObject({ EventBridgeConfiguration: z.strictObject({ EventBridgeEnabled: flag.default(true) }) })
    .optional(),
  OwnershipControls: noted,
  PublicAccessBlockConfiguration: noted,
  Tags: noted,
  VersioningConfiguration: z.strictObject({ Status: text }).optional(),
});

export const malwarePlanSchema = z.strictObject({
  Actions: z
    .strictObject({ Tagging: z.strictObject({ Status: z.enum(['ENABLED', 'DISABLED']) }).optional() })
    .optional(),
  ProtectedResource: z.strictObject({
    S3Bucket: z.strictObject({ BucketName: text, ObjectPrefixes: z.array(text).max(5).default([]) }),
  }),
  Role: text,
  Tags: noted,
});

export const deploymentSchema = z.strictObject({
  DestinationBucketKeyPrefix: text.default(''),
  DestinationBucketName: text,
  DistributionId: noted,
  DistributionPaths: noted,
  OutputObjectKeys: noted,
  Prune: noted,
  RetainOnDelete: noted,
  ServiceToken: text,
  SourceBucketNames: z.array(text),
  SourceObjectKeys: z.array(text),
  SystemMetadata: z.record(text, text).default({}),
  WaitForDistributionInvalidation: noted,
});

export const apiSchema = z.strictObject({
  Description: noted,
  DisableExecuteApiEndpoint: noted,
  Name: noted,
  ProtocolType: z.literal('HTTP'),
  Tags: noted,
});

export const integrationSchema = z.strictObject({
  ApiId: text,
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: text,
  PayloadFormatVersion: z.literal('2.0'),
  TimeoutInMillis: within(50, 30_000).default(30_000),
});

const routeKey = /^(\$default|(ANY|GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) \/[^\s]*)$/;

export const routeSchema = z.strictObject({
  ApiId: text,
  AuthorizationType: z.literal('NONE').optional(),
  RouteKey: text.regex(routeKey, '$default, or a method and a path'),
  Target: text.startsWith('integrations/'),
});

export const stageSchema = z.strictObject({
  AccessLogSettings: noted,
  ApiId: text,
  AutoDeploy: noted,
  DefaultRouteSettings: z
    .looseObject({ ThrottlingBurstLimit: number.optional(), ThrottlingRateLimit: number.optional() })
    .optional(),
  Description: noted,
  StageName: z.literal('$default'),
  Tags: noted,
});

const behaviour = z.strictObject({
  AllowedMethods: z.array(text).default(['GET', 'HEAD']),
  CachedMethods: noted,
  CachePolicyId: noted,
  Compress: noted,
  OriginRequestPolicyId: noted,
  PathPattern: text.optional(),
  ResponseHeadersPolicyId: text.optional(),
  TargetOriginId: text,
  ViewerProtocolPolicy: noted,
});

export const distributionSchema = z.looseObject({
  DistributionConfig: z.strictObject({
    Aliases: noted,
    CacheBehaviors: z.array(behaviour).default([]),
    Comment: noted,
    DefaultCacheBehavior: behaviour,
    Enabled: noted,
    HttpVersion: noted,
    IPV6Enabled: noted,
    Logging: noted,
    Origins: z.array(
      z.strictObject({
        CustomOriginConfig: noted,
        DomainName: text,
        Id: text,
        OriginAccessControlId: noted,
        OriginCustomHeaders: z.array(z.strictObject({ HeaderName: text, HeaderValue: text })).default([]),
        OriginShield: noted,
        S3OriginConfig: noted,
      }),
    ),
    PriceClass: noted,
    ViewerCertificate: noted,
    WebACLId: noted,
  }),
});

const override = { Override: flag };

export const headersPolicySchema = z.strictObject({
  ResponseHeadersPolicyConfig: z.strictObject({
    Comment: noted,
    CustomHeadersConfig: z
      .strictObject({ Items: z.array(z.strictObject({ Header: text, Value: text, ...override })) })
      .optional(),
    Name: text,
    SecurityHeadersConfig: z
      .strictObject({
        ContentSecurityPolicy: z.strictObject({ ContentSecurityPolicy: text, ...override }).optional(),
        ContentTypeOptions: z.strictObject(override).optional(),
        FrameOptions: z.strictObject({ FrameOption: text, ...override }).optional(),
        ReferrerPolicy: z.strictObject({ ReferrerPolicy: text, ...override }).optional(),
        StrictTransportSecurity: z
          .strictObject({
            AccessControlMaxAgeSec: number,
            IncludeSubdomains: flag.default(false),
            Preload: flag.default(false),
            ...override,
          })
          .optional(),
      })
      .optional(),
  }),
});

const statement = z.record(text, z.unknown());

/** Earlier versions have no policy variables, and are nothing that anybody writes. */
export const documentSchema = z.strictObject({
  Id: noted,
  Statement: z.union([z.array(statement), statement.transform((only) => [only])]),
  Version: z.literal('2012-10-17'),
});

/** Without PermissionsBoundary, which would take away what the policies grant. */
export const roleSchema = z.strictObject({
  AssumeRolePolicyDocument: documentSchema,
  Description: noted,
  ManagedPolicyArns: z.array(text).default([]),
  MaxSessionDuration: noted,
  Path: z.literal('/').optional(),
  Policies: z.array(z.strictObject({ PolicyDocument: documentSchema, PolicyName: noted })).default([]),
  RoleName: text.optional(),
  Tags: noted,
});

export const policySchema = z.looseObject({
  PolicyDocument: documentSchema,
  Roles: z.array(text).default([]),
});

export const queuePolicySchema = z.strictObject({ PolicyDocument: documentSchema, Queues: z.array(text) });

export const bucketPolicySchema = z.strictObject({ Bucket: text, PolicyDocument: documentSchema });

export const permissionSchema = z.strictObject({
  Action: text,
  FunctionName: text,
  Principal: text,
  SourceAccount: text.optional(),
  SourceArn: text.optional(),
});

export const encryptionKeySchema = z.strictObject({
  BypassPolicyLockoutSafetyCheck: noted,
  Description: noted,
  Enabled: z.literal(true).optional(),
  EnableKeyRotation: noted,
  KeyPolicy: documentSchema.optional(),
  KeySpec: z.literal('SYMMETRIC_DEFAULT').optional(),
  KeyUsage: z.literal('ENCRYPT_DECRYPT').optional(),
  MultiRegion: noted,
  PendingWindowInDays: noted,
  RotationPeriodInDays: noted,
  Tags: noted,
});

export const aliasSchema = z.strictObject({ AliasName: text.startsWith('alias/'), TargetKeyId: text });

/** The checked properties of a resource. Throws a TemplateError that names what is unknown or unusable. */
export function readProperties<T extends z.ZodType>(schema: T, resource: ResolvedResource): z.output<T> {
  const parsed = schema.safeParse(resource.properties);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = [resource.type, ...(issue?.path ?? [])].join('.');
  throw new TemplateError(
    resource.stack,
    resource.logicalId,
    `${where}: ${issue?.message}. The laptop cannot play that.`,
  );
}
