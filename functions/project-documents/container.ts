import { DynamoAreas } from '#adapters/dynamo/areas.ts';
import { DynamoDocuments } from '#adapters/dynamo/documents.ts';
import { Table } from '#adapters/dynamo/table.ts';
import { DynamoUnits } from '#adapters/dynamo/units.ts';
import { S3ArchiveFiles } from '#adapters/s3/archive-files.ts';
import { Bucket } from '#adapters/s3/bucket.ts';
import { connect } from '#adapters/s3/client.ts';
import { S3PublishedFiles } from '#adapters/s3/published-files.ts';
import { openIndexes } from '#adapters/search/open-index.ts';
import { systemClock as clock } from '#adapters/system/clock.ts';
import { systemIds as ids } from '#adapters/system/ids.ts';
import { systemLog as log } from '#adapters/system/log.ts';
import type { Config } from './config.ts';

export const container = ({ tableName, documentsBucket, publishedBucket, search }: Config) => {
  const table = new Table(tableName);
  const s3 = connect();
  return {
    documents: new DynamoDocuments(table),
    areas: new DynamoAreas(table),
    units: new DynamoUnits(table),
    archiveFiles: new S3ArchiveFiles(new Bucket(documentsBucket, s3)),
    publishedFiles: new S3PublishedFiles(new Bucket(publishedBucket, s3), documentsBucket),
    searchIndex: openIndexes(search, { s3, clock, ids }),
    log,
  };
};
