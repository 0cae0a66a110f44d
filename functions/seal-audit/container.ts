import { DynamoAuditSeals } from '#adapters/dynamo/audit-seals.ts';
import { DynamoFacts } from '#adapters/dynamo/facts.ts';
import { readImage } from '#adapters/dynamo/read-image.ts';
import { Table } from '#adapters/dynamo/table.ts';
import { systemClock as clock } from '#adapters/system/clock.ts';
import { sha256 as digest } from '#adapters/system/digest.ts';
import { systemLog as log } from '#adapters/system/log.ts';
import { sealEntries } from '#domain/audit/seal-entries.ts';
import type { Config } from './config.ts';
import type { EntryImage } from './event.ts';

/** Seals entries as the stream shows them: with all that is stored of each. */
export const container = ({ tableName }: Config) => {
  const table = new Table(tableName);
  const seal = sealEntries({
    seals: new DynamoAuditSeals(table),
    facts: new DynamoFacts(table),
    clock,
    digest,
    log,
  });
  return {
    seal: (entries: readonly EntryImage[]) =>
      seal(entries.map(({ day, key, image }) => ({ day, key, content: readImage(image) }))),
  };
};
