import { DynamoAreas } from '#adapters/dynamo/areas.ts';
import { DynamoAuditTrail } from '#adapters/dynamo/audit-trail.ts';
import { DynamoDaySecrets } from '#adapters/dynamo/day-secrets.ts';
import { DynamoDocumentEvents } from '#adapters/dynamo/document-events.ts';
import { DynamoDocumentChanges, DynamoDocuments } from '#adapters/dynamo/documents.ts';
import { DynamoDuties } from '#adapters/dynamo/duties.ts';
import { DynamoFacts } from '#adapters/dynamo/facts.ts';
import { DynamoLimits } from '#adapters/dynamo/limits.ts';
import { DynamoSessions } from '#adapters/dynamo/sessions.ts';
import { DynamoStaffAccounts } from '#adapters/dynamo/staff-accounts.ts';
import { Table } from '#adapters/dynamo/table.ts';
import { DynamoUnits } from '#adapters/dynamo/units.ts';
import { DynamoUploads } from '#adapters/dynamo/uploads.ts';
import { S3ArchiveFiles } from '#adapters/s3/archive-files.ts';
import { Bucket } from '#adapters/s3/bucket.ts';
import { connect } from '#adapters/s3/client.ts';
import { S3Quarantine } from '#adapters/s3/quarantine.ts';
import { S3SegmentStore } from '#adapters/s3/segment-store.ts';
import { SegmentIndex } from '#adapters/search/segment-index.ts';
import { systemClock as clock } from '#adapters/system/clock.ts';
import { systemIds as ids } from '#adapters/system/ids.ts';
import { systemLog as log } from '#adapters/system/log.ts';
import { documentDeeds } from '#domain/documents/document-deeds.ts';
import { findActor } from '#domain/staff/find-actor.ts';
import { renderer } from '#web/render/render.ts';
import { english } from '#web/render/translate.ts';
import type { Config } from './config.ts';

/** Everything that the pages of the archive need, on the real engines. */
export const container = (config: Config) => {
  const table = new Table(config.tableName);
  const s3 = connect();
  const daySecrets = new DynamoDaySecrets(table, clock, ids);
  const archiveFiles = new S3ArchiveFiles(new Bucket(config.documentsBucket, s3));
  const ports = {
    areas: new DynamoAreas(table),
    units: new DynamoUnits(table),
    staff: new DynamoStaffAccounts(table),
    uploads: new DynamoUploads(table),
    documents: new DynamoDocuments(table),
    documentEvents: new DynamoDocumentEvents(table),
    documentChanges: new DynamoDocumentChanges(),
    duties: new DynamoDuties(table),
    audit: new DynamoAuditTrail(table),
    facts: new DynamoFacts(table),
    quarantine: new S3Quarantine(new Bucket(config.uploadsBucket, s3)),
    archiveFiles,
    downloads: archiveFiles,
    clock,
    ids,
  };
  return {
    ...ports,
    documentDeeds: documentDeeds(ports),
    searchIndex: new SegmentIndex(new S3SegmentStore(config.searchBucket, s3), clock, { prefix: 'staff/' }),
    publicUrl: config.publicUrl,
    uploadOrigin: config.uploadOrigin,
    sessions: new DynamoSessions(table, config.sessionLimits),
    sessionLimits: config.sessionLimits,
    daySecrets,
    limits: new DynamoLimits(table, daySecrets, clock),
    abuseLimits: config.abuseLimits,
    originSecret: config.originSecret,
    findActor: findActor(ports),
    log,
    render: renderer(config.site, english),
  };
};
