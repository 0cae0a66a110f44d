import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  Billing,
  ProjectionType,
  StreamViewType,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { type Conditions, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { allow } from './allow.ts';
import { pinLogicalId } from './pin-logical-id.ts';

const indexes = ['gsi1', 'gsi2'] as const;

/**
 * What a function does with the table, by the names of DynamoDB's actions. A transaction needs the actions of its
 * parts; ConditionCheckItem is the part that only looks. There is no Scan on purpose: no request may read the
 * whole table. `Query` is about the table itself, `indexes` are those that are queried, too. With `partitions` it
 * reaches only items whose partition key (adapters/dynamo/keys.ts) matches one of these patterns.
 */
export type TableUse = {
  reads: readonly ('GetItem' | 'BatchGetItem' | 'Query' | 'ConditionCheckItem')[];
  writes?: readonly ('PutItem' | 'UpdateItem' | 'DeleteItem')[];
  indexes?: readonly (typeof indexes)[number][];
  partitions?: readonly string[];
};

/** Partitions with what was done (adapters/dynamo/keys.ts), and with what proves that it is as it was written. */
const auditEntries = ['AUDIT#*'];
const auditSeals = ['AUDIT-SEAL#*', 'AUDIT-DAYS'];

/**
 * The one table: keys `pk` and `sk`, two indexes with all attributes, expiry by `expiresAt` (seconds since
 * 1970), a stream, recovery to any second of the last 35 days, and no way to delete it by accident.
 */
export class SingleTable extends Construct {
  readonly table: TableV2;

  constructor(scope: Construct, id: string, props: { logicalId: string }) {
    super(scope, id);
    this.table = new TableV2(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      globalSecondaryIndexes: indexes.map((indexName) => ({
        indexName,
        partitionKey: { name: `${indexName}pk`, type: AttributeType.STRING },
        sortKey: { name: `${indexName}sk`, type: AttributeType.STRING },
        projectionType: ProjectionType.ALL,
      })),
      billing: Billing.onDemand(),
      timeToLiveAttribute: 'expiresAt',
      // Both images: changing the view later gives the stream another ARN and interrupts its readers.
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      // The key that AWS keeps for this account: its use is in CloudTrail, and nobody can delete it by accident.
      encryption: TableEncryptionV2.awsManagedKey(),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    pinLogicalId(this.table, props.logicalId);
  }

  /** Lets a function use the table in this way and no other, and tells it the table's name in TABLE_NAME. */
  allow(user: LambdaFunction, { reads, writes = [], indexes: queried = [], partitions }: TableUse): void {
    const { tableArn, tableName } = this.table;
    user.addEnvironment('TABLE_NAME', tableName);
    allow(user, [...reads, ...writes].map(dynamodb), [tableArn], partitions && within(partitions));
    this.#keepTrail(user, { mayWriteSeals: auditSeals.every((seals) => partitions?.includes(seals)) });
    for (const index of queried) allow(user, [dynamodb('Query')], [`${tableArn}/index/${index}`]);
  }

  /**
   * Whatever a function is allowed now or later: it cannot change or delete what it wrote into the audit trail, and
   * only the one that seals can add to the seals. PutItem over an entry that is there cannot be told from a first one
   * by IAM: the code writes on condition that there is none, and the seal tells when somebody did otherwise.
   */
  #keepTrail(user: LambdaFunction, { mayWriteSeals }: { mayWriteSeals: boolean }): void {
    this.#deny(user, ['UpdateItem', 'DeleteItem'], [...auditEntries, ...auditSeals]);
    if (!mayWriteSeals) this.#deny(user, ['PutItem'], auditSeals);
  }

  #deny(user: LambdaFunction, actions: readonly string[], partitions: readonly string[]): void {
    user.addToRolePolicy(
      new PolicyStatement({
        effect: Effect.DENY,
        actions: actions.map(dynamodb),
        resources: [this.table.tableArn],
        conditions: { 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': [...partitions] } },
      }),
    );
  }

  /** The ARN of the table's stream. */
  get streamArn(): string {
    if (this.table.tableStreamArn) return this.table.tableStreamArn;
    throw new Error(`${this.node.path} has no stream.`);
  }
}

/** ForAllValues alone is content with a request that names no partition at all. */
const within = (partitions: readonly string[]): Conditions => ({
  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...partitions] },
  Null: { 'dynamodb:LeadingKeys': 'false' },
});

const dynamodb = (action: string): string => `dynamodb:${action}`;
