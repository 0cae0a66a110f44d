import { TimeZone } from 'aws-cdk-lib';
import type { Runbook } from '../constructs/alarms.ts';
import type { Cron } from '../constructs/scheduled-function.ts';
import type { TableUse } from '../constructs/single-table.ts';

/** The queues that functions work on, and what to do when one of them does not move. */
export const queueRunbooks = {
  mail: 'mail-dead-letters',
  'mail-events': 'mail-events-dead-letters',
  mailings: 'mailings-stuck',
  uploads: 'uploads-stuck',
  inspections: 'inspections-stuck',
  'document-changes': 'documents-behind',
} as const satisfies Record<string, Runbook>;
export type WorkQueueName = keyof typeof queueRunbooks;

/** What wakes a function. */
type Trigger =
  | { kind: 'web'; routes: readonly string[] }
  | { kind: 'stream'; entities: readonly string[]; batchSize: number; runbook: Runbook }
  | { kind: 'queue'; queue: WorkQueueName; batchSize: number; maxConcurrency?: number }
  | { kind: 'schedule'; cron: Cron; timeZone: TimeZone };

/**
 * What else a function needs: each brings its permissions and its environment variables together
 * (see `capabilities` in service-stack.ts).
 */
export type Capability =
  | 'queue-mail'
  | 'queue-mailings'
  | 'queue-uploads'
  | 'queue-documents'
  | 'keep-archive'
  | 'show-published'
  | 'take-uploads'
  | 'inspect-uploads'
  | 'publish-documents'
  | 'write-search'
  | 'send-mail'
  | 'mail-quota'
  | 'mailings'
  | 'site'
  | 'sessions'
  | 'limits'
  | 'sign-in';

export type FunctionSpec = {
  trigger: Trigger;
  /** What it does with the table: what it never does is refused, here and in AWS. */
  table?: TableUse;
  needs: readonly Capability[];
  memoryMb: number;
  timeoutSeconds: number;
  /** Folders below layers/ with packages that are not in its bundle. */
  layers?: readonly string[];
  /** What people notice when it fails; becomes the text of its alarms. */
  impact: string;
};

const leastWorkerTimeout = 60;

const london = TimeZone.EUROPE_LONDON;

/**
 * Every function, by the name of its folder below functions/. To add one: a folder there, an entry here.
 * Memory buys processor time, too: a web function answers from a cold start in half the time with 1024 MB.
 */
