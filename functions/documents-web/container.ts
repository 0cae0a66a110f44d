import { DynamoAreas } from '#adapters/dynamo/areas.ts';
import { DynamoDaySecrets } from '#adapters/dynamo/day-secrets.ts';
import { DynamoDocuments } from '#adapters/dynamo/documents.ts';
import { DynamoLimits } from '#adapters/dynamo/limits.ts';
import { DynamoSessions } from '#adapters/dynamo/sessions.ts';
import { Table } from '#adapters/dynamo/table.ts';
import { Bucket } from '#adapters/s3/bucket.ts';
import { connect } from '#adapters/s3/client.ts';
import { S3PublishedTexts } from '#adapters/s3/published-texts.ts';
import { S3SegmentStore } from '#adapters/s3/segment-store.ts';
import { SegmentIndex } from '#adapters/search/segment-index.ts';
import { systemClock as clock } from '#adapters/system/clock.ts';
import { systemIds as ids } from '#adapters/system/ids.ts';
import { systemLog as log } from '#adapters/system/log.ts';
import { renderer } from '#web/render/render.ts';
import { publishedEnglish } from '#web/render/translate.ts';
import type { Config } from './config.ts';

/** Everything that the public's pages about documents need: of files and index no more than what is public. */
export const container = (config: Config) => {
  const table = new Table(config.tableName);
  const s3 = connect();
  const daySecrets = new DynamoDaySecrets(table, clock, ids);
  return {
    areas: new DynamoAreas(table),
    documents: new DynamoDocuments(table),
    publishedFiles: new S3PublishedTexts(new Bucket(config.publishedBucket, s3)),
    searchIndex: new SegmentIndex(new S3SegmentStore(config.searchBucket, s3), clock, { prefix: 'public/' }),
    sessions: new DynamoSessions(table, config.sessionLimits),
    sessionLimits: config.sessionLimits,
    daySecrets,
    limits: new DynamoLimits(table, daySecrets, clock),
    abuseLimits: config.abuseLimits,
    originSecret: config.originSecret,
    // Nobody is staff on these pages.
    findActor: async () => null,
    clock,
    ids,
    log,
    render: renderer(config.site, publishedEnglish),
  };
};
