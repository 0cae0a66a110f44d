import type { Assembly } from './assembly.ts';
import type { Bucket, BucketDeployment, Queue, Table } from './inventory.ts';
import { bucketSchema, deploymentSchema, queueSchema, readProperties, tableSchema } from './properties.ts';
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
    };
  });
}

export function readBuckets(resources: Resources): Bucket[] {
  return resources.ofType('AWS::S3::Bucket').map((resource) => ({
    name: resource.physicalName,
    logicalId: resource.logicalId,
    versioned: readProperties(bucketSchema, resource).VersioningConfiguration?.Status === 'Enabled',
  }));
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
