import type { EnginesView } from '../console.ts';
import type { Credentials } from '../engine.ts';
import type { Inventory } from '../template/inventory.ts';
import type { Engines } from './start-engines.ts';

/** What `GET /engines` and endpoints.json say. */
export function describeEngines(options: {
  inventory: Inventory;
  engines: Engines;
  issuer: string;
  operator: Credentials;
  namePrefix: string;
}): EnginesView {
  const { inventory, engines, issuer, operator, namePrefix } = options;
  const shortName = (name: string) => (name.startsWith(namePrefix) ? name.slice(namePrefix.length) : name);
  return {
    dynamodb: { endpoint: engines.tables.endpoint, table: inventory.tables[0]?.name ?? '' },
    s3: {
      endpoint: engines.buckets.endpoint,
      buckets: Object.fromEntries(
        inventory.buckets.map(({ logicalId, name }) => [bucketKey(logicalId), name]),
      ),
    },
    sqs: {
      endpoint: engines.queues.endpoint,
      queues: Object.fromEntries(
        inventory.queues.map(({ name }) => [shortName(name), engines.queues.urlOf(name)]),
      ),
    },
    ses: { endpoint: engines.mail.endpoint, configurationSets: inventory.configurationSets },
    issuer,
    region: inventory.region,
    accessKeyId: operator.accessKeyId,
    secretAccessKey: operator.secretAccessKey,
  };
}

/** UploadsBucket is `uploads`. */
const bucketKey = (logicalId: string): string =>
  `${logicalId.charAt(0).toLowerCase()}${logicalId.slice(1).replace(/Bucket$/, '')}`;