export const functions = {
  'public-web': {
    trigger: { kind: 'web', routes: ['$default'] },
    table: {
      reads: ['GetItem', 'Query', 'ConditionCheckItem'],
      writes: ['PutItem', 'UpdateItem'],
      indexes: ['gsi1'],
    },
    needs: ['site', 'sessions', 'limits'],
    memoryMb: 1024,
    timeoutSeconds: 10,
    impact: 'Members of the public see an error page, or cannot tell us what they came to say.',
  },
  'subscriptions-web': {
    trigger: {
      kind: 'web',
      routes: [
        '/sign-up',
        '/sign-up/{proxy+}',
        '/preferences',
        '/preferences/{proxy+}',
        '/unsubscribe/{proxy+}',
      ],
    },
    table: {
      reads: ['GetItem', 'Query', 'ConditionCheckItem'],
      writes: ['PutItem', 'UpdateItem', 'DeleteItem'],
      partitions: [
        ...['AREAS', 'AREAS-VERSION', 'SESSION#*', 'DRAFT#*', 'LIMIT#*', 'DAY-SECRET#*', 'RECEIPT#*'],
        ...[
          'SUBSCRIPTION#*',
          'SUBSCRIBERS#*',
          'SIGN-UP#*',
          'SUPPRESSED#*',
          'MAIL-TOKEN-KEY',
          'MAIL#*',
          'AUDIT#*',
        ],
      ],
    },
    needs: ['site', 'sessions', 'limits'],
    memoryMb: 1024,
    timeoutSeconds: 10,
    impact:
      'People cannot sign up to hear from us, change what they hear, or leave, which they have a right to.',
  },
  'staff-web': {
    trigger: {
      kind: 'web',
      routes: [
        '/staff',
        '/staff/{proxy+}',
        '/sign-in',
        '/sign-in/{proxy+}',
        '/sign-out',
        '/signed-out',
        '/invitation/{secret}',
      ],
    },
    table: {
      reads: ['GetItem', 'Query', 'ConditionCheckItem'],
      writes: ['PutItem', 'UpdateItem', 'DeleteItem'],
      indexes: ['gsi1', 'gsi2'],
    },
    needs: ['site', 'sessions', 'limits', 'sign-in', 'mailings'],
    memoryMb: 1024,
    // Importing a plan, carrying it over or writing its report takes some seconds; API Gateway waits for 30.
    timeoutSeconds: 29,
    impact: 'Staff cannot sign in or answer; the 72 hours in which people are promised a reply run on.',
  },
  'archive-web': {
    trigger: { kind: 'web', routes: ['/staff/documents', '/staff/documents/{proxy+}'] },
    table: {
      reads: ['GetItem', 'Query'],
      writes: ['PutItem', 'UpdateItem', 'DeleteItem'],
      indexes: ['gsi1'],
      partitions: [
        ...['AREAS', 'AREAS-VERSION', 'UNITS', 'STAFF#*', 'SESSION#*', 'LIMIT#*', 'DAY-SECRET#*'],
        ...['UPLOAD#*', 'DOCUMENT#*', 'DOCUMENT-CHANGE#*', 'FILE-CONTENT#*', 'FILE-NAME#*'],
        ...['DUTIES#*', 'AUDIT#*'],
      ],
    },
    needs: ['site', 'sessions', 'limits', 'keep-archive'],
    // The index of a large archive is kept in memory.
    memoryMb: 2048,
    timeoutSeconds: 29,
    impact: 'Staff cannot bring documents into the archive, find them, or withdraw what is wrong.',
  },
  'documents-web': {
    trigger: { kind: 'web', routes: ['/documents', '/documents/{proxy+}'] },
    table: { reads: ['GetItem', 'Query'], partitions: ['AREAS', 'AREAS-VERSION', 'DOCUMENT#*'] },
    needs: ['site', 'sessions', 'limits', 'show-published'],
    memoryMb: 1024,
    timeoutSeconds: 10,
    impact: 'The public cannot find or read the documents that are published for them.',
  },
  'relay-outbox': {
    trigger: {
      kind: 'stream',
      entities: ['mail', 'mailing-step', 'document-change'],
      batchSize: 100,
      runbook: 'stream-behind',
    },
    needs: ['queue-mail', 'queue-mailings', 'queue-documents'],
    memoryMb: 512,
    timeoutSeconds: 30,
    impact:
      'Mail that people are waiting for is written down but not on its way; documents are not found or published.',
  },
  'seal-audit': {
    // As many as one transaction takes, so that a batch is sealed by one.
    trigger: { kind: 'stream', entities: ['audit-entry'], batchSize: 98, runbook: 'audit-not-sealed' },
    table: { reads: ['GetItem', 'Query'], writes: ['PutItem'], partitions: ['AUDIT-SEAL#*', 'AUDIT-DAYS'] },
    needs: [],
    memoryMb: 512,
    timeoutSeconds: 60,
    impact: 'What staff do is recorded, but nobody could prove yet that the records were not changed since.',
  },
  'send-mail': {
    trigger: { kind: 'queue', queue: 'mail', batchSize: 10 },
    table: {
      reads: ['GetItem', 'ConditionCheckItem'],
      writes: ['UpdateItem'],
      partitions: ['MAIL#*', 'SUPPRESSED#*', 'PACE'],
    },
    needs: ['site', 'send-mail', 'mail-quota'],
    memoryMb: 512,
    timeoutSeconds: 60,
    impact: 'People do not get the confirmation or the answer that they were promised by mail.',
  },
  'mail-events': {
    trigger: { kind: 'queue', queue: 'mail-events', batchSize: 10 },
    table: {
      reads: ['GetItem', 'Query'],
      writes: ['PutItem', 'UpdateItem'],
      partitions: [
        ...['MAIL#*', 'DELIVERIES#*', 'DELIVERY-COUNTS#*', 'SUPPRESSED#*'],
        // Somebody who works here and cannot be reached any more.
        ...['DEPARTURES'],
        // A mailing that stops by itself.
        ...['MAILING#*', 'AUDIT#*'],
      ],
    },
    needs: [],
    memoryMb: 512,
    timeoutSeconds: 60,
    impact: 'Nobody learns which mails arrived, and addresses that bounce or complain are written to again.',
  },
  'send-mailings': {
    // One step is as much as an invocation can do.
    trigger: { kind: 'queue', queue: 'mailings', batchSize: 1, maxConcurrency: 8 },
    table: {
      reads: ['GetItem', 'Query', 'ConditionCheckItem'],
      writes: ['PutItem', 'UpdateItem'],
      indexes: ['gsi1'],
      partitions: [
        ...['MAILING#*', 'MAILING-WORK#*', 'MAILING-STEP#*', 'DELIVERIES#*', 'DELIVERY-COUNTS#*'],
        ...['SUPPRESSED#*', 'MAILED#*', 'HELD#*', 'PACE', 'MAIL-TOKEN-KEY'],
        ...['SUBSCRIBERS#*', 'CONTACTS#*', 'AREAS', 'AREAS-VERSION', 'AUDIT#*'],
      ],
    },
    needs: ['site', 'send-mail', 'mail-quota', 'mailings'],
    memoryMb: 512,
    timeoutSeconds: 60,
    impact: 'A mailing stands still: people wait for news that staff believe to be on its way.',
  },
  'mind-mailings': {
    // Nobody is written to at night; what a dead worker left is asked for again by its queue long before.
    trigger: { kind: 'schedule', cron: { minute: '0,30', hour: '7-20' }, timeZone: london },
    table: {
      reads: [],
      writes: ['PutItem'],
      indexes: ['gsi2'],
      partitions: ['MAILING#*', 'MAILING-STEP#*', 'AUDIT#*'],
    },
    needs: [],
    memoryMb: 512,
    timeoutSeconds: 60,
    impact:
      'Mailings that were planned for a time do not begin, and those that were interrupted do not go on.',
  },
  'mail-weekly-digests': {
    trigger: {
      kind: 'schedule',
      cron: { minute: '0', hour: '10', weekDay: 'FRI' },
      timeZone: london,
    },
    table: {
      reads: ['GetItem', 'Query'],
      writes: ['PutItem', 'DeleteItem'],
      partitions: ['HELD#*', 'MAILING#*', 'MAIL#*', 'MAIL-TOKEN-KEY'],
    },
    needs: [],
    memoryMb: 512,
    timeoutSeconds: 300,
    impact: 'People who want one mail a week, or had many this week, do not get what was held over for them.',
  },
  'mail-area-digests': {
    trigger: {
      kind: 'schedule',
      cron: { minute: '30', hour: '7', weekDay: 'MON-FRI' },
      timeZone: london,
    },
    table: {
      reads: ['GetItem', 'Query'],
      writes: ['PutItem', 'DeleteItem'],
      partitions: ['AREAS', 'AREAS-VERSION', 'NOTICES#*', 'MAIL#*'],
    },
    needs: ['site'],
    memoryMb: 512,
    timeoutSeconds: 300,
    impact: 'Local teams are not told this morning what people left for them; replies may be late.',
  },
  'receive-upload': {
    trigger: { kind: 'queue', queue: 'uploads', batchSize: 5 },
    table: {
      reads: ['GetItem', 'Query'],
      // A file that was not described in time is owed no description any more.
      writes: ['PutItem', 'DeleteItem'],
      partitions: [
        ...['UPLOAD#*', 'DOCUMENT#*', 'DOCUMENT-CHANGE#*', 'FILE-CONTENT#*', 'FILE-NAME#*'],
        ...['DUTIES#*', 'MAIL#*', 'AUDIT#*'],
      ],
    },
    needs: ['take-uploads'],
    memoryMb: 512,
    timeoutSeconds: 120,
    impact:
      'What staff upload is neither taken into the archive nor refused: they wait, and nobody can open it.',
  },
  'inspect-upload': {
    // Reads what strangers wrote: knows no table, and of quarantine one file and the place for what it finds in it.
    trigger: { kind: 'queue', queue: 'inspections', batchSize: 1, maxConcurrency: 10 },
    needs: ['inspect-uploads'],
    layers: ['document-readers'],
    memoryMb: 3008,
    timeoutSeconds: 90,
    impact: 'What staff upload is not looked into, so that after an hour it is refused.',
  },
  'mind-uploads': {
    // Verdicts come within a minute or two; this is for those that never do.
    trigger: { kind: 'schedule', cron: { minute: '20', hour: '7-21' }, timeZone: london },
    table: { reads: [], indexes: ['gsi2'] },
    needs: ['queue-uploads'],
    memoryMb: 512,
    timeoutSeconds: 60,
    impact: 'Uploads of which a verdict was lost on its way wait for ever.',
  },
  'project-documents': {
    trigger: { kind: 'queue', queue: 'document-changes', batchSize: 10, maxConcurrency: 2 },
    table: {
      reads: ['GetItem', 'Query'],
      partitions: ['DOCUMENT#*', 'AREAS', 'AREAS-VERSION', 'UNITS'],
    },
    needs: ['publish-documents', 'write-search'],
    memoryMb: 1024,
    timeoutSeconds: 120,
    impact:
      'What was added to the archive is not found, and what was withdrawn from the public can still be downloaded.',
  },
  'chase-overdue-actions': {
    trigger: {
      kind: 'schedule',
      cron: { minute: '30', hour: '7', weekDay: 'MON-FRI' },
      timeZone: london,
    },
    table: {
      reads: ['GetItem', 'Query'],
      writes: ['PutItem', 'UpdateItem', 'DeleteItem'],
      indexes: ['gsi1'],
      partitions: [
        ...['DUTIES#*', 'DIGEST#*', 'DEPARTURES', 'MAIL#*', 'MAIL-TOKEN-KEY'],
        // Who is told, and what of.
        ...['STAFF#*', 'UNITS', 'SUPPRESSED#*', 'AREAS', 'AREAS-VERSION'],
        ...['ACTION#*', 'ACTION-PLAN#*', 'SUBMISSION#*', 'DOCUMENT#*', 'UPLOAD#*'],
      ],
    },
    needs: ['site'],
    memoryMb: 512,
    timeoutSeconds: 900,
    impact: 'Lead officers are not reminded, and what is overdue goes unnoticed.',
  },
} as const satisfies Record<string, FunctionSpec>;

/** The longest time that a function may work on a batch of this queue, in seconds. */
export function workerTimeout(queue: WorkQueueName): number {
  const timeouts = Object.values<FunctionSpec>(functions)
    .filter(({ trigger }) => trigger.kind === 'queue' && trigger.queue === queue)
    .map(({ timeoutSeconds }) => timeoutSeconds);
  return Math.max(leastWorkerTimeout, ...timeouts);
}
