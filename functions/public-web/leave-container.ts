import { DynamoAuditTrail } from '#adapters/dynamo/audit-trail.ts';
import { DynamoContacts } from '#adapters/dynamo/contacts.ts';
import { DynamoDuties } from '#adapters/dynamo/duties.ts';
import { DynamoFacts } from '#adapters/dynamo/facts.ts';
import { keyOfRecipient } from '#adapters/dynamo/keys.ts';
import { DynamoNotices } from '#adapters/dynamo/notices.ts';
import { DynamoOutbox } from '#adapters/dynamo/outbox.ts';
import { DynamoSubmissions } from '#adapters/dynamo/submissions.ts';
import type { Table } from '#adapters/dynamo/table.ts';
import { systemReferences as references } from '#adapters/system/references.ts';
import { type LeaveSubmissionPorts, leaveSubmission } from '#domain/priorities/leave-submission.ts';

type Shared = Pick<
  LeaveSubmissionPorts,
  'areas' | 'priorities' | 'supporters' | 'receipts' | 'clock' | 'ids' | 'fallbackMailbox'
>;

/** What leaving a submission needs beyond reading pages. */
export const leaveContainer = (table: Table, shared: Shared) =>
  leaveSubmission({
    ...shared,
    submissions: new DynamoSubmissions(table),
    notices: new DynamoNotices(table),
    contacts: new DynamoContacts(),
    duties: new DynamoDuties(table),
    keyOfRecipient,
    outbox: new DynamoOutbox(table),
    audit: new DynamoAuditTrail(table),
    facts: new DynamoFacts(table),
    references,
  });
