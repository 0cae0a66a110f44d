import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { HttpMethods, type IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { newObjects, ofOurMail, scanResults } from '../constructs/event-patterns.ts';
import { EventRule, type EventRuleProps } from '../constructs/event-rule.ts';
import { MalwareScan } from '../constructs/malware-scan.ts';
import { PrivateBucket } from '../constructs/private-bucket.ts';
import { SingleTable } from '../constructs/single-table.ts';
import { StaffPool } from '../constructs/staff-pool.ts';
import { WorkQueue } from '../constructs/work-queue.ts';
import type { Stage } from '../stages.ts';
import { type WorkQueueName, workerTimeout } from './functions.ts';

/** The rules of the default event bus, each of which fills a queue. */
export type EventRuleName = 'mail-events' | 'uploads' | 'scan-results' | 'inspections';

/**
 * What must never be lost. Everything in here is retained when the stack is deleted, and keeps its logical id
 * when the code is rearranged. The queues are here because a message in them exists nowhere else,
 * and so are the rules that fill some of them: what SES, S3 and GuardDuty tell, they tell once.
 */
export class DataStack extends Stack {
  readonly table: SingleTable;
  /** Quarantine: what was uploaded and is not checked yet. */
  readonly uploads: PrivateBucket;
  /** The archive. */
  readonly documents: PrivateBucket;
  /** The index of the archive. */
  readonly search: PrivateBucket;
  readonly queues: Readonly<Record<WorkQueueName, WorkQueue>>;
  readonly rules: Readonly<Record<EventRuleName, EventRule>>;
  readonly #staffPool: StaffPool | null;

  constructor(scope: Construct, id: string, props: StackProps & { stage: Stage }) {
    super(scope, id, props);
    this.table = new SingleTable(this, 'Table', { logicalId: 'Table' });
    const accessLogs = new PrivateBucket(this, 'DataAccessLogs', {
      logicalId: 'DataAccessLogsBucket',
      lifecycleRules: [{ id: 'forget', expiration: Duration.days(props.stage.logRetentionDays) }],
    });
    this.uploads = this.#addUploads(props.stage, accessLogs.bucket);
    this.documents = new PrivateBucket(this, 'Documents', {
      logicalId: 'DocumentsBucket',
      accessLogs: { bucket: accessLogs.bucket, prefix: 'documents/' },
    });
    // Its segments are made of what the table and the archive say, and never change: a deleted one was merged.
    this.search = new PrivateBucket(this, 'Search', {
      logicalId: 'SearchBucket',
      accessLogs: { bucket: accessLogs.bucket, prefix: 'search/' },
      keepOldVersionsFor: Duration.days(7),
    });
    this.queues = {
      mail: this.#addQueue(props.stage, 'MailQueue', 'mail'),
      'mail-events': this.#addQueue(props.stage, 'MailEventsQueue', 'mail-events'),
      mailings: this.#addQueue(props.stage, 'MailingsQueue', 'mailings'),
      uploads: this.#addQueue(props.stage, 'UploadsQueue', 'uploads'),
      // A file that killed its inspector twice would do it five times.
      inspections: this.#addQueue(props.stage, 'InspectionsQueue', 'inspections', 2),
      'document-changes': this.#addQueue(props.stage, 'DocumentChangesQueue', 'document-changes'),
    };
    if (props.stage.malwareScan === 'guardduty') {
      new MalwareScan(this, 'MalwareScan', { bucket: this.uploads.bucket, prefix: 'files/' });
    }
    this.rules = this.#addRules(props.stage);
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

  /**
   * A page of ours may send a file here by a script. What was not taken into the archive after a week never will be, and
   * nobody wants an older version of it back.
   */
  #addUploads({ service }: Stage, accessLogs: IBucket): PrivateBucket {
    return new PrivateBucket(this, 'Uploads', {
      logicalId: 'UploadsBucket',
      accessLogs: { bucket: accessLogs, prefix: 'uploads/' },
      lifecycleRules: [{ id: 'forget', expiration: Duration.days(7) }],
      keepOldVersionsFor: Duration.days(1),
      cors: [
        {
          allowedOrigins: [service.publicUrl],
          allowedMethods: [HttpMethods.POST],
          exposedHeaders: ['ETag'],
          maxAge: Duration.hours(1).toSeconds(),
        },
      ],
      tellsEventBus: true,
    });
  }

  #addRules(stage: Stage): Record<EventRuleName, EventRule> {
    const { bucket } = this.uploads;
    const add = (id: string, props: Omit<EventRuleProps, 'stage' | 'queue'>, queue: WorkQueueName) =>
      new EventRule(this, id, { ...props, stage, queue: this.queues[queue].queue });
    return {
      'mail-events': add(
        'MailEvents',
        { name: 'mail-events', description: 'What SES tells of our mail', pattern: ofOurMail(stage) },
        'mail-events',
      ),
      uploads: add(
        'UploadEvents',
        {
          name: 'uploads',
          description: 'Files that were uploaded, and what their inspection found',
          pattern: newObjects(bucket, ['files/', 'inspected/']),
        },
        'uploads',
      ),
      'scan-results': add(
        'ScanResults',
        {
          name: 'scan-results',
          description: 'Whether GuardDuty found malware in a file',
          pattern: scanResults(bucket),
        },
        'uploads',
      ),
      inspections: add(
        'InspectionEvents',
        {
          name: 'inspections',
          description: 'Files that are to be inspected',
          pattern: newObjects(bucket, ['files/']),
        },
        'inspections',
      ),
    };
  }

  #addQueue(stage: Stage, logicalId: string, name: WorkQueueName, attempts = 5): WorkQueue {
    return new WorkQueue(this, logicalId, {
      logicalId,
      queueName: `folkmoot-${stage.name}-${name}`,
      workerTimeoutSeconds: workerTimeout(name),
      attempts,
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
