import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { PrivateBucket } from '../constructs/private-bucket.ts';
import { SingleTable } from '../constructs/single-table.ts';
import { WorkQueue } from '../constructs/work-queue.ts';
import type { Stage } from '../stages.ts';
import { functions } from './functions.ts';

/**
 * What must never be lost. Everything in here is retained when the stack is deleted, and keeps its logical id
 * when the code is rearranged. The mail queue is here because a message in it exists nowhere else.
 */
export class DataStack extends Stack {
  readonly table: SingleTable;
  readonly uploads: PrivateBucket;
  readonly mailQueue: WorkQueue;

  constructor(scope: Construct, id: string, props: StackProps & { stage: Stage }) {
    super(scope, id, props);
    this.table = new SingleTable(this, 'Table', { logicalId: 'Table' });
    const accessLogs = new PrivateBucket(this, 'DataAccessLogs', {
      logicalId: 'DataAccessLogsBucket',
      lifecycleRules: [{ id: 'forget', expiration: Duration.days(props.stage.logRetentionDays) }],
    });
    this.uploads = new PrivateBucket(this, 'Uploads', {
      logicalId: 'UploadsBucket',
      accessLogs: { bucket: accessLogs.bucket, prefix: 'uploads/' },
    });
    this.mailQueue = new WorkQueue(this, 'MailQueue', {
      logicalId: 'MailQueue',
      queueName: `folkmoot-${props.stage.name}-mail`,
      workerTimeoutSeconds: functions['send-mail'].timeoutSeconds,
      attempts: 5,
    });
    new CfnOutput(this, 'TableName', {
      description: 'For the operator: npx folkmoot ... --stage',
      value: this.table.table.tableName,
    });
  }
}
