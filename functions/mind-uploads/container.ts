import { Table } from '#adapters/dynamo/table.ts';
import { DynamoUploads } from '#adapters/dynamo/uploads.ts';
import { SqsUploadQueue } from '#adapters/sqs/upload-queue.ts';
import { systemClock as clock } from '#adapters/system/clock.ts';
import { systemLog as log } from '#adapters/system/log.ts';
import type { Config } from './config.ts';

export const container = ({ tableName, uploadsQueueUrl }: Config) => ({
  uploads: new DynamoUploads(new Table(tableName)),
  uploadQueue: new SqsUploadQueue(uploadsQueueUrl),
  clock,
  log,
});
