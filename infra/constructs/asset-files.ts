import { existsSync } from 'node:fs';
import path from 'node:path';
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import type { Stage } from '../stages.ts';
import { acknowledge } from './acknowledge.ts';
import { findLogicalId } from './pin-logical-id.ts';

/** The function that copies the files is the CDK's own and runs only while somebody deploys. */
function acknowledgeProvider(deployment: BucketDeployment, bucket: IBucket): void {
  const provider = deployment.handlerRole.node.scope;
  if (!provider) throw new Error('The bucket deployment has no provider.');
  const { region } = Stack.of(deployment);
  const asterisks = [
    'Action::s3:GetBucket*',
    'Action::s3:GetObject*',
    'Action::s3:List*',
    'Action::s3:Abort*',
    'Action::s3:DeleteObject*',
    `Resource::arn:aws:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-${region}/*`,
    `Resource::<${findLogicalId(bucket)}.Arn>/*`,
  ];
  const copying = 'It copies from the bucket of the CDK to the assets bucket, and reaches no other.';
  acknowledge(provider, {
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]':
      'The CDK gives its own provider the basic policy for writing logs.',
    'AwsSolutions-L1': 'The runtime is the one that the pinned version of the CDK was tested with.',
    ...Object.fromEntries(asterisks.map((finding) => [`AwsSolutions-IAM5[${finding}]`, copying])),
  });
}

/**
 * Puts the stylesheet, script and images that the build step made under assets/ in a bucket. What an earlier
 * deployment put there stays, because a page that somebody opened before still asks for it.
 */
export class AssetFiles extends Construct {
  constructor(scope: Construct, id: string, props: { stage: Stage; bucket: IBucket; buildFolder: string }) {
    super(scope, id);
    const builtAssets = path.join(props.buildFolder, 'assets');
    if (!existsSync(builtAssets))
      throw new Error('The assets are not built (no build/assets). Run: npm run build');
    const deployment = new BucketDeployment(this, 'Deployment', {
      sources: [Source.asset(builtAssets)],
      destinationBucket: props.bucket,
      destinationKeyPrefix: 'assets/',
      prune: false,
      retainOnDelete: true,
      cacheControl: [CacheControl.fromString('public, max-age=31536000, immutable')],
      logGroup: new LogGroup(this, 'Logs', {
        retention: props.stage.logRetentionDays as RetentionDays,
        removalPolicy: RemovalPolicy.DESTROY,
      }),
    });
    acknowledgeProvider(deployment, props.bucket);
  }
}
