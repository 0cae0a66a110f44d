import { unmarshall } from '@aws-sdk/util-dynamodb';
import { expect, test } from 'vitest';
import { changesOf } from '#adapters/dynamo/changes.ts';
import { Table } from '#adapters/dynamo/table.ts';
import { DynamoUploads } from '#adapters/dynamo/uploads.ts';
import type { Upload } from '#domain/documents/upload.ts';
import { anUpload } from '#test/support/stores/records.ts';

const uploads = new DynamoUploads(new Table('table'));
const at = '2026-05-12T09:30:00.000Z';

const expiryOf = (upload: Upload): unknown => {
  const [change] = changesOf(uploads.toChange(upload));
  return unmarshall(change?.describe('table').Put?.Item ?? {}).expiresAt;
};

test('an upload whose file is in the archive is kept for ever, so that nobody can use its id once more', () => {
  expect(expiryOf(anUpload({ at, outcome: { kind: 'filed', at, document: 'document-1' } }))).toBeUndefined();
});

test('what was never used is forgotten after two days, and what came to nothing after a quarter of a year', () => {
  const day = 24 * 60 * 60;
  const since = Date.parse(at) / 1000;
  expect(expiryOf(anUpload({ at }))).toBe(since + 2 * day);
  const refused = anUpload({ at, outcome: { kind: 'refused', at, reason: 'empty' } });
  expect(expiryOf(refused)).toBe(since + 90 * day);
});
