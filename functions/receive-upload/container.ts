import { DynamoAuditTrail } from '#adapters/dynamo/audit-trail.ts';
import { DynamoDocumentEvents } from '#adapters/dynamo/document-events.ts';
import { DynamoDocumentChanges, DynamoDocuments } from '#adapters/dynamo/documents.ts';
import { DynamoDuties } from '#adapters/dynamo/duties.ts';
import { DynamoFacts } from '#adapters/dynamo/facts.ts';
import { DynamoOutbox } from '#adapters/dynamo/outbox.ts';
import { Table } from '#adapters/dynamo/table.ts';
import { DynamoUploads } from '#adapters/dynamo/uploads.ts';
import { S3ArchiveIntake } from '#adapters/s3/archive-intake.ts';
import { Bucket } from '#adapters/s3/bucket.ts';
import { connect } from '#adapters/s3/client.ts';
import { S3Quarantine } from '#adapters/s3/quarantine.ts';
import { systemClock as clock } from '#adapters/system/clock.ts';
import { systemIds as ids } from '#adapters/system/ids.ts';
import { systemLog as log } from '#adapters/system/log.ts';
import type { Config } from './config.ts';

export const container = ({ tableName, uploadsBucket, documentsBucket, takesUnscanned }: Config) => {
  const table = new Table(tableName);
  const s3 = connect();
  const quarantine = new S3Quarantine(new Bucket(uploadsBucket, s3));
  return {
    uploads: new DynamoUploads(table),
    documents: new DynamoDocuments(table),
    documentEvents: new DynamoDocumentEvents(table),
    documentChanges: new DynamoDocumentChanges(),
    duties: new DynamoDuties(table),
    outbox: new DynamoOutbox(table),
    audit: new DynamoAuditTrail(table),
    facts: new DynamoFacts(table),
    quarantine,
    inspections: quarantine,
    archiveFiles: new S3ArchiveIntake(new Bucket(documentsBucket, s3), uploadsBucket),
    takesUnscanned,
    clock,
    ids,
    log,
  };
};
