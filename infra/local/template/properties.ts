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
  Replicas: one(z.looseObject({ Region: text })),
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
  FunctionName: text.optional(),
  Handler: text,
  LoggingConfig: noted,
  MemorySize: number.default(128),
  ReservedConcurrentExecutions: number.optional(),
  Role: text,
  Runtime: z.literal('nodejs24.x'),
  Tags: noted,
  Timeout: number.default(3),
  TracingConfig: noted,
});

export const invokeConfigSchema = z.strictObject({
  DestinationConfig: onFailure.optional(),
  FunctionName: text,
  MaximumEventAgeInSeconds: number.default(21_600),
  MaximumRetryAttempts: number.default(2),
  Qualifier: z.literal('$LATEST'),
});

export const mappingSchema = z.strictObject({
  BatchSize: number.optional(),
  BisectBatchOnFunctionError: flag.default(false),
  DestinationConfig: onFailure.optional(),
  Enabled: flag.default(true),
  EventSourceArn: text,
  FilterCriteria: z.strictObject({ Filters: z.array(z.strictObject({ Pattern: text })) }).optional(),
  FunctionName: text,
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  MaximumBatchingWindowInSeconds: number.default(0),
  MaximumRecordAgeInSeconds: number.default(-1),
  MaximumRetryAttempts: number.default(-1),
  ParallelizationFactor: z.literal(1).optional(),
  ScalingConfig: z.strictObject({ MaximumConcurrency: number }).optional(),
  StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST']).default('TRIM_HORIZON'),
  Tags: noted,
});

export const scheduleSchema = z.strictObject({
  Description: noted,
  EndDate: text.optional(),
  FlexibleTimeWindow: z.looseObject({ Mode: text }),
  GroupName: noted,
  Name: text.optional(),
  ScheduleExpression: text,
  ScheduleExpressionTimezone: text.default('UTC'),
  StartDate: text.optional(),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Target: z.strictObject({
    Arn: text,
    DeadLetterConfig: z.strictObject({ Arn: text }).optional(),
    Input: text.optional(),
    RetryPolicy: noted,
    RoleArn: text,
  }),
});

export const queueSchema = z.strictObject({
  DelaySeconds: number.default(0),
  KmsMasterKeyId: noted,
  MessageRetentionPeriod: number.default(345_600),
  QueueName: text.optional(),
  ReceiveMessageWaitTimeSeconds: noted,
  RedriveAllowPolicy: noted,
  RedrivePolicy: z.strictObject({ deadLetterTargetArn: text, maxReceiveCount: number }).optional(),
  SqsManagedSseEnabled: noted,
  Tags: noted,
  VisibilityTimeout: number.default(30),
});

export const bucketSchema = z.strictObject({
  AccessControl: noted,
  BucketEncryption: noted,
  BucketName: text.optional(),
  CorsConfiguration: noted,
  LifecycleConfiguration: noted,
  LoggingConfiguration: noted,
  OwnershipControls: noted,
  PublicAccessBlockConfiguration: noted,
  Tags: noted,
  VersioningConfiguration: z.strictObject({ Status: text }).optional(),
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
  TimeoutInMillis: number.default(30_000),
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

const document = z.looseObject({ Statement: z.array(z.record(text, z.unknown())) });

export const roleSchema = z.looseObject({
  ManagedPolicyArns: z.array(text).default([]),
  Policies: z.array(z.looseObject({ PolicyDocument: document })).default([]),
});

export const policySchema = z.looseObject({ PolicyDocument: document, Roles: z.array(text).default([]) });

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
