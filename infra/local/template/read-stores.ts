import type * as z from 'zod';
import type { Assembly } from './assembly.ts';
import type { Bucket, BucketDeployment, CorsRule, ExpiryRule, Queue, Table } from './inventory.ts';
import { bucketSchema, deploymentSchema, queueSchema, readProperties, tableSchema } from './properties.ts';
import { customerKey } from './read-keys.ts';
import { readBucketPolicies, readQueuePolicies } from './read-policies.ts';
import type { ResolvedResource } from './resolve.ts';
import type { Resources } from './resources.ts';
import { TemplateError } from './template-error.ts';

export function readTables(resources: Resources): Table[] {
  return resources.ofType('AWS::DynamoDB::GlobalTable').map((resource) => {
    const properties = readProperties(tableSchema, resource);
    const expiry = properties.TimeToLiveSpecification;
    return {
      name: resource.physicalName,
      arn: resource.arn ?? '',
      keySchema: properties.KeySchema,
      attributes: properties.AttributeDefinitions,
      indexes: properties.GlobalSecondaryIndexes,
      streamView: properties.StreamSpecification?.StreamViewType,
      expiryAttribute: expiry?.Enabled ? expiry.AttributeName : undefined,
      encryptionKey: customerKey(
        properties.Replicas[0].SSESpecification?.KMSMasterKeyId,
        resource,
        resources,
      ),
    };
  });
}

export function readQueues(resources: Resources): Queue[] {
  return resources.ofType('AWS::SQS::Queue').map((resource) => {
    const properties = readProperties(queueSchema, resource);
    const redrive = properties.RedrivePolicy;
    return {
      name: resource.physicalName,
      arn: resource.arn ?? '',
      visibilityTimeoutSeconds: properties.VisibilityTimeout,
      retentionSeconds: properties.MessageRetentionPeriod,
      delaySeconds: properties.DelaySeconds,
      redrive: redrive && {
        deadLetterQueue: resources.queueName(redrive.deadLetterTargetArn, resource),
        maxReceiveCount: redrive.maxReceiveCount,
      },
      policies: readQueuePolicies(resource, resources),
      encryptionKey: customerKey(properties.KmsMasterKeyId, resource, resources),
    };
  });
}

export function readBuckets(resources: Resources): Bucket[] {
  return resources.ofType('AWS::S3::Bucket').map((resource) => {
    const properties = readProperties(bucketSchema, resource);
    return {
      name: resource.physicalName,
      logicalId: resource.logicalId,
      versioned: properties.VersioningConfiguration?.Status === 'Enabled',
      tellsEventBus:
        properties.NotificationConfiguration?.EventBridgeConfiguration.EventBridgeEnabled ?? false,
      corsRules: readCorsRules(properties),
      expiryRules: readExpiryRules(properties),
      policies: readBucketPolicies(resource, resources),
      encryptionKey: bucketKey(properties.BucketEncryption, resource, resources),
    };
  });
}

type BucketProperties = z.output<typeof bucketSchema>;

const readCorsRules = ({ CorsConfiguration }: BucketProperties): CorsRule[] =>
  (CorsConfiguration?.CorsRules ?? []).map((rule) => ({
    origins: rule.AllowedOrigins,
    methods: rule.AllowedMethods,
    headers: rule.AllowedHeaders,
    exposedHeaders: rule.ExposedHeaders,
    maxAgeSeconds: rule.MaxAge,
  }));

const readExpiryRules = ({ LifecycleConfiguration }: BucketProperties): ExpiryRule[] =>
  (LifecycleConfiguration?.Rules ?? [])
    .filter(({ Status }) => Status === 'Enabled')
    .map((rule) => ({
      prefix: rule.Prefix,
      days: rule.ExpirationInDays,
      noncurrentDays: rule.NoncurrentVersionExpiration?.NoncurrentDays,
      lonelyMarkers: rule.ExpiredObjectDeleteMarker,
    }));

/** Without an id, a bucket that is encrypted by KMS takes the key that AWS manages for S3. */
function bucketKey(
  encryption: BucketProperties['BucketEncryption'],
  resource: ResolvedResource,
  resources: Resources,
): string | undefined {
  const rule = encryption?.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault;
  return rule?.SSEAlgorithm === 'AES256' ? undefined : customerKey(rule?.KMSMasterKeyID, resource, resources);
}

export function readDeployments(resources: Resources, assembly: Assembly): BucketDeployment[] {
  return resources.ofType('Custom::CDKBucketDeployment').map((resource) => {
    const properties = readProperties(deploymentSchema, resource);
    const bucket = resources.find('AWS::S3::Bucket', properties.DestinationBucketName, resource);
    return {
      bucket: bucket.physicalName,
      prefix: properties.DestinationBucketKeyPrefix,
      sources: properties.SourceObjectKeys.map((key) => {
        const source = assembly.assets.get(key);
        if (!source) throw new TemplateError(resource.stack, resource.logicalId, `there is no asset ${key}.`);
        return source;
      }),
      headers: properties.SystemMetadata,
    };
  });
}
