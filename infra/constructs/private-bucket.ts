import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  CfnBucket,
  type CorsRule,
  type IBucket,
  type LifecycleRule,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { allow } from './allow.ts';
import { pinLogicalId } from './pin-logical-id.ts';

export type PrivateBucketProps = {
  logicalId: string;
  /** Where requests are recorded; a bucket that holds such records has none. */
  accessLogs?: { bucket: IBucket; prefix: string };
  lifecycleRules?: LifecycleRule[];
  /** How long what was replaced or deleted can be brought back; left out: 90 days. */
  keepOldVersionsFor?: Duration;
  /** Which pages may send something here by a script. */
  cors?: CorsRule[];
  /** CloudFront hands its logs over through an ACL, and only there it is needed. */
  acceptsAcls?: boolean;
  /** Whether S3 tells EventBridge's default bus of what happens to its objects. */
  tellsEventBus?: boolean;
};

const quarter = Duration.days(90);

/** A bucket that nobody outside reaches: TLS 1.2 only, encrypted, versioned, kept when the stack goes. */
export class PrivateBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      // S3's own key is enough: nobody reads the bucket without a grant, and a key of ours is billed by the object.
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      objectOwnership: props.acceptsAcls
        ? ObjectOwnership.OBJECT_WRITER
        : ObjectOwnership.BUCKET_OWNER_ENFORCED,
      lifecycleRules: [
        {
          id: 'tidy',
          abortIncompleteMultipartUploadAfter: Duration.days(7),
          noncurrentVersionExpiration: props.keepOldVersionsFor ?? quarter,
          // Nothing is left of what was deleted but the marker that says so.
          expiredObjectDeleteMarker: true,
        },
        ...(props.lifecycleRules ?? []),
      ],
      ...(props.cors && { cors: props.cors }),
      ...(props.accessLogs && {
        serverAccessLogsBucket: props.accessLogs.bucket,
        serverAccessLogsPrefix: props.accessLogs.prefix,
      }),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    if (props.tellsEventBus) tellEventBus(this.bucket);
    pinLogicalId(this.bucket, props.logicalId);
  }

  /**
   * Lets a function do these things with the objects whose keys begin so, and no others, and tells it the bucket's name
   * in a variable. `lists`: it may also ask which objects there are, without which S3 does not even tell it that one is
   * missing.
   */
  allow(
    user: LambdaFunction,
    variable: string,
    {
      objects,
      lists = [],
    }: { objects: Readonly<Record<string, readonly string[]>>; lists?: readonly string[] },
  ): void {
    user.addEnvironment(variable, this.bucket.bucketName);
    const patterns = new Set<string>();
    for (const [action, prefixes] of Object.entries(objects)) {
      const below = prefixes.map((prefix) => `${prefix}*`);
      const resources = below.map((pattern) => this.bucket.arnForObjects(pattern));
      allow(user, [`s3:${action}`], resources);
      for (const pattern of below) patterns.add(pattern);
    }
    allow(
      user,
      lists.map((action) => `s3:${action}`),
      [this.bucket.bucketArn],
    );
    const arn = this.#arnAsSeenFrom(Stack.of(user));
    for (const pattern of patterns)
      acknowledge(user.role ?? user, {
        [`AwsSolutions-IAM5[Resource::${arn}/${pattern}]`]:
          'The names of objects are made when they come: what the function may reach is told by how they begin.',
      });
  }

  /** What cdk-nag calls the bucket's ARN: by its logical id, or in another stack by the export that carries it there. */
  #arnAsSeenFrom(stack: Stack): string {
    const own = Stack.of(this.bucket);
    if (own === stack) return `<${own.resolve((this.bucket.node.defaultChild as CfnBucket).logicalId)}.Arn>`;
    return stack.resolve(own.exportValue(this.bucket.bucketArn))['Fn::ImportValue'];
  }
}

/** The CDK's own setting does this by a function that runs while somebody deploys; CloudFormation can do it itself. */
function tellEventBus({ node }: Bucket): void {
  const bucket = node.defaultChild;
  if (!CfnBucket.isCfnBucket(bucket)) throw new Error(`${node.path} is not one bucket.`);
  bucket.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
}
