import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  Billing,
  ProjectionType,
  StreamViewType,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { pinLogicalId } from './pin-logical-id.ts';

const indexes = ['gsi1', 'gsi2'] as const;

/** What a function may do with the table. There is no Scan on purpose: no request may read the whole table. */
export const tableActions = {
  'read-write': [
    'dynamodb:GetItem',
    'dynamodb:BatchGetItem',
    'dynamodb:Query',
    'dynamodb:PutItem',
    'dynamodb:UpdateItem',
    'dynamodb:DeleteItem',
    'dynamodb:ConditionCheckItem',
  ],
  'read-update': ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
} as const;

export type TableUse = keyof typeof tableActions;

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
      encryption: TableEncryptionV2.awsManagedKey(),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    pinLogicalId(this.table, props.logicalId);
  }

  /** Lets a function use the table, and tells it the table's name in TABLE_NAME. */
  allow(user: LambdaFunction, use: TableUse): void {
    const { tableArn, tableName } = this.table;
    const reachesIndexes = use === 'read-write';
    user.addEnvironment('TABLE_NAME', tableName);
    user.addToRolePolicy(
      new PolicyStatement({
        actions: [...tableActions[use]],
        resources: [
          tableArn,
          ...(reachesIndexes ? indexes.map((index) => `${tableArn}/index/${index}`) : []),
        ],
      }),
    );
  }
}
