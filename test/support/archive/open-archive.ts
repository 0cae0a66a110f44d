import { GetObjectCommand, ListObjectVersionsCommand, NoSuchKey, S3Client } from '@aws-sdk/client-s3';
import { vi } from 'vitest';
import { DynamoDocuments } from '#adapters/dynamo/documents.ts';
import { connect, Table } from '#adapters/dynamo/table.ts';
import { DynamoUploads } from '#adapters/dynamo/uploads.ts';
import type { Documents, Uploads } from '#domain/documents/ports.ts';
import type { Upload } from '#domain/documents/upload.ts';
import type { LaptopClient } from '../laptop.ts';
import type { LaptopEngines } from '../signed-calls.ts';

/** The buckets of the archive, as a laptop's console calls them. */
export type ArchiveBucket = 'uploads' | 'documents' | 'published' | 'search';

/** What lies in the archive and on its way there, with the operator's credentials: to see what is left behind. */
export interface Archive {
  readonly engines: LaptopEngines;
  readonly s3: S3Client;
  readonly uploads: Uploads;
  readonly documents: Documents;
  nameOf(bucket: ArchiveBucket): string;
  /** The key of every version and of every mark of a deletion, in no promised order. */
  versionsIn(bucket: ArchiveBucket, prefix?: string): Promise<readonly string[]>;
  /** Null when there is no such object. */
  textOf(bucket: ArchiveBucket, key: string): Promise<string | null>;
  /** Waits until it is known what becomes of an upload. Throws with the upload when that takes longer. */
  endOf(id: string, patienceMs?: number): Promise<Upload>;
}

const PATIENCE_MS = 60_000;

/** Opens the archive of a laptop. */
export async function openArchive({ console }: Pick<LaptopClient, 'console'>): Promise<Archive> {
  const engines = await console<LaptopEngines>('/engines');
  const { dynamodb, region, accessKeyId, secretAccessKey } = engines;
  const credentials = { accessKeyId, secretAccessKey };
  const s3 = new S3Client({ endpoint: engines.s3.endpoint, region, credentials, forcePathStyle: true });
  const table = new Table(dynamodb.table, connect({ endpoint: dynamodb.endpoint, region, credentials }));
  const uploads = new DynamoUploads(table);
  const nameOf = (bucket: ArchiveBucket): string => engines.s3.buckets[bucket] ?? '';
  return {
    ...{ engines, s3, uploads, documents: new DynamoDocuments(table), nameOf },
    versionsIn: (bucket, prefix = '') => listVersions(s3, nameOf(bucket), prefix),
    textOf: async (bucket, Key) => {
      try {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket: nameOf(bucket), Key }));
        return (await Body?.transformToString('utf-8')) ?? '';
      } catch (fault) {
        if (fault instanceof NoSuchKey) return null;
        throw fault;
      }
    },
    endOf: async (id, timeout = PATIENCE_MS) => {
      let upload: Upload | null = null;
      const isOver = async () => {
        upload = await uploads.find(id);
        return upload?.outcome ? upload : undefined;
      };
      return vi.waitUntil(isOver, { timeout, interval: 250 }).catch(() => {
        throw new Error(`This upload does not end: ${JSON.stringify(upload)}`);
      });
    },
  };
}

async function listVersions(s3: S3Client, Bucket: string, Prefix: string): Promise<readonly string[]> {
  const keys: string[] = [];
  let KeyMarker: string | undefined;
  let VersionIdMarker: string | undefined;
  do {
    const page = await s3.send(new ListObjectVersionsCommand({ Bucket, Prefix, KeyMarker, VersionIdMarker }));
    for (const { Key = '' } of [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])]) keys.push(Key);
    KeyMarker = page.NextKeyMarker;
    VersionIdMarker = page.NextVersionIdMarker;
  } while (KeyMarker !== undefined);
  return keys;
}
