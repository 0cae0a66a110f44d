import type { S3Client } from '@aws-sdk/client-s3';
import { OpenSearchIndex } from '#adapters/opensearch/search-index.ts';
import { OpenSearchIndexWriter } from '#adapters/opensearch/search-index-writer.ts';
import type { OpenSearchSettings } from '#adapters/opensearch/signed-client.ts';
import { S3SegmentStore } from '#adapters/s3/segment-store.ts';
import type { SearchEnvironment } from '#adapters/triggers/search-environment.ts';
import type { SearchIndex, SearchIndexWriter, SearchRecord } from '#domain/search/ports.ts';
import type { Clock } from '#domain/shared/clock.ts';
import type { Ids } from '#domain/shared/ids.ts';
import { SegmentIndex } from './segment-index.ts';
import { SegmentIndexWriter } from './segment-index-writer.ts';

interface Ports {
  /** Of the function: requests to OpenSearch are signed with the same credentials. */
  readonly s3: S3Client;
  readonly clock: Clock;
}

const openSearchAt = (endpoint: string, region: string, { s3 }: Ports): OpenSearchSettings => ({
  ...{ endpoint, region, service: 'es' },
  credentials: () => s3.config.credentials(),
});

/** What staff may find is one index; what everybody may find another, since the public's function can read no other. */
type IndexName = 'staff' | 'public';

const takes: Readonly<Record<IndexName, (record: SearchRecord) => boolean>> = {
  staff: () => true,
  public: ({ audience }) => audience === 'public',
};

const names: readonly IndexName[] = ['staff', 'public'];

/** The index in which a function searches. */
export const openIndex = (where: SearchEnvironment, name: IndexName, ports: Ports): SearchIndex => {
  const { OPENSEARCH_ENDPOINT: endpoint, SEARCH_BUCKET: bucket = '', AWS_REGION: region } = where;
  if (endpoint)
    return new OpenSearchIndex(openSearchAt(endpoint, region, ports), ports.clock, { index: name });
  return new SegmentIndex(new S3SegmentStore(bucket, ports.s3), ports.clock, { prefix: `${name}/` });
};

/** The indexes, for whoever keeps them. */
export const openIndexes = (
  where: SearchEnvironment,
  ports: Ports & { readonly ids: Ids },
): SearchIndexWriter => {
  const { OPENSEARCH_ENDPOINT: endpoint, SEARCH_BUCKET: bucket = '', AWS_REGION: region } = where;
  const { clock, ids, s3 } = ports;
  if (endpoint) {
    const targets = names.map((index) => ({ index, takes: takes[index] }));
    return new OpenSearchIndexWriter(openSearchAt(endpoint, region, ports), clock, targets);
  }
  const targets = names.map((name) => ({ prefix: `${name}/`, takes: takes[name] }));
  return new SegmentIndexWriter({ store: new S3SegmentStore(bucket, s3), clock, ids }, targets);
};
