import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { MailEventRule } from '../constructs/mail-event-rule.ts';
import { PrivateBucket } from '../constructs/private-bucket.ts';
import { SingleTable } from '../constructs/single-table.ts';
import { StaffPool } from '../constructs/staff-pool.ts';
import { WorkQueue } from '../constructs/work-queue.ts';
import type { Stage } from '../stages.ts';
import { type WorkQueueName, workerTimeout } from './functions.ts';

/**
 * What must never be lost. Everything in here is retained when the stack is deleted, and keeps its logical id
 * when the code is rearranged. The queues are here because a message in them exists nowhere else,
 * and so is the rule that fills one of them: what SES tells, it tells once.
 */
export class DataStack extends Stack {
  readonly table: SingleTable;
  readonly uploads: PrivateBucket;
  readonly queues: Readonly<Record<WorkQueueName, WorkQueue>>;
  readonly mailEvents: MailEventRule;
  readonly #staffPool: StaffPool | null;

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
      tellsEventBus: true,
    });
    this.queues = {
      mail: this.#addQueue(props.stage, 'MailQueue', 'mail'),
      'mail-events': this.#addQueue(props.stage, 'MailEventsQueue', 'mail-events'),
      mailings: this.#addQueue(props.stage, 'MailingsQueue', 'mailings'),
    };
    this.mailEvents = new MailEventRule(this, 'MailEvents', {
      stage: props.stage,
      queue: this.queues['mail-events'].queue,
    });
    this.#staffPool = this.#addStaffPool(props.stage);
    new CfnOutput(this, 'TableName', {
      description: 'For the operator: npx folkmoot ... --stage',
      value: this.table.table.tableName,
    });
  }

  /** Where staff sign in. Throws in a stage that has an issuer elsewhere. */
  staffPool(): StaffPool {
    if (this.#staffPool) return this.#staffPool;
    throw new Error('This stage has an issuer elsewhere and no user pool.');
  }

  #addQueue(stage: Stage, logicalId: string, name: WorkQueueName): WorkQueue {
    return new WorkQueue(this, logicalId, {
      logicalId,
      queueName: `folkmoot-${stage.name}-${name}`,
      workerTimeoutSeconds: workerTimeout(name),
      attempts: 5,
    });
  }

  #addStaffPool({ name, region, signIn, service }: Stage): StaffPool | null {
    if (!('userPool' in signIn)) return null;
    return new StaffPool(this, 'Staff', {
      stageName: name,
      region,
      domainPrefix: signIn.userPool.domainPrefix,
      publicUrl: service.publicUrl,
      groups: Object.keys(signIn.groupRoles),
    });
  }
}
